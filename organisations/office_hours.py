"""Office hours in the reader's language, from OpenStreetMap's notation."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from opening_hours import OpeningHours, ParserError, State

from content.dates import day_and_month, time_span, weekday_name
from content.presentation import joined

#: A week that equals the ones after it is what people can rely on; three in a row have no common holiday.
WEEKS_COMPARED = 3


@dataclass(frozen=True)
class OpenDay:
    """One row of the table: a weekday and when it is open, as texts; no text means closed."""

    name: str
    spans: tuple[str, ...]
    is_today: bool


@dataclass(frozen=True)
class OfficeHours:
    """A week of office hours. ``is_usual`` is False where coming weeks differ: holidays, seasons, fortnights."""

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
    weeks = [
        [_open_spans(hours, monday + datetime.timedelta(days=7 * number + day)) for day in range(7)]
        for number in range(WEEKS_COMPARED)
    ]
    week = weeks[0]
    is_usual = all(other == week for other in weeks)
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


def _hours_of_day(value, today):
    """Return the hours of ``today`` as one text, "" for none; None without office hours."""
    hours = _parsed(value)
    if hours is None:
        return None
    return joined(_texts(_open_spans(hours, today or timezone.localdate())))


def today_line(value, *, today=None):
    """Return "Heute 09:00 bis 12:00 Uhr", or that it is closed today; "" without office hours."""
    hours = _hours_of_day(value, today)
    if hours is None:
        return ""
    return _("Today %(hours)s") % {"hours": hours} if hours else _("Closed today")


def reachable_line(value, *, today=None):
    """Return when somebody can be reached today, or that they cannot; "" without hours."""
    hours = _hours_of_day(value, today)
    if hours is None:
        return ""
    return _("Can be reached today: %(hours)s") % {"hours": hours} if hours else _("Cannot be reached today")
