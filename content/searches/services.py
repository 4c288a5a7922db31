"""Counts searches that found nothing.

A reader waits for none of this: what is to be counted stays in the process until an answer has gone out, and is
written then, at most every few seconds. Whatever a flood of searches brings, a process keeps a few hundred words and a
day a few thousand rows; the rest is left out.
"""

import atexit
import datetime
import logging
import re
import threading
import time
import unicodedata
from collections import Counter

from django.core.signals import request_finished
from django.db import DatabaseError, transaction
from django.db.models import F
from django.dispatch import receiver
from django.utils import timezone

from .models import LONGEST_WORDS, EmptySearch

logger = logging.getLogger(__name__)

SHORTEST_WORDS = 3
#: Longer questions are sentences, and sentences are about somebody.
MOST_WORDS = 6
#: Seconds between two writes of one process.
PAUSE = 5
MOST_WAITING = 200
MOST_ROWS_PER_DAY_AND_LANGUAGE = 2000
#: Days after which nobody asks any more what was searched for.
DAYS_KEPT = 180

_ADDRESS = re.compile(r"\S*(?:@|\(at\)|\[at\]|://|\bwww\.)\S*")
#: Six digits or more, however they are grouped: a phone number, an account, a date of birth. A postcode has five.
_NUMBER = re.compile(r"[+(]?\d(?:[\s()/.\-–]*\d){5,}")

_waiting = Counter()
_lock = threading.Lock()
_written_at = 0.0


def countable(query):
    """Return the words of a question as they are counted, or "" for what is not.

    Without addresses and numbers that could be somebody's, in small letters; "" for what is shorter than three
    characters, for long sentences, and for what is no word.
    """
    text = unicodedata.normalize("NFKC", str(query or "")[:1000]).casefold()
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    text = _NUMBER.sub(" ", _ADDRESS.sub(" ", text))
    words = text.split()
    text = " ".join(words)
    if not SHORTEST_WORDS <= len(text) <= LONGEST_WORDS or len(words) > MOST_WORDS:
        return ""
    return text if any(letter.isalpha() for letter in text) else ""


def note_empty_search(request, query, *, language):
    """Remember that ``query`` found nothing in ``language`` (a code); for a ``GET`` only. Asks no database."""
    if request.method != "GET" or not (words := countable(query)):
        return
    key = (timezone.localdate(), language, words)
    with _lock:
        if key in _waiting or len(_waiting) < MOST_WAITING:
            _waiting[key] += 1


@receiver(request_finished, dispatch_uid="content.searches")
def write_some(**kwargs):
    """After an answer: write what waits, unless that was done a moment ago."""
    if _waiting and time.monotonic() - _written_at >= PAUSE:
        write_waiting()


def write_waiting():
    """Write what this process has waiting; when the database refuses, nothing breaks and it is not counted."""
    global _written_at
    with _lock:
        taken = Counter(_waiting)
        _waiting.clear()
        _written_at = time.monotonic()
    try:
        with transaction.atomic():
            _add(taken)
    except DatabaseError as error:
        logger.warning("Searches without result were not counted (%s).", type(error).__name__)


def _add(counts):
    # Always in the same order, so that two processes do not wait for each other.
    for (day, language, words), count in sorted(counts.items()):
        row = {"day": day, "language": language, "words": words}
        if EmptySearch.objects.filter(**row).update(count=F("count") + count):
            continue
        if EmptySearch.objects.filter(day=day, language=language).count() >= MOST_ROWS_PER_DAY_AND_LANGUAGE:
            continue
        EmptySearch.objects.bulk_create([EmptySearch(**row)], ignore_conflicts=True)
        EmptySearch.objects.filter(**row).update(count=F("count") + count)


def forget_waiting():
    """Leave out what waits, and begin a pause. For tests, whose database is another one a moment later."""
    global _written_at
    with _lock:
        _waiting.clear()
        _written_at = time.monotonic()


def forget_old_searches():
    """Delete counts that nobody asks for any more."""
    before = timezone.localdate() - datetime.timedelta(days=DAYS_KEPT)
    EmptySearch.objects.filter(day__lt=before).delete()


atexit.register(lambda: _waiting and write_waiting())
