"""What somebody answers who has read a translation."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _


class Decision(models.TextChoices):
    """The two buttons."""

    APPROVE = "approve", _("Publish it")
    SEND_BACK = "send_back", _("Send it back")


class DecisionForm(forms.Form):
    """Approve, or give back with words."""

    decision = forms.ChoiceField(choices=Decision.choices)
    text = forms.CharField(
        label=_("What should they change?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("They read this in the mail, word for word."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("decision") == Decision.SEND_BACK and not cleaned.get("text"):
            self.add_error("text", _("Write what they should change."))
        return cleaned
