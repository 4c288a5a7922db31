"""What follows when content changes, beside the index."""

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from .models import Picture
from .tasks import make_picture_sizes


@receiver(post_save, sender=Picture, dispatch_uid="content.picture_saved")
def picture_saved(sender, instance, raw=False, **kwargs):
    """Have the sizes made that readers will see; those that are there already stay."""
    if not raw:
        transaction.on_commit(lambda: make_picture_sizes.delay(instance.pk))
