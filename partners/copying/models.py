"""Which copy a form has made."""

from django.db import models
from django.utils import timezone


class PageCopy(models.Model):
    """That a form was sent and made a copy, so that sending it twice makes one.

    ``token``: what the form was shown with. ``copy`` is empty when the copy was deleted since.
    """

    token = models.UUIDField(unique=True)
    copy = models.ForeignKey("wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.token}: {self.copy_id}"
