"""What a member of a circle answers, and what coordinators write down of a circle."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content.languages import language
from content.widgets import DateInput
from partners.public_forms import LineField, NameField, WordsField

from .models import (
    ADDRESS_LENGTH,
    COMMENT_LENGTH,
    NAME_LENGTH,
    ORGANISATION_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    Choice,
    Field,
    Sector,
)

#: A question that stays open longer is forgotten.
MOST_SILENCE_DAYS = 90


class AnswerForm(forms.Form):
    """One of two buttons, and why."""

    choice = forms.ChoiceField(choices=Choice.choices)
    comment = WordsField(
        label=_("Would you like to say why?"),
        help_text=_("Only those who coordinate the region read this."),
        required=False,
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class MemberForm(forms.Form):
    """Somebody in the circle of a region."""

    name = NameField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        error_messages={"required": _("Write what the person is called.")},
    )
    organisation = NameField(
        label=_("Organisation or office"),
        max_length=ORGANISATION_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        error_messages={"required": _("Write for whom the person speaks.")},
    )
    sector = forms.ChoiceField(
        label=_("For whom does the person speak?"),
        choices=Sector.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    field = forms.ChoiceField(
        label=_("What does the person work on?"),
        choices=Field.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("Questions about steps go to this address. Nobody else sees it."),
        max_length=ADDRESS_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        error_messages={"required": _("Write where the questions are to go.")},
    )
    language = forms.ChoiceField(label=_("Language"), help_text=_("In this language we write to the person."))
    shows_name = forms.BooleanField(
        label=_("The name may be read by everybody"),
        help_text=_("Only tick this if the person has agreed. Otherwise only the organisation is shown."),
        required=False,
    )

    def __init__(self, *args, region, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, language(code).endonym) for code in region.language_codes()]

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class AgreementForm(forms.Form):
    """How the members of a circle agree."""

    agreements_needed = forms.IntegerField(
        label=_("How many members have to agree?"),
        min_value=1,
        error_messages={
            "required": _("Write a number."),
            "invalid": _("Write a whole number, for example 2."),
            "min_value": _("At least one member has to agree."),
        },
    )
    silence_days = forms.IntegerField(
        label=_("After how many days does silence count as agreement?"),
        help_text=_("0 means: never. Whoever says nothing has not agreed."),
        min_value=0,
        max_value=MOST_SILENCE_DAYS,
        error_messages={
            "required": _("Write a number; 0 means never."),
            "invalid": _("Write a whole number, for example 14."),
            "min_value": _("Write 0 or more days."),
            "max_value": _("At most %(limit_value)s days are possible."),
        },
    )

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = members

    def clean_agreements_needed(self):
        needed = self.cleaned_data["agreements_needed"]
        if needed > max(self.members, 1):
            raise forms.ValidationError(
                ngettext(
                    "The circle has %(members)s member, so more than %(members)s cannot agree.",
                    "The circle has %(members)s members, so more than %(members)s cannot agree.",
                    self.members,
                )
                % {"members": self.members}
            )
        return needed


class StepForm(forms.Form):
    """A step of the project."""

    title = LineField(
        label=_("What is to be done?"),
        max_length=TITLE_LENGTH,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": _("Say in a few words what is to be done.")},
    )
    text = WordsField(
        label=_("Tell more about it"),
        help_text=_("The members read this before they agree, and everybody on the page of the circle."),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    day = forms.DateField(
        label=_("When?"),
        help_text=_("The day on which it happens or is finished."),
        widget=DateInput,
        error_messages={
            "required": _("Choose the day."),
            "invalid": _("This is no date. Write it like 2027-05-04."),
        },
    )
