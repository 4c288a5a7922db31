"""Whether addresses, phone numbers, dates and numbers are the same in source and translation.

A number may be in digits on one side and in words on the other. In Leichte Sprache numbers may be left out: its rules
ask for "viele" or "wenige" instead of high numbers (Netzwerk Leichte Sprache, *Die Regeln für Leichte Sprache*,
"Vermeiden Sie hohe Zahlen und Prozent-Zahlen"); a changed number is an error there as well.
"""

import re
from collections import defaultdict
from dataclasses import replace

from babel.numbers import format_decimal
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from content.dates import locale_of
from content.index.words import normalise
from content.text_checks.written_dates import month_names, months_named

from .findings import error, warning
from .number_words import numbers_in_words
from .tokens import readings_of

#: Up to here numbers are usually written as words (Duden, *Schreibung von Zahlen*), inflected in many ways.
_LAST_WORD = 12
# What says a number without saying it: "halb drei", "vierzehntägig", "Mitternacht".
_IN_OTHER_WORDS = re.compile(
    r"halb|viertel|anderthalb|mittag|mitternacht|dutzend|tägig|jährig|wöchig", re.IGNORECASE
)
# Two weeks are fourteen days in German.
_FORTNIGHT = re.compile(r"\b14[ -]?t(?:age|ägig)", re.IGNORECASE)
#: So many dates of the same day and month are told apart by their year.
_MOST_DATES = 10
#: Letters at the end of a month's name that may be another ending.
_ENDING = 3
SIMPLE = "de-simple"


def contact_facts(source, target):
    """Compare phone numbers, e-mail addresses and web addresses of two ``Reading`` objects."""
    before, after = source.tokens, target.tokens
    found = []
    for kind, missing_message, other_message in (
        (
            "phone",
            _("The phone number “{there}” is missing. Write it as in the original."),
            _("The phone number “{here}” is not the one of the original. Write “{there}”."),
        ),
        (
            "email",
            _("The e-mail address “{there}” is missing. Write it as in the original."),
            _("The e-mail address “{here}” is not the one of the original. Write “{there}”."),
        ),
        (
            "url",
            _("The web address “{there}” is missing. Write it as in the original."),
            _("The web address “{here}” is not the one of the original. Write “{there}”."),
        ),
    ):
        missing, extra = _unmatched(before[kind], after[kind])
        for token, other in _pairs(missing, extra):
            if other is None:
                found.append(error(kind, format_lazy(missing_message, there=token.words)))
            elif token is None:
                message = _("“{here}” does not stand in the original. Take it out.")
                found.append(error(kind, format_lazy(message, here=other.words), _span(target, other)))
            else:
                message = format_lazy(other_message, here=other.words, there=token.words)
                found.append(error(kind, message, _span(target, other)))
    return found


def dates_and_numbers(source, target):
    """Compare dates, times and other numbers of two ``Reading`` objects."""
    before, after = source.tokens, target.tokens
    missing_dates, extra_dates = _unmatched_dates(before["date"], after["date"])
    missing_dates, numbers_before = _as_numbers(missing_dates, before["number"], target, after["date"])
    extra_dates, numbers_after = _as_numbers(extra_dates, after["number"], source, before["date"])
    found = []
    for token, other in _pairs(missing_dates, extra_dates):
        found.append(_date_finding(token, other, target))
    return [*found, *_number_findings(source, target, numbers_before, numbers_after)]


def months(source, target):
    """Find a month that the source names without a day and the translation does not name."""
    if target.language == SIMPLE:
        return []
    there = months_named(source.plain, source.language)
    here = _months_in(target, target.tokens["date"])
    dated = {day.month for token in source.tokens["date"] for day in token.readings}
    return [
        warning(
            "month",
            format_lazy(
                _("The original names “{month}”. Name this month in the translation as well."),
                month=there[month],
            ),
        )
        for month in there
        if month not in here and month not in dated
    ]


def _months_in(reading, dates):
    """Return the months that a text names, with whatever ending, or has in its dates."""
    words = normalise(reading.plain)
    named = {
        month
        for name, month in month_names(reading.language)
        if normalise(name)[: max(3, len(name) - _ENDING)] in words
    }
    return named | {day.month for token in dates for day in token.readings}


def _date_finding(token, other, target):
    if token is None:
        message = _("The date “{here}” does not stand in the original. Take it out or correct it.")
        return error("date", format_lazy(message, here=other.words), _span(target, other))
    if other is None:
        message = format_lazy(
            _("The date “{there}” is missing. Write day and month, and the year where the original has it."),
            there=token.words,
        )
        return (warning if target.language == SIMPLE else error)("date", message)
    message = _("The date “{here}” is not the one of the original, “{there}”. Correct day, month or year.")
    return error("date", format_lazy(message, here=other.words, there=token.words), _span(target, other))


