"""Changes to how somebody signs in."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from wagtail.log_actions import log

from . import throttle
from .selectors import sessions_of

RESET_ACTION = "accounts.reset_second_factor"


def _send(*, user, template, context):
    """Send a mail in the reader's language; the first line of the template is the subject."""
    profile = getattr(user, "wagtail_userprofile", None)
    language = profile.get_preferred_language() if profile else settings.LANGUAGE_CODE
    with translation.override(language):
        text = render_to_string(f"accounts/mail/{template}.txt", {"user": user, **context})
    subject, _blank, body = text.strip().partition("\n")
    EmailMessage(
        subject=subject.strip(),
        body=body.strip() + "\n",
        to=[user.email],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()


def reset_url(*, user):
    """Return the address at which ``user`` chooses a new password: once, and within ``PASSWORD_RESET_TIMEOUT``.

    It begins with ``BASE_URL``; what a request says about its host never gets into a mail.
    """
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )
    return settings.BASE_URL + path


def send_password_reset(*, user_id):
    """Mail a link to a new password; nothing to somebody unknown, switched off, or who got several this hour."""
    user = get_user_model().objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    if user is None or not throttle.may_send_reset(user=user):
        return
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    _send(user=user, template="password_reset", context={"url": reset_url(user=user), "hours": hours})


def tell_of_change(*, user_id, change):
    """Mail somebody that how they sign in was changed. ``change``: a key of the mail's template."""
    user = get_user_model().objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    if user is not None:
        url = settings.BASE_URL + reverse("account_reset_password")
        _send(user=user, template="changed", context={"change": change, "url": url})


def end_sessions(*, user, keep=None):
    """Sign ``user`` out on all devices, except in the session with the key ``keep``. Returns how many ended."""
    ended = [session for session in sessions_of(user) if session.session_key != keep]
    for session in ended:
        session.delete()
    return len(ended)


@transaction.atomic
def reset_second_factor(*, user, by):
    """Take away whatever ``user`` has as a second factor, sign them out everywhere, and put it on record."""
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user=user)
    log(instance=user, action=RESET_ACTION, user=by)


def forget_what_is_over():
    """Delete attempts that no longer count, and sessions that have ended."""
    throttle.forget_old_attempts()
    SessionStore.clear_expired()
