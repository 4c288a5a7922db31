"""What the partners' app does by the clock. Each task calls one service and may run twice."""

from celery import shared_task

from . import services
from .circle import services as circle
from .freshness import services as freshness
from .ideas import services as ideas
from .joining import services as joining
from .links import services as links
from .voices import services as voices


@shared_task
def ensure_teams():
    """Make what is missing of teams."""
    services.ensure_teams()


@shared_task
def ask_what_is_due():
    """Every day: ask about entries that nobody confirmed for long."""
    freshness.remind()


@shared_task
def forget_readers():
    """Every night: erase what readers left with their reports and nobody needs any more."""
    voices.forget_readers()


@shared_task
def collect_links():
    """Every day: find the links in entries."""
    links.collect()


@shared_task
def check_links():
    """Every hour: look where some of the links lead."""
    links.check()


@shared_task
def forget_applications_and_ideas():
    """Every night: delete applications and ideas, or what they say about people, when nobody needs it any more."""
    joining.forget()
    ideas.forget()


@shared_task
def close_steps():
    """Every day: decide on steps of steering circles whose time to answer is over."""
    circle.close_due()
