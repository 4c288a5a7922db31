"""What happens to translations in the background. Each task takes ids, calls one service, and may run twice."""

from celery import shared_task
from django.db import DatabaseError
from wagtail.models import Page

from . import services
from .desk import services as desk
from .memory import services as memory

#: Two workers can be at one page; who comes second tries again.
AGAIN = {"autoretry_for": (DatabaseError,), "max_retries": 5, "retry_backoff": True}


@shared_task(**AGAIN)
def page_published(page_id, is_minor_edit=False):
    """A source was published: every language follows."""
    page = Page.objects.filter(pk=page_id).first()
    if page is not None:
        services.follow_source(page=page, is_minor_edit=is_minor_edit)


@shared_task(**AGAIN)
def region_published(page_id):
    """A region may have other languages than before."""
    page = Page.objects.filter(pk=page_id).first()
    if page is not None:
        services.follow_region(page=page.specific)


@shared_task(**AGAIN)
def page_moved(page_id):
    """A source was moved."""
    page = Page.objects.filter(pk=page_id).first()
    if page is not None:
        services.move_translations(page=page)


@shared_task(**AGAIN)
def source_deleted(translation_key):
    """A source is gone. Takes the key as a string."""
    services.delete_translations(translation_key=translation_key)


@shared_task(**AGAIN)
def restrictions_changed(page_id):
    """Other people than before may read a source."""
    page = Page.objects.filter(pk=page_id).first()
    if page is not None:
        services.copy_restrictions(page=page)


@shared_task(**AGAIN)
def locale_added(language_code):
    """A language was added."""
    services.ensure_locale(language_code=language_code)


@shared_task(**AGAIN)
def catch_up():
    """Every few minutes: follow publications whose task was lost."""
    services.catch_up()


@shared_task(**AGAIN)
def remember_what_is_translated():
    """Daily: what came into translations another way than by a translator is remembered as well."""
    memory.learn_from_approved()


@shared_task(**AGAIN)
def count_coverage():
    """Every night: write down how much of each region can be read in each language."""
    desk.count_coverage()


@shared_task(**AGAIN)
def remind_of_due():
    """Every day: mail translators what they wanted to have done by tomorrow."""
    desk.remind_of_due()
