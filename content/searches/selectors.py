"""What people look for and do not find."""

import datetime
from dataclasses import dataclass

from django.db.models import Max, Sum
from django.utils import timezone

from .models import EmptySearch


@dataclass(frozen=True)
class MissedWords:
    """Words in one language, how often they were searched for without a result, and the last day of that."""

    words: str
    language: str
    count: int
    last: datetime.date


def missed_words(*, days=30, languages=None, at_least=2, limit=20):
    """Return ``MissedWords`` of the last ``days``, the most wanted first; one query.

    ``languages``: codes, default all. ``at_least``: what was searched for less often is left out; one search says
    little, and may have been for somebody's name.
    """
    since = timezone.localdate() - datetime.timedelta(days=days - 1)
    found = EmptySearch.objects.filter(day__gte=since)
    if languages is not None:
        found = found.filter(language__in=languages)
    rows = (
        found.values("words", "language")
        .annotate(total=Sum("count"), last=Max("day"))
        .filter(total__gte=at_least)
        .order_by("-total", "words", "language")[:limit]
    )
    return [MissedWords(row["words"], row["language"], row["total"], row["last"]) for row in rows]
