"""The three steps of joining, and the claim of a profile."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from content.gate import GatedForm
from content.vocabularies import SpokenLanguage
from organisations.vocabularies import FieldOfWork, OrganisationType
from partners.public_forms import LineField, NameField, PhoneField, RegionField, WordsField

from .models import ADDRESS_LENGTH, NAME_LENGTH, PERSON_LENGTH, WORDS_LENGTH


class WhoForm(forms.Form):
    """Step 1: who the organisation is."""

    name = NameField(
        label=_("Name of your organisation"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "dir": "auto"}),
        error_messages={"required": _("Write what your organisation is called.")},
    )
    types = forms.MultipleChoiceField(
        label=_("What are you?"),
        help_text=_("Several answers are possible."),
        choices=OrganisationType.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one answer.")},
    )
    region = RegionField(label=_("Where are you active?"))
    language = forms.ChoiceField(
        label=_("In which language may we write to you?"),
        choices=lambda: [(row.code, row.endonym) for row in settings.LANGUAGE_TABLE],
    )


class WhatForm(forms.Form):
    """Step 2: what the organisation does."""

    teaser = LineField(
        label=_("What do you do?"),
        help_text=_("One sentence, at most 160 characters. Everybody will read it."),
        max_length=160,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Say in one sentence what you do.")},
    )
    fields_of_work = forms.MultipleChoiceField(
        label=_("What is your work about?"),
        choices=FieldOfWork.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages_spoken = forms.MultipleChoiceField(
        label=_("Which languages do you speak?"),
        choices=SpokenLanguage.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    place = LineField(
        label=_("Quarter or municipality"),
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class PersonForm(GatedForm):
    """Whom we write to and invite."""

    gate = "partners.join"

    first_name = NameField(
        label=_("First name"),
        max_length=PERSON_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "dir": "auto"}),
    )
    last_name = NameField(
        label=_("Last name"),
        max_length=PERSON_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "family-name", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("We send you a link there. It is not shown to anybody else."),
        max_length=ADDRESS_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    phone = PhoneField(label=_("Phone"), required=False, max_length=40)
    consent = forms.BooleanField(
        label=_("The coordinators of the region may read this and write to me or call me about it."),
        help_text=_("We delete it 90 days after the decision, or if you do not confirm your address."),
        error_messages={"required": _("Without your consent we may not pass this on. Please tick it.")},
    )


class ClaimForm(PersonForm):
    """Somebody of an organisation takes over its profile."""

    gate = "partners.claim"

    words = WordsField(
        label=_("What do you do there?"),
        help_text=_("For example: I am on the board. So the coordinators can check it."),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Say in a few words what you do there.")},
    )

    field_order = ("first_name", "last_name", "words", "email", "phone", "consent")


class DeclineForm(forms.Form):
    """Why an organisation cannot join."""

    reason = WordsField(
        label=_("Reason"),
        help_text=_("The person gets it by mail."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write why, so that the person understands it.")},
    )
