"""What happens to events by the clock."""

from celery import shared_task

from . import services


@shared_task
def roll_events_forward():
    """Every ten minutes: what is over makes way for the next date."""
    services.roll_forward()


@shared_task
def extend_event_dates():
    """Every night: keep repeated events written down far enough ahead."""
    services.extend_dates()
