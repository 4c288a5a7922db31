"""allauth's forms with our words, and with limits kept in the database."""

import uuid

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _

from content.gate import sender_of

from . import tasks, throttle
from .adapters import WRONG_CODE, AccountAdapter
from .selectors import account_of


def _say(field, label, help_text="", **attrs):
    """Give a field of allauth's our words; what stands inside an empty input is no label."""
    field.label = label
    field.help_text = help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


def _say_new_passwords(form):
    _say(form.fields["password1"], _("New password"), " ".join(password_validators_help_texts()))
    _say(form.fields["password2"], _("New password, once more"))


class SignInForm(LoginForm):
    """Name and password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(
            self.fields["login"],
            _("User name or e-mail address"),
            autocomplete="username",
            autocapitalize="none",
            spellcheck="false",
        )
        _say(self.fields["password"], _("Password"))
        _say(self.fields["remember"], _("Keep me signed in on this device"))


class PasswordAgainForm(ReauthenticateForm):
    """The password, before something delicate."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self.fields["password"], _("Password"))


class PasswordChangeForm(ChangePasswordForm):
    """A new password for somebody who knows the old one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], _("Password until now"))
        _say_new_passwords(self)

    def clean_oldpassword(self):
        password = self.cleaned_data["oldpassword"]
        adapter = AccountAdapter()
        if not adapter.reauthenticate(self.user, password):
            raise adapter.validation_error("enter_current_password")
        return password


class PasswordResetForm(ResetPasswordForm):
    """Asks for a mail with a link. Answers the same, and as quickly, for addresses that nobody has."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(
            self.fields["email"],
            _("User name or e-mail address"),
            autocomplete="username",
            autocapitalize="none",
            spellcheck="false",
        )
        # People who forget their password also know their user name only.
        self.fields["email"] = forms.CharField(
            label=self.fields["email"].label,
            max_length=254,
            widget=forms.TextInput(attrs=self.fields["email"].widget.attrs),
        )

    def clean_email(self):
        throttle.claim_reset(address=sender_of(context.request))
        return self.cleaned_data["email"]

    def save(self, request, **kwargs):
        user = account_of(self.cleaned_data["email"])
        # Nobody has the key 0. The task is sent in any case, so that its time tells nothing.
        tasks.send_password_reset.delay(user.pk if user else 0, uuid.uuid4().hex)


class NewPasswordForm(ResetPasswordKeyForm):
    """A new password for somebody who followed the link."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say_new_passwords(self)


def _say_code(field, help_text=""):
    _say(field, _("Code"), help_text, inputmode="numeric", autocomplete="one-time-code", dir="ltr")


class _LimitedCodeMixin:
    """Counts guesses in the database, and lets a code of the app in once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say_code(self.fields["code"], _("Six digits from your app, or one of your recovery codes."))

    def clean_code(self):
        claimed = throttle.claim_code(user=self.user)
        self.cleaned_data["code"] = self.cleaned_data["code"].replace(" ", "")
        code = super().clean_code()
        of_app = self.authenticator.type == Authenticator.Type.TOTP
        if of_app and not throttle.use_code(user=self.user, code=code):
            raise forms.ValidationError(WRONG_CODE, code="incorrect_code")
        claimed.give_back()
        return code


class CodeForm(_LimitedCodeMixin, AuthenticateForm):
    """The second factor, after the password."""


class CodeAgainForm(_LimitedCodeMixin, ReauthenticateByCodeForm):
    """The second factor, before something delicate."""


class AppForm(ActivateTOTPForm):
    """The first code of a new app."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say_code(self.fields["code"], _("The six digits that the app shows now."))

    def clean_code(self):
        claimed = throttle.claim_code(user=self.user)
        self.cleaned_data["code"] = self.cleaned_data["code"].replace(" ", "")
        code = super().clean_code()
        throttle.use_code(user=self.user, code=code)
        claimed.give_back()
        return code


class PasskeyForm(AddWebAuthnForm):
    """A new passkey, which replaces the password too."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(
            self.fields["name"],
            _("Name of the passkey"),
            _("Tells several apart: “my phone”, “office computer”."),
        )
        _say(
            self.fields["passwordless"],
            _("Sign in with it alone, without name and password"),
        )
        self.fields["passwordless"].initial = True


class PasskeyNameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self.fields["name"], _("Name of the passkey"))
