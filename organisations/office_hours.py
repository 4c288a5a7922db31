"""Office hours in the reader's language, from OpenStreetMap's notation."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from opening_hours import OpeningHours, ParserError, State

from content.dates import day_and_month, time_span, weekday_name


@dataclass(frozen=True)
class OpenDay:
    """One row of the table: a weekday and when it is open, as texts; no text means closed."""

    name: str
    spans: tuple[str, ...]
    is_today: bool


@dataclass(frozen=True)
class OfficeHours:
    """A week of office hours. ``is_usual`` is False where next week differs: holidays, seasons, fortnights."""

    days: tuple[OpenDay, ...]
    is_usual: bool


def _open_spans(hours, day):
    """Return ``[(start, end)]`` of one local day as times; an end of midnight is 24:00."""
    zone = ZoneInfo(settings.TIME_ZONE)
    start = datetime.datetime.combine(day, datetime.time(), zone)
    end = start + datetime.timedelta(days=1)
    return [
        (opens.time(), closes.time())
        for opens, closes, state, _comment in hours.intervals(start, end)
        if state == State.OPEN
    ]


def _parsed(value):
    try:
        return OpeningHours(value, timezone=ZoneInfo(settings.TIME_ZONE), country="DE") if value else None
    except ParserError:
        return None


def _texts(spans):
    return tuple(time_span(start, end) for start, end in spans)


def office_hours(value, *, today=None):
    """Return the ``OfficeHours`` of the week of ``today`` for an opening_hours expression; None without one."""
    hours = _parsed(value)
    if hours is None:
        return None
    today = today or timezone.localdate()
    monday = today - datetime.timedelta(days=today.weekday())
    week = [_open_spans(hours, monday + datetime.timedelta(days=number)) for number in range(7)]
    following = [_open_spans(hours, monday + datetime.timedelta(days=number)) for number in range(7, 14)]
    is_usual = week == following
    days = []
    for number, spans in enumerate(week):
        name = weekday_name(number)
        if not is_usual:
            name = _("%(weekday)s, %(day)s") % {
                "weekday": name,
                "day": day_and_month(monday + datetime.timedelta(days=number)),
            }
        days.append(OpenDay(name, _texts(spans), number == today.weekday()))
    return OfficeHours(tuple(days), is_usual)


def today_line(value, *, today=None):
    """Return "Heute 09:00 bis 12:00 Uhr", or that it is closed today; "" without office hours."""
    hours = _parsed(value)
    if hours is None:
        return ""
    spans = _texts(_open_spans(hours, today or timezone.localdate()))
    if not spans:
        return _("Closed today")
    return _("Today %(hours)s") % {"hours": _(", ").join(spans)}
