"""What was asked, and what was taken down at somebody's word."""

from django.db import models
from django.utils import timezone


class ConfirmationRequest(models.Model):
    """That somebody was asked whether an entry is still right.

    ``due_on`` says which of its due dates it was about, ``step`` which question it was: an index of
    ``partners.freshness.services.STEPS``. Nobody is asked the same twice.
    """

    translation_key = models.UUIDField()
    due_on = models.DateField()
    step = models.PositiveSmallIntegerField()
    asked_on = models.DateField()

    class Meta:
        default_permissions = ()
        ordering = ["step"]
        constraints = [
            models.UniqueConstraint(
                fields=("translation_key", "due_on", "step"), name="nobody_is_asked_the_same_twice"
            )
        ]

    def __str__(self):
        return f"{self.translation_key} {self.due_on} {self.step}"


class Withdrawal(models.Model):
    """That an entry was taken from readers because it no longer exists; ``revision`` is what they saw before."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="withdrawals")
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.CASCADE, related_name="+")
    withdrawn_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.page_id} {self.withdrawn_at:%Y-%m-%d}"
