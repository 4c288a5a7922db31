"""What the partners' app does by the clock. Each task calls one service and may run twice."""

from celery import shared_task

from . import services


@shared_task
def ensure_teams():
    """Make what is missing of teams."""
    services.ensure_teams()