def _number_findings(source, target, before, after):
    missing, extra = _unmatched(before, after)
    missing = _without_repeated(missing, after)
    extra = _without_repeated(extra, before)
    said_there = numbers_in_words(source.plain, source.language)
    said_here = numbers_in_words(target.plain, target.language)
    missing = [token for token in missing if not _is_said(token, said_here)]
    extra = [token for token in extra if not _is_said(token, said_there)]
    if source.language.startswith("de") and _FORTNIGHT.search(source.plain):
        missing = [token for token in missing if token.words != "14"]
    may_differ = target.language == SIMPLE and len(before) != len(after)
    found = []
    for token, other in [*_apart(missing, extra)] if may_differ else _pairs(missing, extra):
        if (token or other).kind == "date":
            found.append(_date_finding(token, other, target))
        elif token is None:
            found.append(_extra_number(other, source, target))
        elif other is None:
            found.append(_missing_number(token, target))
        else:
            found.append(_other_number(token, other, source, target))
    return found


def _missing_number(token, target):
    message = format_lazy(
        _("The number “{there}” is missing. Write it in digits: “{written}”."),
        there=token.words,
        written=_written(token, target.language),
    )
    is_error = not _is_small(token) and target.language != SIMPLE
    return (error if is_error else warning)("numbers", message)


def _extra_number(other, source, target):
    message = _("The number “{here}” does not stand in the original. Is it right?")
    is_error = not _is_small(other) and not _IN_OTHER_WORDS.search(source.plain)
    finding = format_lazy(message, here=other.words), _span(target, other)
    return (error if is_error else warning)("numbers", *finding)


def _other_number(token, other, source, target):
    written = _written(token, target.language)
    if token.readings & readings_of(other.words, source.language):
        message = _("In this language “{here}” is another number than in the original. Write “{written}”.")
    else:
        message = _("“{here}” is another number than “{there}” in the original. Write “{written}”.")
    return error(
        "numbers",
        format_lazy(message, here=other.words, there=token.words, written=written),
        _span(target, other),
    )


def _written(token, language):
    """Return a number as one writes it in a language."""
    number = token.number
    if number is None or number < 1000 and number == number.to_integral_value() or token.words.isdecimal():
        return token.words
    return format_decimal(number, locale=locale_of(language), numbering_system="latn")


def _is_small(token):
    number = token.number
    return number is not None and number <= _LAST_WORD


def _is_said(token, said):
    return any(reading.isdecimal() and int(reading) in said for reading in token.readings)


def _same_day(before, after):
    """Return whether a date can be another: the same day and month, and the same year where the first has one."""
    return any(
        (one.day, one.month) == (two.day, two.month)
        and (one.year == two.year or (one.year is None and two.year is not None))
        for one in before.readings
        for two in after.readings
    )


def _as_numbers(dates, numbers, other, other_dates):
    """Return the dates that stay, and ``numbers`` with those of the others.

    "Am 12. und 13. Dezember" has the first day as a number. So a date counts as numbers where the other text names
    its month.
    """
    named = _months_in(other, other_dates)
    stay, apart = [], []
    for token in dates:
        (day, *ambiguous) = token.readings
        if ambiguous or day.month not in named:
            stay.append(token)
            continue
        apart.append(replace(token, readings=frozenset({str(day.day)})))
        if day.year:
            apart.append(replace(token, readings=frozenset({str(day.year)})))
    return stay, sorted([*numbers, *apart], key=lambda token: token.start)


def _unmatched(before, after):
    """Return the tokens of the source and of the translation that have no partner."""
    waiting = defaultdict(list)
    for place in reversed(range(len(before))):
        for reading in before[place].readings:
            waiting[reading].append(place)
    matched, extra = set(), []
    # Those with one reading choose first.
    for token in sorted(after, key=lambda token: len(token.readings)):
        place = None
        for reading in sorted(token.readings, key=str):
            while waiting[reading] and waiting[reading][-1] in matched:
                waiting[reading].pop()
            if waiting[reading]:
                place = waiting[reading].pop()
                break
        if place is None:
            extra.append(token)
        else:
            matched.add(place)
    missing = [token for place, token in enumerate(before) if place not in matched]
    return missing, sorted(extra, key=lambda token: token.start)


def _unmatched_dates(before, after):
    waiting = defaultdict(list)
    for place in reversed(range(len(before))):
        for day in before[place].readings:
            waiting[day.day, day.month].append(place)
    matched, extra = set(), []
    for token in after:
        places = [place for day in token.readings for place in waiting[day.day, day.month][-_MOST_DATES:]]
        place = next(
            (place for place in places[::-1] if place not in matched and _same_day(before[place], token)),
            None,
        )
        if place is None:
            extra.append(token)
            continue
        matched.add(place)
        for day in before[place].readings:
            waiting[day.day, day.month].remove(place)
    return [token for place, token in enumerate(before) if place not in matched], extra


def _without_repeated(tokens, others):
    """Return ``tokens`` without those that stand among ``others`` at least once."""
    there = {reading for token in others for reading in token.readings}
    return [token for token in tokens if not token.readings & there]


def _pairs(missing, extra):
    """Return pairs ``(missing, extra)`` in the order of the texts; None where one list is shorter."""
    longest = max(len(missing), len(extra))
    return zip(
        [*missing, *[None] * (longest - len(missing))],
        [*extra, *[None] * (longest - len(extra))],
        strict=True,
    )


def _apart(missing, extra):
    yield from ((token, None) for token in missing)
    yield from ((None, token) for token in extra)


def _span(target, token):
    return target.span(token.start, token.end)
