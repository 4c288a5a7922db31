"""What follows when content changes, beside the index."""

from django.core.signals import request_finished
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import ModelLogEntry
from wagtail.signals import init_new_page

from . import presets, reads, rights
from .models import Picture
from .tasks import make_picture_sizes

request_finished.connect(reads.write_after_request, dispatch_uid="content.reads")


@receiver(post_save, sender=Picture, dispatch_uid="content.picture_saved")
def picture_saved(sender, instance, raw=False, **kwargs):
    """Have the sizes made that readers will see; those that are there already stay."""
    if not raw:
        transaction.on_commit(lambda: make_picture_sizes.delay(instance.pk))


@receiver(post_save, sender=ModelLogEntry, dispatch_uid="content.wagtail_logged")
def wagtail_logged(sender, instance, created, raw=False, **kwargs):
    """Record what Wagtail logs of accounts and groups."""
    if created and not raw:
        rights.record_change(entry=instance)


@receiver(init_new_page, dispatch_uid="content.form_of_new_page")
def form_of_new_page(sender, page, parent, **kwargs):
    """Begin as it was asked for."""
    presets.fill_in_what_was_asked_for(page, parent)
