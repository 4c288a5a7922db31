"""Keeps dates written down when events are published, moved or deleted."""

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from . import services
from .models import EventPage


@receiver([page_published, page_unpublished], sender=EventPage)
def write_dates_down(sender, instance, **kwargs):
    """Follow the source event; its translations share its dates."""
    if instance.locale.language_code == settings.LANGUAGE_CODE and instance.alias_of_id is None:
        transaction.on_commit(lambda: services.materialise_dates(page=instance))


@receiver(post_delete, sender=EventPage)
def drop_dates(sender, instance, **kwargs):
    """Forget the dates with the source event."""
    if instance.locale.language_code == settings.LANGUAGE_CODE and instance.alias_of_id is None:
        services.forget_dates(translation_key=instance.translation_key)
