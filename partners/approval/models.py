"""Why something was sent back."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """What coordinators send things back for most often."""

    FACTS = "facts", _("Something is missing that people need to know")
    UNCLEAR = "unclear", _("It is hard to understand")
    DOUBLE = "double", _("This is here already")
    PICTURE = "picture", _("The rights to the picture are not clear")
    OTHER = "other", _("Another reason")


class SentBack(models.Model):
    """Why a coordinator sent a page back, so that its people read it in their language."""

    task_state = models.OneToOneField(
        "wagtailcore.TaskState", on_delete=models.CASCADE, related_name="sent_back"
    )
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    text = models.TextField(_("what to change"), blank=True, max_length=1000)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.task_state_id}: {self.reason}"
