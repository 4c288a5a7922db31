"""How allauth works here: no sign-up, limits in the database, mails from one address, secrets encrypted."""

import base64
import hashlib
import logging
import time
import uuid
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.gate import sender_of

from . import tasks, throttle
from .selectors import account_of, needs_second_factor

logger = logging.getLogger(__name__)

WRONG_LOGIN = _("Name and password do not go together. Please check both and try again.")
WRONG_CODE = _("This code is not right, or it was used already. Please enter the newest one.")

#: allauth's name for what happened → what the mail's template calls it.
CHANGES = {
    "account/email/password_changed": "password",
    "account/email/password_reset": "password",
    "mfa/email/totp_activated": "added",
    "mfa/email/totp_deactivated": "removed",
    "mfa/email/webauthn_added": "added",
    "mfa/email/webauthn_removed": "removed",
    "mfa/email/recovery_codes_generated": "codes",
}
#: allauth's name for what happened → what the next page says about it. What it does not name, it does not say.
MESSAGES = {
    "account/messages/password_changed.txt": _("Your password is changed."),
    "mfa/messages/totp_activated.txt": _("Your app is set up."),
    "mfa/messages/totp_deactivated.txt": _("Your app is removed."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is set up."),
    "mfa/messages/webauthn_removed.txt": _("Your passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("You have new recovery codes."),
}


def mark_of(login):
    """Return what attempts are counted under: the same for the name and the e-mail address of one account."""
    user = account_of(login)
    return f"account {user.pk}" if user else f"name {login.strip().casefold()}"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts with a password."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG_LOGIN,
        "email_password_mismatch": WRONG_LOGIN,
        "incorrect_password": _("This is not your password. Please try again."),
        "enter_current_password": _("This is not your password. Please try again."),
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": _("This link was used already, or it is too old."),
    }

    def is_open_for_signup(self, request):
        return False

    def get_login_redirect_url(self, request):
        return reverse("wagtailadmin_home")

    def get_logout_redirect_url(self, request):
        return reverse("account_login")

    def get_password_change_redirect_url(self, request):
        return reverse("mfa_index")

    def respond_user_inactive(self, request, user):
        messages.error(request, WRONG_LOGIN)
        return redirect("account_login")

    def authenticate(self, request, **credentials):
        """Return the user for a name and a password, or None. Raises ``TooManyAttempts``."""
        account = mark_of(credentials.get("username") or credentials.get("email") or "")
        address = sender_of(request)
        claimed = throttle.claim_password(account=account, address=address)
        user = authenticate(request, **credentials)
        if user is not None:
            claimed.give_back()
            throttle.remember(account=account, address=address)
        return user

    def reauthenticate(self, user, password):
        found = self.authenticate(context.request, username=user.get_username(), password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app, **kwargs):
        """Ask again only when signing in is longer ago than ``ACCOUNT_REAUTHENTICATION_TIMEOUT`` seconds."""
        records = get_authentication_records(self.request, self.request.user)
        return not records or time.time() - records[-1]["at"] >= app_settings.REAUTHENTICATION_TIMEOUT

    def add_message(self, request, level, message_template=None, *args, message=None, **kwargs):
        text = MESSAGES.get(message_template, message)
        if text:
            messages.add_message(request, level, text)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        change = CHANGES.get(template_prefix)
        if change:
            tasks.tell_of_change.delay(user.pk, change, uuid.uuid4().hex)


def _cipher():
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [
            Fernet(
                base64.urlsafe_b64encode(hashlib.sha256(b"accounts.second_factor" + key.encode()).digest())
            )
            for key in keys
        ]
    )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Apps, passkeys and recovery codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": _(
            "Your role needs a second factor. Set up another one before you remove this one."
        ),
        "cannot_generate_recovery_codes": _(
            "Recovery codes go with an app or a passkey. Please set up one of these first."
        ),
    }

    def encrypt(self, text):
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """Return the secret; after a change of ``SECRET_KEY`` without a fallback one that no code fits."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            logger.error("A second factor was encrypted with another SECRET_KEY and cannot be used.")
            return generate_totp_secret()

    def get_totp_label(self, user):
        return user.get_username()

    def _get_site_name(self):
        return settings.WAGTAIL_SITE_NAME

    def get_public_key_credential_rp_entity(self):
        return {"id": urlsplit(settings.BASE_URL).hostname, "name": settings.WAGTAIL_SITE_NAME}

    def generate_authenticator_name(self, user, type):  # noqa: A002  (allauth's own name)
        count = Authenticator.objects.filter(user=user, type=type).count()
        name = _("My passkey")
        return f"{name} {count + 1}" if count else str(name)

    def can_delete_authenticator(self, authenticator):
        """Return whether somebody may do without; whoever needs a second factor keeps one."""
        if not needs_second_factor(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
