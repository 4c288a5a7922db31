"""What the pages behind the links in mails ask."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 2000


class Answer(models.TextChoices):
    """What somebody can say about an entry."""

    RIGHT = "right", _("Still right")
    CHANGE = "change", _("Has changed")
    GONE = "gone", _("No longer exists")


class AnswerForm(forms.Form):
    """One of three answers; a change needs words."""

    answer = forms.ChoiceField(
        choices=Answer.choices, error_messages={"required": _("Press one of the buttons.")}
    )
    text = forms.CharField(
        label=_("What has changed?"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example: now on Tuesdays, at 5 pm. Your team changes the page."),
    )

    def clean(self):
        answers = super().clean()
        if answers.get("answer") == Answer.CHANGE and not answers.get("text"):
            self.add_error("text", _("Write what has changed, then press the button below."))
        return answers
