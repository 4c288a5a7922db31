"""Events as iCalendar: a file for one event or one of its dates, and a feed to subscribe to (RFC 5545, RFC 7986).

Times are written as local wall time with TZID and one VTIMEZONE, so that a subscriber's calendar keeps a series at
18:00 over both changes of summer time. The VTIMEZONE is written by hand: two rules, which every calendar program
reads alike, unlike the list of single changes that can be generated from the time zone database.

A series is one VEVENT with an RRULE. Dates left out are EXDATEs, moved dates are further VEVENTs with the same UID
and a RECURRENCE-ID. Calendar programs disagree about a series in the two nights when the clocks change: about hours
that are skipped or shown twice, and about the end of what goes on through the change. Its dates in these nights are
therefore written out like moved ones, and a time that the clock shows twice is written in UTC.

With `expand`, every date is a VEVENT of its own with a UID of its own and without RRULE, for importers that know no
rules; it holds a year back and eighteen months ahead.

Text comes from people: line breaks in one-line properties become spaces, control characters are dropped, addresses
that are not on the web are left out. No property carries an e-mail address.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.encoding import iri_to_uri
from icalendar import Calendar, Event, Timezone, vCalAddress, vCategory, vDuration, vRecur, vText, vUri

from .recurrence import (
    OccurrenceTime,
    Schedule,
    first_series_date,
    occurrence_of,
    occurrences,
    parse_rrule,
    series_dates,
    to_utc,
)

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODID = "-//Mitmischen//Events//EN"
REFRESH_INTERVAL = timedelta(hours=6)
# In Europe the clocks change between two and three in the morning.
END_OF_CHANGE = time(3)
EXPANDED_BACK = timedelta(days=366)
EXPANDED_AHEAD = timedelta(days=550)

_VTIMEZONES = {
    "Europe/Berlin": """\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
}


@dataclass(frozen=True)
class CalendarEvent:
    """What a calendar shows of an event, in one language.

    * `uid`: the same in every language and after every edit; looks like "<translation key>@<host>".
    * `description`: plain text, may have several lines; the address is added below it.
    * `status`: planned, moved and full are CONFIRMED, cancelled is CANCELLED.
    * `sequence`: grows with every published change of date, place or status; `last_modified` and `created` are aware.
    * `geo`: (latitude, longitude) in degrees. `organiser_url`: the public page that stands for the organiser.
    """

    uid: str
    summary: str
    description: str
    location: str
    url: str
    schedule: Schedule
    status: Literal["planned", "cancelled", "moved", "full"]
    sequence: int
    last_modified: datetime
    created: datetime
    categories: tuple[str, ...]
    language: str
    image_url: str = ""
    geo: tuple[float, float] | None = None
    organiser_name: str = ""
    organiser_url: str = ""


def event_calendar(
    event: CalendarEvent,
    *,
    tz: ZoneInfo,
    expand: bool = False,
    occurrence: date | None = None,
    today: date | None = None,
) -> bytes:
    """Return the .ics file of an event, or of its one occurrence that the rule puts on the date `occurrence`.

    `today` is the local day that `expand` looks from, by default today. Raises LookupError if there is no such
    occurrence.
    """
    calendar = _calendar(tz)
    if occurrence is not None:
        found = occurrence_of(event.schedule, tz=tz, original_date=occurrence)
        if found is None:
            raise LookupError(f"{event.uid} has no date on {occurrence}")
        calendar.add_component(_single(event, found, tz=tz))
    else:
        for vevent in _vevents(event, tz=tz, expand=expand, today=today):
            calendar.add_component(vevent)
    return calendar.to_ical()


def feed(
    events: Iterable[CalendarEvent],
    *,
    tz: ZoneInfo,
    name: str,
    source_url: str,
    language: str,
    expand: bool = False,
    today: date | None = None,
) -> bytes:
    """Return a calendar to subscribe to, named `name` in `language`; `source_url` is its own https address.

    Its events do not make a subscriber busy. `today` as in `event_calendar`.
    """
    events = list(events)
    calendar = _calendar(tz)
    calendar.add("NAME", _line(name), parameters={"LANGUAGE": language})
    calendar.add("X-WR-CALNAME", _line(name))
    calendar.add("X-WR-TIMEZONE", tz.key)
    calendar.add("REFRESH-INTERVAL", REFRESH_INTERVAL, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH_INTERVAL))
    if address := _web_address(source_url):
        calendar.add("SOURCE", vUri(address), parameters={"VALUE": "URI"})
    if events:
        calendar.add("LAST-MODIFIED", _stamp(max(event.last_modified for event in events)))
    for event in events:
        for vevent in _vevents(event, tz=tz, expand=expand, today=today):
            vevent.add("TRANSP", "TRANSPARENT")
            calendar.add_component(vevent)
    return calendar.to_ical()


