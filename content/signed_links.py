"""Links in mails that let somebody without an account do one thing, once: approve, confirm, cancel.

A token is a random secret signed for one purpose. The database keeps the SHA-256 of the secret only, so that a
stolen copy of it opens nothing. ``content.signed_link_views`` has the view: GET shows, POST acts.
"""

import hashlib
import json
import secrets
from datetime import timedelta

from django.core import signing
from django.db import models, transaction
from django.utils import timezone

from . import audit

#: 16 bytes are 128 bits, beyond guessing; ``content.logs`` knows a token by this length.
SECRET_BYTES = 16
#: How long a link that can no longer be used is remembered, so that its page can say why.
REMEMBERED_FOR = timedelta(days=30)


class SignedLink(models.Model):
    """What a link is for. ``subject`` and ``person`` are the words of whoever made it: a key, an address."""

    purpose = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    subject = models.CharField(max_length=200, db_index=True)
    person = models.CharField(max_length=254, blank=True)
    binding = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.purpose} {self.subject}"


class LinkRefused(Exception):
    """A link that does nothing. ``link``: the ``SignedLink``, or None where there is none."""

    def __init__(self, link=None):
        super().__init__(str(link or ""))
        self.link = link


class LinkInvalid(LinkRefused):
    """Never made, made for another purpose, mistyped or withdrawn."""


class LinkExpired(LinkRefused):
    """Its time is over."""


class LinkUsed(LinkRefused):
    """It has done what it was for."""


class LinkOutdated(LinkRefused):
    """What the person saw has changed since."""


def _signer(purpose):
    return signing.Signer(salt=f"content.signed_links.{purpose}", sep=".")


def _digest(secret):
    # A secret of 128 random bits needs no slow hash: there is nothing to guess.
    return hashlib.sha256(secret.encode()).hexdigest()


def binding_of(*parts):
    """Return a hash (64 characters) of what is shown to somebody; ``parts`` is anything that JSON can hold."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def make_link(*, purpose, subject, person="", expires_in, binding=""):
    """Remember a link and return its token, which is nowhere else: put it into a mail and forget it.

    ``purpose``: a dotted name like "partners.approve"; a token opens links of its own purpose only. ``subject``:
    what it is about, at most 200 characters, like "wagtailcore.page:12". ``person``: who it is sent to.
    ``expires_in``: a ``timedelta``. ``binding``: ``binding_of(…)`` what the person is shown, where that matters.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    SignedLink.objects.create(
        purpose=purpose,
        digest=_digest(secret),
        subject=subject,
        person=person,
        binding=binding,
        expires_at=timezone.now() + expires_in,
    )
    return _signer(purpose).sign(secret)


def read_link(token, *, purpose):
    """Return the ``SignedLink`` behind ``token``. Changes nothing.

    Raises ``LinkInvalid``, ``LinkUsed`` or ``LinkExpired``. A forged token is refused without asking the database.
    """
    try:
        secret = _signer(purpose).unsign(token)
    except signing.BadSignature as error:
        raise LinkInvalid from error
    link = SignedLink.objects.filter(purpose=purpose, digest=_digest(secret)).first()
    if link is None:
        raise LinkInvalid
    _check(link)
    return link


def _check(link):
    if link.used_at is not None:
        raise LinkUsed(link)
    if link.expires_at <= timezone.now():
        raise LinkExpired(link)


def use(link, *, current="", shown=None):
    """Mark ``link`` as used; of several at once, one succeeds.

    Call it in the transaction of what the link does, before that: if the deed fails, the link stays usable.
    ``current``: ``binding_of`` what there is now. ``shown``: ``binding_of`` what the person last saw, where a page
    showed something newer than the link was made for. Raises ``LinkOutdated`` when the two differ, ``LinkUsed`` or
    ``LinkExpired`` when somebody or the clock was quicker.
    """
    if (link.binding if shown is None else shown) != current:
        raise LinkOutdated(link)
    now = timezone.now()
    # One statement decides: on PostgreSQL a second one waits for the first to commit and then finds no row.
    if not SignedLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=now).update(used_at=now):
        fresh = SignedLink.objects.filter(pk=link.pk).first()
        if fresh is None:
            raise LinkInvalid
        _check(fresh)
        raise LinkExpired(fresh)
    link.used_at = now


def withdraw(*, subject, purpose=None):
    """Make all links about ``subject`` invalid, or those of one purpose, and forget whom they were sent to."""
    links = SignedLink.objects.filter(subject=subject)
    (links if purpose is None else links.filter(purpose=purpose)).delete()


@transaction.atomic
def forget_old_links():
    """Delete links that could last be used ``REMEMBERED_FOR`` ago, with the persons they were sent to."""
    old = SignedLink.objects.filter(expires_at__lt=timezone.now() - REMEMBERED_FOR)
    audit.record_erased(links=audit.delete_rows(old))
