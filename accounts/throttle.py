"""Limits on guessing, counted in the database: they hold when the cache is away, and on every web process alike.

Guesses at passwords are counted three ways:

- for one account from one address;
- for one address, whatever the account;
- for one account, from wherever. Not for addresses from which the account signed in during the last thirty days:
  whoever attacks it from elsewhere cannot keep its owner out there.

What is counted is claimed before it is tried, so that a hundred attempts at the same moment are no way around, and
given back when it succeeds. Names that no account has are counted like those of accounts.
"""

import datetime
import json
import math
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from .models import Attempts

SALT = "accounts.throttle"


class Limit(NamedTuple):
    """``amount`` attempts in ``window``, which begins with the first of them."""

    amount: int
    window: datetime.timedelta


PASSWORD_HERE = Limit(5, datetime.timedelta(minutes=15))
PASSWORD_ADDRESS = Limit(30, datetime.timedelta(minutes=15))
PASSWORD_ANYWHERE = Limit(50, datetime.timedelta(hours=1))
#: Six digits are soon guessed, and whoever gets here knows the password: the same limit for all addresses.
CODE = Limit(10, datetime.timedelta(hours=1))
RESET_ADDRESS = Limit(10, datetime.timedelta(hours=1))
RESET_ACCOUNT = Limit(3, datetime.timedelta(hours=1))
#: Each question for a passkey keeps a row in the table of sessions.
CHALLENGE_ADDRESS = Limit(60, datetime.timedelta(minutes=15))
KNOWN_FOR = datetime.timedelta(days=30)
#: A code is valid for half a minute, and a little longer for clocks that differ.
CODE_USED_FOR = datetime.timedelta(minutes=2)


class TooManyAttempts(ValidationError):
    """Says in the reader's language how long to wait. ``minutes``: the same as a number, rounded up."""

    def __init__(self, until):
        seconds = (until - timezone.now()).total_seconds()
        self.minutes = max(1, math.ceil(seconds / 60))
        message = ngettext(
            "Too many attempts. Please wait %(minutes)d minute, then try again.",
            "Too many attempts. Please wait %(minutes)d minutes, then try again.",
            self.minutes,
        )
        super().__init__(message, code="too_many_attempts", params={"minutes": self.minutes})


class Claim:
    """Attempts that were counted. ``give_back`` undoes that, for those that succeeded."""

    def __init__(self):
        self.marks = []

    def give_back(self):
        Attempts.objects.filter(mark__in=self.marks, count__gt=0).update(count=F("count") - 1)


def _mark(*parts):
    return salted_hmac(SALT, json.dumps(parts), algorithm="sha256").hexdigest()


def _count_up(mark, limit):
    """Count one more unless that is too many; returns whether it counted. Exact for any number at once."""
    now = timezone.now()
    Attempts.objects.filter(mark=mark, until__lte=now).delete()
    Attempts.objects.bulk_create([Attempts(mark=mark, until=now + limit.window)], ignore_conflicts=True)
    return bool(Attempts.objects.filter(mark=mark, count__lt=limit.amount).update(count=F("count") + 1))


def claim(*wanted):
    """Count one attempt of each ``(limit, name, …)``, or of none: raises ``TooManyAttempts``. Returns a ``Claim``.

    The parts after the limit name what is counted; only their keyed hash is kept.
    """
    claimed = Claim()
    for limit, *parts in wanted:
        mark = _mark(*parts)
        if not _count_up(mark, limit):
            claimed.give_back()
            row = Attempts.objects.filter(mark=mark).first()
            raise TooManyAttempts(row.until if row else timezone.now())
        claimed.marks.append(mark)
    return claimed


def claim_password(*, account, address):
    """Count one guess at a password. ``account``: any text that stands for one account, or for none."""
    wanted = [
        (PASSWORD_ADDRESS, "password", "address", address),
        (PASSWORD_HERE, "password", "here", account, address),
    ]
    if not Attempts.objects.filter(mark=_mark("known", account, address), until__gt=timezone.now()).exists():
        wanted.append((PASSWORD_ANYWHERE, "password", "anywhere", account))
    return claim(*wanted)


def remember(*, account, address):
    """Note that an account signed in from an address."""
    Attempts.objects.update_or_create(
        mark=_mark("known", account, address), defaults={"until": timezone.now() + KNOWN_FOR}
    )


def claim_code(*, user):
    """Count one guess at a code of somebody's second factor."""
    return claim((CODE, "code", user.pk))


def use_code(*, user, code):
    """Return whether a code is used for the first time."""
    try:
        claim((Limit(1, CODE_USED_FOR), "used code", user.pk, code))
    except TooManyAttempts:
        return False
    return True


def claim_reset(*, address):
    """Count one request for a new password from an address."""
    return claim((RESET_ADDRESS, "reset", "address", address))


def may_send_reset(*, user):
    """Return whether one more mail with a link may go to ``user``, and count it."""
    try:
        claim((RESET_ACCOUNT, "reset", "account", user.pk))
    except TooManyAttempts:
        return False
    return True


def claim_challenge(*, address):
    """Count one question for a passkey from an address."""
    return claim((CHALLENGE_ADDRESS, "challenge", address))


def forget_old_attempts():
    """Delete what no longer counts."""
    Attempts.objects.filter(until__lte=timezone.now()).delete()