def _calendar(tz: ZoneInfo) -> Calendar:
    if tz.key not in _VTIMEZONES:
        raise LookupError(f"No VTIMEZONE is written for {tz.key}: add it to {__name__}.")
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODID)
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add_component(Timezone.from_ical(_VTIMEZONES[tz.key]))
    return calendar


def _vevents(event: CalendarEvent, *, tz: ZoneInfo, expand: bool, today: date | None) -> list[Event]:
    schedule = event.schedule
    if not schedule.rrule:
        only = occurrence_of(schedule, tz=tz, original_date=schedule.start.date())
        return [_single(event, only, tz=tz) if only else _without_date(event, tz=tz)]
    if expand:
        today = today or timezone.localdate(timezone=tz)
        dates = occurrences(
            schedule, tz=tz, window_start=today - EXPANDED_BACK, window_end=today + EXPANDED_AHEAD
        )
        return [_single(event, occurrence, tz=tz) for occurrence in dates]
    first = first_series_date(schedule)
    if first is None:
        return [_without_date(event, tz=tz)]
    today = today or timezone.localdate(timezone=tz)
    nights = _nights_of_change(schedule, tz=tz, first=first, last=today + EXPANDED_AHEAD)
    moved = {move.original for move in schedule.moved}
    own = _in_series(schedule, first, (moved | nights) - schedule.excluded)
    return [
        _series(event, first, tz=tz, nominal=first in nights),
        *(_of_series(event, day, tz=tz) for day in own),
    ]


def _single(event: CalendarEvent, occurrence: OccurrenceTime, *, tz: ZoneInfo) -> Event:
    """One date as an entry of its own. A date of a series gets its own UID, made from the date of the rule."""
    vevent = _described(event)
    if event.schedule.rrule:
        vevent["UID"] = vText(f"{occurrence.original_date:%Y%m%d}-{vevent['UID']}")
    _add_times(vevent, occurrence, tz=tz)
    return vevent


def _without_date(event: CalendarEvent, *, tz: ZoneInfo) -> Event:
    """All dates are gone: subscribers who have the event see it cancelled, at the start it was given."""
    vevent = _described(event)
    vevent["STATUS"] = vText("CANCELLED")
    vevent.add("DTSTART", _value(event.schedule.start, all_day=event.schedule.all_day, tz=tz))
    return vevent


def _series(event: CalendarEvent, first: date, *, tz: ZoneInfo, nominal: bool) -> Event:
    """The rule. DTSTART is its first date, because programs disagree about a start that is not part of it.

    With `nominal` the length is given as the clock shows it, because the first date is longer or shorter than that.
    """
    schedule = event.schedule
    all_day = schedule.all_day
    vevent = _described(event)
    start = datetime.combine(first, schedule.start.time())
    vevent.add("DTSTART", _value(start, all_day=all_day, tz=tz))
    if all_day:
        vevent.add("DTEND", first + _days_after(schedule) + timedelta(days=1))
    elif schedule.end and schedule.end > schedule.start:
        length = schedule.end - schedule.start
        if nominal:
            vevent.add("DURATION", length)
        else:
            vevent.add("DTEND", _value(start + length, all_day=False, tz=tz))
    vevent.add("RRULE", _rrule(schedule, tz=tz))
    for day in _in_series(schedule, first, schedule.excluded):
        vevent.add("EXDATE", _value(datetime.combine(day, start.time()), all_day=all_day, tz=tz))
    return vevent


def _of_series(event: CalendarEvent, day: date, *, tz: ZoneInfo) -> Event:
    """The date that the rule puts on `day`, written out."""
    schedule = event.schedule
    vevent = _described(event)
    by_rule = datetime.combine(day, schedule.start.time())
    vevent.add("RECURRENCE-ID", _value(by_rule, all_day=schedule.all_day, tz=tz))
    _add_times(vevent, occurrence_of(schedule, tz=tz, original_date=day), tz=tz)
    return vevent


def _nights_of_change(schedule: Schedule, *, tz: ZoneInfo, first: date, last: date) -> set[date]:
    """Return the dates of a series in first..last on which it takes place while the clocks are changed."""
    at_night = schedule.start.time() < END_OF_CHANGE or _days_after(schedule)
    if schedule.all_day or not at_night:
        return set()
    return {
        day
        for day in series_dates(schedule, first=first, last=last)
        if _offset_at_midnight(day, tz)
        != _offset_at_midnight(day + _days_after(schedule) + timedelta(days=1), tz)
    }


