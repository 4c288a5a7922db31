"""Changes to how somebody signs in."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.urls import reverse

from content import audit
from content.languages import language_for
from content.mail.services import queue_mail

from . import throttle
from .selectors import sessions_of

SECOND_FACTOR_TAKEN = "accounts.second_factor_taken"


def reset_url(*, user):
    """Return the address at which ``user`` chooses a new password: once, and within ``PASSWORD_RESET_TIMEOUT``.

    It begins with ``BASE_URL``; what a request says about its host never gets into a mail.
    """
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )
    return settings.BASE_URL + path


@transaction.atomic
def send_password_reset(*, user_id, occasion):
    """Mail a link to a new password; nothing to somebody unknown, switched off, or who got several this hour.

    ``occasion``: a word of its own for each time that somebody asks; the same again sends nothing more.
    """
    user = get_user_model().objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    if user is None or not throttle.may_send_reset(user=user):
        return
    queue_mail(
        key=f"accounts.password_reset:{user.pk}:{occasion}",
        to=user.email,
        template="accounts/mail/password_reset",
        language=language_for(user),
        context={
            "name": user.get_username(),
            "url": reset_url(user=user),
            "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        },
    )


@transaction.atomic
def tell_of_change(*, user_id, change, occasion):
    """Mail somebody that how they sign in was changed.

    ``change``: "password", "added", "removed" or "codes". ``occasion``: as for ``send_password_reset``.
    """
    user = get_user_model().objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    if user is not None:
        queue_mail(
            key=f"accounts.changed:{user.pk}:{occasion}",
            to=user.email,
            template="accounts/mail/changed",
            language=language_for(user),
            context={
                "name": user.get_username(),
                "change": change,
                "url": settings.BASE_URL + reverse("account_reset_password"),
            },
            contains_secret=False,
        )


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
    audit.record(action=SECOND_FACTOR_TAKEN, actor=by, subject=user)


def forget_what_is_over():
    """Delete attempts that no longer count, and sessions that have ended."""
    throttle.forget_old_attempts()
    SessionStore.clear_expired()
