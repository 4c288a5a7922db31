"""Days as people write them: "Freitag, 12. Juni", "12.6.", "12.06.2026", in every language of the table.

The names of months and weekdays are those of Unicode CLDR, through Babel. Days written with slashes are left alone:
12/06/2026 is in June or in December, depending on who writes.
"""

import datetime
import re
from dataclasses import dataclass
from functools import cache
from itertools import islice

from babel import Locale, UnknownLocaleError
from django.utils.translation import gettext as _

from content.dates import full_date, locale_of
from content.index.words import normalise

from .hints import MOST_FOUND, hint

_WIDTHS = ("wide", "abbreviated")
_CONTEXTS = ("format", "stand-alone")
#: Further locales whose names of months people use in a language: in Syria and Lebanon June is حزيران.
_ALSO = {"ar": ("ar_SY",)}


@dataclass(frozen=True)
class WrittenDate:
    """A day in a text. ``year`` and ``weekday`` (0 is Monday) are None where they are not written.

    ``words``: how it stands there. ``start``, ``end``: where.
    """

    words: str
    start: int
    end: int
    day: int
    month: int
    year: int | None = None
    weekday: int | None = None

    def in_year(self, year):
        """Return the ``datetime.date`` in ``year``, or None where that year has no such day."""
        try:
            return datetime.date(year, self.month, self.day)
        except ValueError:
            return None

    @property
    def date(self):
        """Return the ``datetime.date`` where the year is written, else None."""
        return self.in_year(self.year) if self.year else None


def written_dates(plain, language):
    """Return the ``WrittenDate`` objects in plain text of that language, in their order; days there are none of not."""
    found, reach = [], 0
    names = _names(language)
    for match in _pattern(language).finditer(plain):
        parts = {name.rstrip("0123456789"): value for name, value in match.groupdict().items() if value}
        month = names.get(normalise(parts["named"])) if "named" in parts else int(parts["month"])
        weekday = parts.get("weekday")
        year = parts.get("year")
        written = WrittenDate(
            words=match[0],
            start=match.start(),
            end=match.end(),
            day=int(parts["day"]),
            month=month,
            year=int(year) + (2000 if len(year) == 2 else 0) if year else None,
            weekday=_weekdays(language)[normalise(weekday)] if weekday else None,
        )
        # 2024 is a leap year: a day that exists in no year is no day.
        if written.start >= reach and written.in_year(written.year or 2024):
            found.append(written)
            reach = written.end
    return found


def wrong_weekdays(text, language):
    """Find days with a year on which another weekday falls than stands beside them."""
    wrong = {
        written.words: written.date
        for written in written_dates(text.plain, language)
        if written.date and written.weekday not in (None, written.date.weekday())
    }
    hints = []
    for words, day in islice(wrong.items(), MOST_FOUND):
        hints += hint(
            _("The weekday does not fit the date."),
            _("It is %(day)s. Change the weekday or the date.") % {"day": full_date(day)},
            [words],
        )
    return hints


def month_names(language):
    """Return pairs ``(name, month)`` of the full names of the months in a language, in all their forms CLDR knows."""
    return sorted(
        {
            (name, month)
            for locale in _locales(language)
            for context in _CONTEXTS
            for month, name in locale.months[context]["wide"].items()
            if not name.isdecimal()
        }
    )


def months_named(plain, language):
    """Return ``{month: how it stands there}`` of the months that plain text names in full, with a day or without."""
    found = {}
    for match in _month_pattern(language).finditer(plain):
        found.setdefault(_names(language)[normalise(match[0])], match[0])
    return found


@cache
def _month_pattern(language):
    # Small letters would find "may" and "march" in English.
    return re.compile(rf"(?<!\w)(?:{_one_of(month_names(language))})(?!\w)")


@cache
def _locales(language):
    further = []
    for name in _ALSO.get(language, ()):
        try:
            further.append(Locale.parse(name))
        except UnknownLocaleError:
            continue
    return (locale_of(language), *further)


def _spellings(language, kind):
    """Yield ``(name, key)`` of months (1 to 12) or weekdays (0 to 6) in a language, without the dots of short forms."""
    for locale in _locales(language):
        table = getattr(locale, kind)
        for context in _CONTEXTS:
            for width in _WIDTHS:
                for key, name in table[context][width].items():
                    # Numbers are no names; a single letter is no name of anything.
                    if len(bare := name.strip(". ")) > 1 and not bare.isdecimal():
                        yield bare, key


@cache
def _names(language):
    return {normalise(name): month for name, month in _spellings(language, "months")}


@cache
def _weekdays(language):
    return {normalise(name): day for name, day in _spellings(language, "days")}


def _one_of(names):
    """Return an alternative of names, the longest first; an apostrophe is any of those that keyboards have."""
    escaped = {re.sub("['’ʼ]", "['’ʼ]", re.escape(name)) for name, _key in names}
    return "|".join(sorted(escaped, key=len, reverse=True))


@cache
def _pattern(language):
    """Return the regular expression of days in a language. Every repetition is bounded, so it takes linear time."""
    month, weekday = _one_of(_spellings(language, "months")), _one_of(_spellings(language, "days"))

    def before(number):
        with_weekday = rf"(?P<weekday{number}>{weekday})[.,،]{{0,2}}\s{{1,3}}(?:(?:de[nmr]|the)\s{{1,3}})?"
        return rf"(?<!\w)(?:{with_weekday})?(?<![\w./:-])"

    year = r"(?P<year{0}>\d{{4}})"
    day_first = (
        rf"{before(1)}(?P<day1>\d{{1,2}})(?:\.|st|nd|rd|th)?\s{{0,3}}(?:of\s{{1,3}})?(?P<named1>{month})(?!\w)\.?"
        rf"(?:,?\s{{1,3}}{year.format(1)}(?!\w))?"
    )
    month_first = (
        rf"{before(2)}(?P<named2>{month})\.?\s{{1,3}}(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\w|:\d)"
        rf"(?:,?\s{{1,3}}{year.format(2)}(?!\w))?"
    )
    in_digits = (
        rf"{before(3)}(?P<day3>\d{{1,2}})\.\s?(?P<month3>0?[1-9]|1[0-2])\.(?:\s?(?P<year3>\d{{4}}|\d\d)(?!\w|:\d)(?!\.\d))?"
        r"(?![\d])"
    )
    iso = rf"{before(4)}{year.format(4)}-(?P<month4>0[1-9]|1[0-2])-(?P<day4>\d\d)(?![\w-])"
    forms = [iso, in_digits, day_first]
    # German has "im Juni 12 Kinder": only where the day stands behind the month is that a day.
    if language == "en":
        forms.append(month_first)
    # Turkish has the weekday last: "12 Haziran 2026 Cuma".
    last = rf"(?:,?\s{{1,3}}(?P<weekday5>{weekday})(?!\w))?" if language == "tr" else ""
    return re.compile(rf"(?:{'|'.join(forms)}){last}", re.IGNORECASE)
