"""Days and times in words, in any language of the table (Unicode CLDR through Babel).

Times are in 24 hours everywhere: that is how they are written on doors and time-tables in Germany.
"""

import datetime
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, get_day_names
from django.utils import timezone
from django.utils.translation import get_language, pgettext

from .languages import language


@cache
def locale_of(code):
    """Return Babel's locale for ``code``, for its base language, or German."""
    row = language(code)
    for name in (row.code, row.base, row.code.partition("-")[0], "de"):
        try:
            return Locale.parse(name.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("Babel knows German.")


def _active():
    return locale_of(get_language() or "de")


def _day(moment):
    return timezone.localdate(moment) if isinstance(moment, datetime.datetime) else moment


def full_date(moment):
    """Return "Samstag, 12. Dezember 2026"."""
    return format_date(_day(moment), "full", locale=_active())


def long_date(moment):
    """Return "12. Dezember 2026"."""
    return format_date(_day(moment), "long", locale=_active())


def day_and_month(moment):
    """Return "12. Dezember"."""
    return format_skeleton("MMMMd", _day(moment), locale=_active())


def short_date(moment):
    """Return "Sa., 12. Dez."."""
    return format_skeleton("MMMEd", _day(moment), locale=_active())


def date_tile(moment):
    """Return ``(weekday, day, month)`` for the tile of a card: ("Sa", "12", "Dez.")."""
    day = _day(moment)
    return (
        format_date(day, "EEE", locale=_active()).rstrip("."),
        str(day.day),
        format_date(day, "MMM", locale=_active()),
    )


def clock_time(moment):
    """Return "14:00" of a time, or of an aware datetime in local time."""
    if isinstance(moment, datetime.datetime):
        moment = timezone.localtime(moment).time()
    return f"{moment:%H:%M}"


def time_span(start, end=None):
    """Return "14:00 bis 17:00 Uhr"; ``end`` None means open."""
    if end is None:
        return pgettext("time of day", "%(start)s o'clock") % {"start": clock_time(start)}
    return pgettext("time of day", "%(start)s to %(end)s") % {
        "start": clock_time(start),
        "end": clock_time(end),
    }


def weekday_name(number, *, width="wide"):
    """Return the name of a weekday, 0 is Monday; ``width``: wide, abbreviated or short."""
    return get_day_names(width, context="stand-alone", locale=_active())[number]
