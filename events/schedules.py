"""When an event takes place: from the fields of its page to dates."""

import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from .recurrence import (
    MovedDate,
    RecurrenceError,
    Schedule,
    first_series_date,
    occurrences,
    series_dates,
)

#: How long an event without a stated end stays "now".
OPEN_END = datetime.timedelta(hours=2)


def time_zone():
    """Return the zone that events' wall times are in."""
    return ZoneInfo(settings.TIME_ZONE)


def schedule_of(page):
    """Return the ``Schedule`` of an event's page, or None while it has no date.

    ``excluded_dates`` is a list of ISO dates, ``moved_dates`` a list of
    ``{"original": "2026-12-24", "start": "2026-12-27T14:00", "end": "2026-12-27T16:00" or ""}``.
    """
    start = page.starts_at()
    if start is None:
        return None
    return Schedule(
        start=start,
        end=_end_of(page, start),
        all_day=page.all_day,
        rrule=page.rrule,
        excluded=frozenset(datetime.date.fromisoformat(text) for text in page.excluded_dates),
        moved=tuple(
            MovedDate(
                original=datetime.date.fromisoformat(entry["original"]),
                start=datetime.datetime.fromisoformat(entry["start"]),
                end=datetime.datetime.fromisoformat(entry["end"]) if entry.get("end") else None,
            )
            for entry in page.moved_dates
        ),
    )


def check_dates(page):
    """Raise ``RecurrenceError`` if the dates of an event contradict each other, or its rule has not a single one."""
    schedule = schedule_of(page)
    if schedule is not None and first_series_date(schedule) is None:
        raise RecurrenceError(_("The event repeats without having a single date. Check the last day."))


def _end_of(page, start):
    if page.all_day:
        return datetime.datetime.combine(page.end_date or page.start_date, datetime.time())
    if page.end_time is None and page.end_date is None:
        return None
    end = datetime.datetime.combine(page.end_date or page.start_date, page.end_time or datetime.time(23, 59))
    # An end before the start of the same day is after midnight: a party from 20:00 to 01:00.
    return end + datetime.timedelta(days=1) if end < start else end


def dates_between(page, first, last, *, limit=1000):
    """Return the event's ``OccurrenceTime`` objects from local day ``first`` to ``last``, both included."""
    schedule = schedule_of(page)
    if schedule is None:
        return []
    return occurrences(schedule, tz=time_zone(), window_start=first, window_end=last, limit=limit)


def coming_series_dates(page, *, first, limit):
    """Return the days that the rule gives from the local day ``first`` on, left out and moved ones included."""
    schedule = schedule_of(page)
    if schedule is None:
        return []
    horizon = first + datetime.timedelta(days=31 * settings.EVENTS_MATERIALISED_MONTHS)
    return list(islice(series_dates(schedule, first=first, last=max(horizon, page.start_date)), limit))


def closing(date):
    """Return when an ``OccurrenceTime`` is over, in UTC; an open end is taken to be two hours later."""
    return date.end or date.start + OPEN_END


def next_date(page):
    """Return ``(start, end)`` of the next date that is not over, in UTC; ``(None, None)`` when all are.

    A rule that cannot be read has no dates; the form says so to the person who typed it.
    """
    today = timezone.localdate()
    horizon = today + datetime.timedelta(days=31 * settings.EVENTS_MATERIALISED_MONTHS)
    try:
        upcoming = dates_between(
            page, today - datetime.timedelta(days=31), max(horizon, page.start_date or horizon)
        )
    except (RecurrenceError, ValueError, KeyError):
        return None, None
    now = timezone.now()
    return next(((date.start, closing(date)) for date in upcoming if closing(date) >= now), (None, None))
