"""What somebody writes into the idea box, and what a coordinator decides."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from content.gate import GatedForm
from partners.public_forms import LineField, NameField, RegionField, WordsField

from .models import ADDRESS_LENGTH, PERSON_LENGTH, TEXT_LENGTH, TITLE_LENGTH, WRITTEN_LANGUAGE, IdeaState


class IdeaForm(GatedForm):
    """An idea; who has it, only if they like."""

    gate = "partners.idea"

    title = LineField(
        label=_("Your idea in a few words"),
        max_length=TITLE_LENGTH,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": _("Give your idea a name.")},
    )
    text = WordsField(
        label=_("Tell us more"),
        help_text=_("What would you like to see? Who would it help? Two or three sentences are enough."),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": _("Describe your idea in one or two sentences.")},
    )
    language = forms.ChoiceField(
        label=_("In which language did you write?"), choices=lambda: WRITTEN_LANGUAGE.choices
    )
    region = RegionField(label=_("For which region is it?"))
    name = NameField(
        label=_("Your name"),
        help_text=_("Your first name is enough. Everybody can read it with your idea."),
        required=False,
        max_length=PERSON_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only if you would like an answer. Nobody else sees it, and we delete it afterwards."),
        required=False,
        max_length=ADDRESS_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )


class SupportForm(GatedForm):
    """A button, for one idea."""

    gate = "partners.idea.support"
    # There is nothing to fill in.
    shortest = datetime.timedelta(0)
    # Whole school classes share one address; who presses the button twice is counted once.
    per_day = 200


class DecisionForm(forms.Form):
    """What becomes of an idea."""

    state = forms.ChoiceField(
        label=_("What becomes of this idea?"),
        choices=[
            (IdeaState.PUBLISHED, _("Everybody can read it")),
            (IdeaState.HIDDEN, _("Nobody can read it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the idea is to be public.")},
    )
    answer = WordsField(
        label=_("Your answer"),
        help_text=_("Everybody reads it below the idea. You can leave it empty."),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    reason = WordsField(
        label=_("Why can nobody read it?"),
        help_text=_("Needed only if you hide it. The author gets it by mail, if there is an address."),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("state") == IdeaState.HIDDEN and not cleaned.get("reason") and "reason" in cleaned:
            self.add_error("reason", _("Write why, so that the author understands it."))
        return cleaned
