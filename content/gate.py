"""The gate before forms that anybody may send: no account, no cookie, no puzzle, no JavaScript.

Programs give themselves away by filling in a field that people do not see, or by being too quick. A sender can send
a form so often a day. A double click counts once. Everything is kept in the database, so that it holds when the
cache is away and on every web process alike.

A view asks for the verdict in the transaction of the deed, and never caches its answers::

    class QuestionForm(GatedForm):
        gate = "partners.question"
        question = forms.CharField()

    sent = request.POST if request.method == "POST" else None
    form = QuestionForm(sent, sender=sender_of(request))
    if form.is_bound:
        with transaction.atomic():
            verdict = form.verdict()
            if verdict is Verdict.ACT:
                services.ask(**form.cleaned_data)
        if verdict is not Verdict.ASK_AGAIN:
            return redirect("thank_you")

The template shows ``{% gate_fields form %}`` of the tag library ``gate`` inside the form, and its errors.
"""

import hashlib
import ipaddress
import json
import secrets
import time
from datetime import datetime, timedelta
from enum import Enum
from functools import cached_property

from django import forms
from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

SALT = "content.gate"


class Tally(models.Model):
    """How often something was done, without saying who or what: ``mark`` is a keyed hash, forgotten at ``until``."""

    mark = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    def __str__(self):
        return f"{self.mark}: {self.count}"


def _mark(*parts):
    return salted_hmac(SALT, json.dumps(parts), algorithm="sha256").hexdigest()


def _count_up(mark, *, limit, until):
    """Count once more unless ``limit`` is reached; returns whether it counted. Exact for any number at once."""
    Tally.objects.bulk_create([Tally(mark=mark, until=until)], ignore_conflicts=True)
    return bool(Tally.objects.filter(mark=mark, count__lt=limit).update(count=F("count") + 1))


def take(*, gate, sender, limit, subject=""):
    """Count one more of ``gate`` by ``sender`` today, unless it is ``limit`` already; returns whether it counted.

    ``gate``: a dotted name like "partners.question". ``sender``: what ``sender_of`` returns; only a hash is kept,
    its key holds the day, so that nobody can be followed from one day or gate to another. ``subject``: counts
    things apart, for example pages.
    """
    today = timezone.localdate()
    midnight = timezone.make_aware(datetime.combine(today + timedelta(days=1), datetime.min.time()))
    return _count_up(_mark("day", str(today), gate, sender, subject), limit=limit, until=midnight)


def forget_old_tallies():
    """Delete what no longer counts."""
    Tally.objects.filter(until__lte=timezone.now()).delete()


def sender_of(request):
    """Return where a request comes from: its address as far as our own proxy knows, for IPv6 the network of it.

    A household has one IPv4 address, but 2**64 of IPv6.
    """
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "")
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None) and forwarded:
        # What stands before the last comma came with the request and can be invented.
        address = forwarded.split(",")[-1].strip()
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found), 64), strict=False))


class Verdict(Enum):
    """What a view does with a form that was sent."""

    #: Do what the form is for, and say thank you.
    ACT = "act"
    #: Say thank you, as after ``ACT``, and do nothing: a program, or the second half of a double click.
    THANK = "thank"
    #: Show the form again, with its messages and everything that was typed.
    ASK_AGAIN = "ask again"


class GatedForm(forms.Form):
    """A form with the gate before it.

    ``gate``: its dotted name; a token of one gate opens no other. ``subject``: binds a token to what the form is
    about, for example a page's key. ``sender``: what ``sender_of`` returns; needed for a verdict.
    """

    gate = ""
    #: Nobody reads and fills in a form quicker.
    shortest = timedelta(seconds=2)
    #: How long a form that was opened can be sent.
    longest = timedelta(hours=12)
    #: How often one sender can send it in a day. Many people can share one address: a school, a hostel.
    per_day = 20

    def __init__(self, *args, sender="", subject="", **kwargs):
        super().__init__(*args, **kwargs)
        self.sender = sender
        self.subject = str(subject)

    # The two fields of the gate are no Django fields, so that they never stand in a list of fields or of errors.
    @property
    def token_name(self):
        return self.add_prefix("gate")

    @property
    def trap_name(self):
        return self.add_prefix("website")

    @cached_property
    def _signer(self):
        return signing.Signer(salt=f"{SALT}.{self.gate}")

    @cached_property
    def _opened(self):
        """Return when the form that was sent had been opened, as seconds since 1970, or None for no token of ours."""
        try:
            opened, subject, _nonce = self._signer.unsign_object(self.data.get(self.token_name, ""))
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return opened if subject == self.subject else None

    @property
    def _age(self):
        return None if self._opened is None else timedelta(seconds=time.time() - self._opened)

    @cached_property
    def token(self):
        """Return the signed time and number of this form; shown again, it keeps its own while that is young enough.

        So whoever mends a mistake in a second is not too quick.
        """
        if self._age is not None and self._age < self.longest / 2:
            return self.data[self.token_name]
        return self._signer.sign_object([time.time(), self.subject, secrets.token_urlsafe(9)])

    @cached_property
    def submission(self):
        """Return a hash (64 characters) of the token and everything that was typed: equal for a double click only.

        Whoever goes back, mends a mistake and sends again sends something else.
        """
        typed = (
            {name: self.data.getlist(name) for name in self.data}
            if hasattr(self.data, "getlist")
            else self.data
        )
        files = [[name, file.name, file.size] for name, file in self.files.items()]
        return hashlib.sha256(json.dumps([typed, files], sort_keys=True, default=str).encode()).hexdigest()

    def clean(self):
        cleaned = super().clean()
        if self._age is None or self._age > self.longest:
            raise forms.ValidationError(
                _("This page was open for a long time. Nothing you typed is lost: please send it once more."),
                code="too old",
            )
        if self._age < self.shortest:
            raise forms.ValidationError(
                _("That was very quick. Nothing you typed is lost: please send it once more."),
                code="too fast",
            )
        return cleaned

    def verdict(self):
        """Return the ``Verdict`` on this form, and count it. Ask once, in the transaction of the deed."""
        if self.data.get(self.trap_name):
            return Verdict.THANK
        if not self.is_valid():
            return Verdict.ASK_AGAIN
        once = _mark("once", self.gate, self.submission)
        if not _count_up(once, limit=1, until=timezone.now() + self.longest):
            return Verdict.THANK
        if not take(gate=self.gate, sender=self.sender, limit=self.per_day):
            # Nothing was done with it, so the same form is no double when it is sent again.
            Tally.objects.filter(mark=once).delete()
            self.add_error(
                None,
                forms.ValidationError(
                    _(
                        "Today this was sent very often from your internet connection. Please try again tomorrow, "
                        "or write to us or call us."
                    ),
                    code="too many",
                ),
            )
            return Verdict.ASK_AGAIN
        return Verdict.ACT