def _offset_at_midnight(day: date, tz: ZoneInfo) -> timedelta:
    return datetime.combine(day, time.min, tz).utcoffset()


def _days_after(schedule: Schedule) -> timedelta:
    return schedule.end.date() - schedule.start.date() if schedule.end else timedelta()


def _in_series(schedule: Schedule, first: date, days: Iterable[date]) -> list[date]:
    days = set(days)
    if not days:
        return []
    return [day for day in series_dates(schedule, first=first, last=max(days)) if day in days]


def _rrule(schedule: Schedule, *, tz: ZoneInfo) -> vRecur:
    rule = parse_rrule(schedule.rrule)
    value = vRecur.from_ical(str(rule))
    if rule.until and not schedule.all_day:
        # With a start in local time, UNTIL has to be in UTC: the last second of the last day.
        value["UNTIL"] = [to_utc(datetime.combine(rule.until, time.max).replace(microsecond=0), tz=tz)]
    return value


def _add_times(vevent: Event, occurrence: OccurrenceTime, *, tz: ZoneInfo) -> None:
    times = [("DTSTART", occurrence.local_start)]
    if occurrence.end is not None and occurrence.end > occurrence.start:
        times.append(("DTEND", occurrence.local_end))
    for name, local in times:
        value = _value(local, all_day=occurrence.all_day, tz=tz)
        if not occurrence.all_day and value.utcoffset() != value.replace(fold=1).utcoffset():
            value = to_utc(local, tz=tz)
        vevent.add(name, value)


def _value(local: datetime, *, all_day: bool, tz: ZoneInfo) -> date | datetime:
    """Return a date, or the local time with its zone as it is: what identifies a date of a series."""
    return local.date() if all_day else local.replace(tzinfo=tz)


def _described(event: CalendarEvent) -> Event:
    """Everything about an event but its times."""
    in_language = {"LANGUAGE": event.language}
    vevent = Event()
    vevent.add("UID", _line(event.uid))
    vevent.add("SEQUENCE", event.sequence)
    # Without METHOD, DTSTAMP says when the information was last revised.
    vevent.add("DTSTAMP", _stamp(event.last_modified))
    vevent.add("LAST-MODIFIED", _stamp(event.last_modified))
    vevent.add("CREATED", _stamp(event.created))
    vevent.add("STATUS", "CANCELLED" if event.status == "cancelled" else "CONFIRMED")
    vevent.add("SUMMARY", _line(event.summary), parameters=in_language)
    url = _web_address(event.url)
    # Several calendar programs show the description and not the URL.
    if description := "\n\n".join(filter(None, (_lines(event.description), url))):
        vevent.add("DESCRIPTION", _Text(description), parameters=in_language)
    if location := _line(event.location):
        vevent.add("LOCATION", location)
    if event.geo:
        vevent.add("GEO", event.geo)
    if url:
        vevent.add("URL", vUri(url))
    if labels := [label for label in map(_line, event.categories) if label]:
        categories = vCategory([])
        categories.cats = labels
        vevent.add("CATEGORIES", categories, parameters=in_language)
    if image := _web_address(event.image_url):
        vevent.add("IMAGE", vUri(image), parameters={"VALUE": "URI", "DISPLAY": "FULLSIZE"})
    if organiser := _web_address(event.organiser_url):
        name = _line(event.organiser_name).replace('"', "'")
        vevent.add("ORGANIZER", vCalAddress(organiser), parameters={"CN": name} if name else {})
    return vevent


def _stamp(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


_LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1f\x85\u2028\u2029]")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class _Text(vText):
    r"""TEXT that escapes by RFC 5545 alone; vText takes a typed "\N", as in "C:\Neu", for a line break."""

    def to_ical(self) -> bytes:
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode(self.encoding)


def _lines(text: str) -> str:
    """Return text with "\\n" as its only line break and without control characters."""
    text = _LINE_BREAK.sub("\n", text)
    return _NOT_TEXT.sub("", text).replace("\t", " ").strip()


def _line(text: str) -> _Text:
    """Return text on one line, without control characters and runs of spaces."""
    return _Text(" ".join(_lines(text).split()))


def _web_address(url: str) -> str:
    """Return an http(s) address in ASCII, everything odd in it quoted, or "" for any other."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    return iri_to_uri(_NOT_TEXT.sub("", url.strip()))
