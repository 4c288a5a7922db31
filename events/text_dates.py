"""Whether the days that stand in a text are the days of the event.

Says something only where it is certain, because people may write about other days: a day counts as contradicting when
it is written with its year or its weekday, is none of the event's days, is no deadline, is not far from the event (what
is further away is history), and the text names none of the event's days beside it.
"""

import datetime
import re
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from content.dates import full_date
from content.text_checks.hints import MOST_FOUND, hint
from content.text_checks.written_dates import written_dates

from .recurrence import RecurrenceError, occurrences, parse_rrule, series_dates
from .schedules import schedule_of, time_zone

#: Days from the event to a day that still could be meant as its own: last year's event, copied, is one of them.
NEAR = datetime.timedelta(days=400)
#: So many days in one text are compared; nobody writes more, and each costs time.
MOST_DAYS = 40

#: Words before a day that make it the end or the beginning of something else: "Anmeldung bis zum 10. Dezember 2026".
_DEADLINE_BEFORE = re.compile(
    r"(?<!\w)(?:bis|spätestens|seit|ab|vor|nach|until|till|by|before|after|since|from|до|від|після|перед|حتى|قبل|منذ)"
    r"(?:\s(?:spätestens|zu[mr]|de[mnr]|am|the|latest|end of|يوم))?[\s,:]{1,3}$",
    re.IGNORECASE,
)
#: In Turkish that stands behind the day: "10 Aralık 2026'ya kadar", "… tarihine kadar".
_DEADLINE_AFTER = re.compile(
    r"^['’]?\w{0,5}\s{1,2}(?:tarihin\w{1,3}\s)?(?:kadar|önce|sonra|beri|itibaren)(?!\w)"
)
_SEEN_AROUND = 30


def contradicting_dates(text, language, page):
    """Find days in a ``Text`` that contradict the event ``page``; none while it has no date or no readable rule."""
    written = written_dates(text.plain, language)[:MOST_DAYS]
    if not written or not page.start_date:
        return []
    try:
        return _compared(text.plain, written, _OwnDays(page))
    except (RecurrenceError, ValueError, KeyError, TypeError, OverflowError):
        return []


def _compared(plain, written, own):
    names_own_day = any(own.fits(day) for day in written)
    hints = []
    for day in {day.words: day for day in written if not own.fits(day)}.values():
        same_day = own.on(day)
        if same_day and day.weekday is not None and not day.year:
            hints += hint(
                _("The weekday does not fit the event."),
                _("In this entry it is %(day)s. Change the weekday in the text, or the date of the entry.")
                % {"day": full_date(same_day)},
                [day.words],
            )
        elif not names_own_day and not _is_deadline(plain, day) and (nearest := own.nearest(day)):
            hints += hint(
                _("The text names another day than the entry."),
                _("The entry says %(day)s. If the text means something else, all is well.")
                % {"day": full_date(nearest)},
                [day.words],
            )
    return hints[:MOST_FOUND]


def _is_deadline(plain, day):
    before = plain[max(0, day.start - _SEEN_AROUND) : day.start]
    return bool(
        _DEADLINE_BEFORE.search(before) or _DEADLINE_AFTER.match(plain[day.end : day.end + _SEEN_AROUND])
    )


class _OwnDays:
    """The days of an event: its dates, also those left out or moved away, and the last days to reply and to come."""

    def __init__(self, page):
        self.page = page
        self.schedule = schedule_of(page)
        self._known = {}

    @cached_property
    def single(self):
        """Return the days that follow from no rule."""
        until = parse_rrule(self.page.rrule).until if self.page.rrule else None
        return {self.page.reply_by, self.page.end_date, until} - {None}

    @cached_property
    def years(self):
        """Return the years in which somebody means a day that is written without one."""
        around = (self.page.start_date.year, timezone.localdate().year)
        return sorted({year + offset for year in around for offset in (-1, 0, 1)})

    def has(self, day):
        """Return whether something of the event is on a ``datetime.date``."""
        if day not in self._known:
            self._known[day] = (
                day in self.single
                or any(True for _day in series_dates(self.schedule, first=day, last=day))
                or bool(self._dates(day, day, limit=1))
            )
        return self._known[day]

    def meant(self, written):
        """Return the ``datetime.date`` objects that a ``WrittenDate`` can mean."""
        days = [written.in_year(year) for year in ([written.year] if written.year else self.years)]
        days = [day for day in days if day]
        if written.weekday is not None and not written.year:
            days = [day for day in days if day.weekday() == written.weekday]
        return days

    def fits(self, written):
        """Return whether a ``WrittenDate`` can be one of the event's days."""
        return any(self.has(day) for day in self.meant(written))

    def on(self, written):
        """Return the event's own day of the same day and month, whatever the weekday beside it; or None."""
        days = [written.in_year(year) for year in ([written.year] if written.year else self.years)]
        own = [day for day in days if day and self.has(day)]
        return min(own, key=lambda day: abs(day - timezone.localdate()), default=None)

    def nearest(self, written):
        """Return the date of the event nearest to a day written in full, or None if that is far or not in full."""
        if not written.year and written.weekday is None:
            return None
        days = self.meant(written)
        found = [
            (abs(date.local_start.date() - day), date.local_start.date())
            for day in days
            for date in self._dates(day - NEAR, day + NEAR, limit=1000)
        ]
        return min(found)[1] if found else None

    def _dates(self, first, last, *, limit):
        return occurrences(self.schedule, tz=time_zone(), window_start=first, window_end=last, limit=limit)
