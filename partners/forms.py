"""Forms around teams."""

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: What an account's name can hold.
LONGEST_ADDRESS = 150


def admin_languages():
    """Return ``[(code, endonym)]`` of the languages that the admin speaks."""
    return list(settings.WAGTAILADMIN_PERMITTED_LANGUAGES)


class InviteForm(forms.Form):
    """Whom to invite."""

    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=LONGEST_ADDRESS,
        help_text=_("The invitation goes to this address, and the person logs in with it."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=admin_languages,
        help_text=_("The mail and the pages for editing are in this language. It can be changed later."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, token in (("first_name", "off"), ("last_name", "off"), ("email", "off")):
            self.fields[name].widget.attrs["autocomplete"] = token


class FirstPasswordForm(forms.Form):
    """The password of somebody who was invited."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.rules = password_validators_help_texts()

    def clean_password(self):
        password = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self):
        cleaned = super().clean()
        if {"password", "again"} <= cleaned.keys() and cleaned["password"] != cleaned["again"]:
            raise ValidationError({"again": _("The two passwords differ. Type the same one twice.")})
        return cleaned
