"""Who an account belongs to, and what it signs in with."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone

NEEDS_SECOND_FACTOR = "accounts.needs_second_factor"
#: What counts as a second factor; recovery codes stand in for one and are none by themselves.
SECOND_FACTORS = frozenset({Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN})


def account_of(login):
    """Return the user with this name or, where only one active user has it, this e-mail address; or None.

    One query in every case, so that its time tells nothing.
    """
    login = (login or "").strip()
    if not login:
        return None
    found = list(get_user_model().objects.filter(Q(username=login) | Q(email__iexact=login))[:20])
    by_name = [user for user in found if user.username == login]
    by_address = [user for user in found if user.is_active and user.email]
    if by_name:
        return by_name[0]
    return by_address[0] if len(by_address) == 1 else None


def factors_of(user):
    """Return what ``user`` has set up, as a set of ``Authenticator.Type``."""
    return set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))


def has_second_factor(user):
    """Return whether ``user`` set up an app or a passkey."""
    return bool(factors_of(user) & SECOND_FACTORS)


def needs_second_factor(user):
    """Return whether ``user`` may only work after a second factor. Administrators hold every permission."""
    return settings.REQUIRE_SECOND_FACTOR and user.is_active and user.has_perm(NEEDS_SECOND_FACTOR)


def sessions_of(user):
    """Yield the ``Session`` rows in which ``user`` is signed in.

    Readers have no sessions, so the table is as long as the list of those who work here.
    """
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            yield session
