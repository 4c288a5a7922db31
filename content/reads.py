"""How often pages are read: a number per page and day, without anybody's data.

A read is an answer with a page to somebody who is not signed in: no check for it alone (HEAD), nothing fetched in
advance, no program that says what it is. Reads are gathered in the process and written when a request is over, so
that no reader waits; what was gathered in the last ``READS_WRITTEN_EVERY`` seconds is lost with its process. Answers
that a proxy keeps are not counted.
"""

import datetime
import re
import threading
import time
from collections import Counter

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, Sum
from django.utils import timezone

#: Days over which reads are summed up for those who wrote a page.
DAYS_SHOWN = 30
#: Days after which numbers are forgotten.
DAYS_KEPT = 400
_PROGRAM = re.compile(
    r"bot|crawl|spider|slurp|preview|fetch|monitor|curl|wget|python|http|scan|feed", re.IGNORECASE
)


class ReadCount(models.Model):
    """How often a page was read on one day, in all languages together."""

    translation_key = models.UUIDField()
    day = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=("translation_key", "day"), name="one_count_per_page_and_day")
        ]
        indexes = [models.Index(fields=("day",), name="read_count_by_day")]

    def __str__(self):
        return f"{self.translation_key} {self.day}: {self.count}"


class _Gathered:
    """Reads of this process that are not written yet."""

    def __init__(self):
        self._lock = threading.Lock()
        self._counts = Counter()
        self._since = time.monotonic()

    def add(self, key, day):
        with self._lock:
            self._counts[key, day] += 1

    def take(self, *, after):
        """Return what was gathered and forget it; nothing when the last time was not ``after`` seconds ago."""
        with self._lock:
            if not self._counts or time.monotonic() - self._since < after:
                return {}
            taken, self._counts, self._since = self._counts, Counter(), time.monotonic()
            return taken


_gathered = _Gathered()


def is_read(request, response):
    """Return whether ``response`` is a page for a reader."""
    user = getattr(request, "user", None)
    agent = request.headers.get("User-Agent", "")
    purpose = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    return (
        request.method == "GET"
        and response.status_code == 200
        and response.get("Content-Type", "").startswith("text/html")
        and not getattr(request, "is_preview", False)
        and not (user is not None and user.is_authenticated)
        and "prefetch" not in purpose
        and bool(agent)
        and not _PROGRAM.search(agent)
    )


def note_read(page):
    """Count one read of ``page``."""
    _gathered.add(page.translation_key, timezone.localdate())


def write_reads(*, after=0):
    """Write what this process gathered, if that is more than ``after`` seconds old. Several processes add up."""
    for (key, day), count in sorted(_gathered.take(after=after).items(), key=str):
        with transaction.atomic():
            changed = ReadCount.objects.filter(translation_key=key, day=day).update(count=F("count") + count)
            if not changed:
                _, is_new = ReadCount.objects.get_or_create(
                    translation_key=key, day=day, defaults={"count": count}
                )
                if not is_new:
                    ReadCount.objects.filter(translation_key=key, day=day).update(count=F("count") + count)


def write_after_request(**kwargs):
    """Write reads now and then, after an answer is sent; a receiver of ``request_finished``."""
    if not connection.in_atomic_block:
        write_reads(after=settings.READS_WRITTEN_EVERY)


def reads_of(keys, *, today=None):
    """Return ``{translation key: reads in the last 30 days}`` of those that were read. One query."""
    first = (today or timezone.localdate()) - datetime.timedelta(days=DAYS_SHOWN - 1)
    rows = ReadCount.objects.filter(translation_key__in=keys, day__gte=first)
    return dict(rows.values_list("translation_key").annotate(Sum("count")))


def forget_old_reads():
    """Delete numbers older than ``DAYS_KEPT`` days."""
    ReadCount.objects.filter(day__lt=timezone.localdate() - datetime.timedelta(days=DAYS_KEPT)).delete()
