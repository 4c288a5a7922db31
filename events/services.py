"""Writes that keep events' dates."""

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from content.index.services import index_keys

from .models import EventPage, Occurrence
from .schedules import closing, dates_between, next_date
from .selectors import archive_horizon, events_to_roll_forward


def last_materialised_day():
    """Return the last local day that occurrences are written for."""
    return timezone.localdate() + datetime.timedelta(days=31 * settings.EVENTS_MATERIALISED_MONTHS)


@transaction.atomic
def materialise_dates(*, page):
    """Write the dates of the source event ``page`` into ``Occurrence``; safe to call again.

    Dates in the past of a repeated event are kept for 400 days, single ones for ever. Returns how many rows
    there are now.
    """
    wanted = {}
    if page.live and page.start_date:
        last = max(last_materialised_day(), page.start_date)
        for date in dates_between(page, archive_horizon(page), last):
            wanted[date.original_date] = date
    existing = {row.original_date: row for row in Occurrence.objects.filter(event_key=page.translation_key)}
    Occurrence.objects.filter(pk__in=[row.pk for day, row in existing.items() if day not in wanted]).delete()
    changed = []
    for day, date in wanted.items():
        row = existing.get(day)
        if row is None:
            continue
        if (row.start, row.end, row.is_moved) != (date.start, closing(date), date.is_moved):
            row.start, row.end, row.is_moved = date.start, closing(date), date.is_moved
            changed.append(row)
    Occurrence.objects.bulk_update(changed, ["start", "end", "is_moved"])
    Occurrence.objects.bulk_create(
        Occurrence(
            event_key=page.translation_key,
            original_date=day,
            start=date.start,
            end=closing(date),
            is_moved=date.is_moved,
        )
        for day, date in wanted.items()
        if day not in existing
    )
    return len(wanted)


def forget_dates(*, translation_key):
    """Delete the dates of an event that no longer exists in any language."""
    Occurrence.objects.filter(event_key=translation_key).delete()


def roll_forward(*, now=None):
    """Move ``next_start`` of every event whose next date is over to the date after it, in all languages.

    Returns how many events were moved.
    """
    now = now or timezone.now()
    keys = []
    for page in events_to_roll_forward(now).iterator(chunk_size=200):
        start, end = next_date(page)
        EventPage.objects.filter(translation_key=page.translation_key).update(next_start=start, next_end=end)
        keys.append(page.translation_key)
    index_keys(keys)
    return len(keys)


def extend_dates():
    """Write down the dates that came within reach since yesterday. Returns how many events were looked at."""
    pages = EventPage.objects.live().filter(
        alias_of__isnull=True, locale__language_code=settings.LANGUAGE_CODE
    )
    count = 0
    for page in pages.exclude(rrule="").iterator(chunk_size=200):
        materialise_dates(page=page)
        count += 1
    return count
