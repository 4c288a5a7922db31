"""What a reader fills in to report a mistake, and what a partner fills in to answer."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from content.gate import GatedForm

from .models import LONGEST_TEXT, ReportReason
from .services import GATE


class ReportForm(GatedForm):
    """What is not right; words and an address only if somebody likes."""

    gate = GATE
    # Three taps take no longer.
    shortest = datetime.timedelta(seconds=1)

    reason = forms.ChoiceField(
        label=_("What is not right?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is not right.")},
    )
    text = forms.CharField(
        label=_("What would be right?"),
        help_text=_("A few words are enough, in any language."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    address = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_(
            "Only if you would like an answer. We use it for nothing else, and delete it when it is no longer needed."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reason") == ReportReason.OTHER and not cleaned.get("text") and "text" in cleaned:
            self.add_error("text", _("Say in a few words what is not right."))
        return cleaned


class AnswerForm(forms.Form):
    """What the reader is to know."""

    text = forms.CharField(
        label=_("Your answer"),
        help_text=_("The reader gets it by mail. Your own address is not shown."),
        max_length=2 * LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write what the reader is to know.")},
    )
