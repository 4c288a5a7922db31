"""What a coordinator answers."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from .models import Reason


class Decision(models.TextChoices):
    """The two buttons."""

    APPROVE = "approve", _("Publish it")
    SEND_BACK = "send_back", _("Send it back")


class ReviewForm(forms.Form):
    """Approve, or send back with a reason."""

    decision = forms.ChoiceField(choices=Decision.choices)
    reason = forms.ChoiceField(
        label=_("Why?"), choices=Reason.choices, required=False, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What should they change?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They read this in the mail, word for word."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("decision") == Decision.SEND_BACK:
            if not cleaned.get("reason"):
                self.add_error("reason", _("Choose a reason, so that they know what to change."))
            elif cleaned["reason"] == Reason.OTHER and not cleaned.get("text"):
                self.add_error("text", _("Write what they should change."))
        return cleaned
