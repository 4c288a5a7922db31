"""What must be the same in every language: addresses, phone numbers, dates, times and other numbers.

A token has *readings*: what it can mean. "14.30" is half past two or 14.3; "5" beside "in the evening" is 5 or 17.
Two tokens are the same where they share a reading.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from babel.numbers import get_decimal_symbol, get_group_symbol
from django.conf import settings

from content.dates import locale_of
from content.languages import direction
from content.text_checks.written_dates import written_dates

_URL = re.compile(
    r"(?<![\w@.-])(?:https?://|www\.)[^\s<>\"'“”„»«’‘،؛؟]{1,400}"
    r"|(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,3}(?:app|bayern|com|de|eu|info|net|org)(?![\w.-]{0,64}@)(?!\w)(?:/[^\s<>\"'“”„»«’‘،؛؟]{0,400})?",
    re.IGNORECASE | re.ASCII,
)
_URL_END = ".,;:!?)]}…"
# Lengths are those of RFC 5321, section 4.5.3.1.
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}", re.IGNORECASE | re.ASCII
)
_PHONE = re.compile(r"(?<![\w+])(?:\+|\(0|\(\+|0)\d[\d ()/.–-]{4,24}\d(?!\w)", re.ASCII)
#: Hardly a telephone has a shorter number; post codes like 01640 could be one. The longest is E.164's.
_FEWEST_DIGITS, _MOST_DIGITS = 7, 16
_SLASHED = re.compile(r"(?<![\w/])(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)(?![\w/])", re.ASCII)
_CLOCK = re.compile(
    r"(?<![\d.,:/])(?P<hour>[01]?\d|2[0-4])(?:(?P<mark>[:.])(?P<minute>[0-5]\d)(?!\d|[:./,]\d)|\sUhr\s(?P<past>[0-5]\d)(?!\w))",
    re.ASCII,
)
_NUMBER = re.compile(
    r"(?<!\d)(?:\d{1,3}(?:[.,'’ ]\d{3}){1,4}(?:[.,]\d{1,2})?(?![\d])|\d{1,18}(?:[.,]\d{1,6}){0,3})", re.ASCII
)
_HALF_DAY = re.compile(r"\s{0,2}([ap])\.?\s?m\b", re.IGNORECASE)
_RANGE = re.compile(r"\s{0,2}(?:[-–—]|to|and|until|till|or)\s{0,2}\Z")
#: Words that make "5" mean 17 o'clock, by language.
_LATE = {
    "de": re.compile("nachmittag|abend|mittag|nacht", re.IGNORECASE),
    "en": re.compile("afternoon|evening|night|noon", re.IGNORECASE),
    "tr": re.compile("öğleden sonra|akşam|gece", re.IGNORECASE),
    "uk": re.compile("вечора|ввечері|увечері|дня|пополудні|ночі", re.IGNORECASE),
    "ar": re.compile("مساء|ظهر|عصر|ليل"),
}
_AROUND = 25
_NOTHING = "\ufffc"


@dataclass(frozen=True)
class Token:
    """``kind``: "url", "email", "phone", "date" or "number". ``start``, ``end``: where in the text."""

    kind: str
    words: str
    start: int
    end: int
    readings: frozenset

    @property
    def number(self):
        """Return the ``Decimal`` where there is only one whole or decimal number to read, else None."""
        (reading, *others) = sorted(self.readings, key=str)
        return Decimal(reading) if not others and re.fullmatch(r"\d+(?:\.\d+)?", reading) else None


@dataclass(frozen=True)
class Day:
    """``day``, ``month`` and ``year`` (None where it is not written) of a date."""

    day: int
    month: int
    year: int | None


def tokens_of(plain, language):
    """Return ``{kind: [Token]}`` of plain text, in the order of the text."""
    text = _Text(plain)
    found = {
        "url": text.take("url", _URL, lambda match: _address(match[0], language), end=_URL_END),
        "email": text.take("email", _EMAIL, lambda match: {match[0].rstrip(".-").casefold()}),
    }
    found["date"] = _dates(text, language)
    clock = text.take("number", _CLOCK, lambda match: _clock(match, language))
    found["phone"] = text.take("phone", _PHONE, _phone)
    numbers = text.take("number", _NUMBER, lambda match: readings_of(match[0], language))
    found["number"] = _with_halves_of_the_day(
        sorted([*clock, *numbers], key=lambda token: token.start), plain, language
    )
    return found


class _Text:
    """What nothing has been read from yet. What is taken is not read again, as an address is no number."""

    def __init__(self, plain):
        self.left = plain

    def take(self, kind, pattern, read, end=""):
        """Return a ``Token`` for each match for which ``read`` gives readings."""
        found = []
        for match in pattern.finditer(self.left):
            readings = read(match)
            if readings:
                words = match[0].rstrip(end) if end else match[0]
                found.append(
                    Token(kind, words, match.start(), match.start() + len(words), frozenset(readings))
                )
        self.leave(found)
        return found

    def leave(self, tokens):
        """Take ``tokens``, in the order of the text, out of what is left."""
        parts, position = [], 0
        for token in tokens:
            parts += [self.left[position : token.start], _NOTHING * (token.end - token.start)]
            position = token.end
        self.left = "".join([*parts, self.left[position:]])


def _address(words, language):
    """Return an address without what changes nothing: its scheme, "www.", a language in its path."""
    bare = words.rstrip(_URL_END).partition("://")[2] or words.rstrip(_URL_END)
    host, slash, path = bare.partition("/")
    host = host.casefold().removeprefix("www.")
    kept = [part for part in path.split("/") if part and part.casefold() not in _codes()]
    return {"/".join([host, *kept])}


@cache
def _codes():
    return frozenset(row.code for row in settings.LANGUAGE_TABLE)


def _phone(match):
    digits = "".join(filter(str.isdecimal, match[0].replace("(0)", "")))
    if not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return None
    is_international = "+" in match[0][:2] or digits.startswith("00")
    if is_international:
        digits = digits.removeprefix("00")
        return {f"0{digits[2:]}" if digits.startswith("49") else f"+{digits}"}
    return {digits}


def _dates(text, language):
    found = []
    for written in written_dates(text.left, language):
        words = written.words
        # The dot of "12. Juni." is that of the sentence, the one of "12.6." its own.
        if words[-2:-1].isalpha():
            words = words.rstrip(".")
        day = Day(written.day, written.month, written.year)
        found.append(Token("date", words, written.start, written.start + len(words), frozenset({day})))
    text.leave(found)
    found += text.take("date", _SLASHED, _slashed)
    return sorted(found, key=lambda token: token.start)


def _slashed(match):
    first, second, year = (int(part) for part in match.groups())
    year += 2000 if year < 100 else 0
    return {Day(day, month, year) for day, month in ((first, second), (second, first)) if month <= 12}


def _clock(match, language):
    hour, minute = int(match["hour"]), int(match["minute"] or match["past"])
    readings = {str(hour) if not minute else f"{hour}:{minute:02}"}
    if match["mark"] == ".":
        readings |= readings_of(match[0], language)
    return readings


@cache
def conventions(language):
    """Return pairs ``(between thousands, before decimals)`` of a language (Unicode CLDR).

    Arabic countries do not agree, so both ways are read there.
    """
    if direction(language) == "rtl":
        return ((",", "."), (".", ","))
    locale = locale_of(language)
    group, point = get_group_symbol(locale), get_decimal_symbol(locale)
    return ((" " if group.isspace() else group, point),)


def readings_of(words, language):
    """Return what a number can mean in a language, as strings: ``{"1500"}`` of "1.500" in German."""
    if words.isdecimal():
        return {str(int(words))}
    found = set()
    for group, point in conventions(language):
        whole, mark, decimals = words.rpartition(point)
        if not mark:
            whole, decimals = words, ""
        parts = re.split(rf"[{re.escape(group)} '’]", whole)
        is_grouped = len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])
        if is_grouped and all(part.isdecimal() for part in parts) and (not mark or decimals.isdecimal()):
            number = Decimal(f"{''.join(parts)}.{decimals or '0'}")
            found.add(f"{number.normalize():f}")
    return found or {words}


def _with_halves_of_the_day(tokens, plain, language):
    late = _LATE.get(language.partition("-")[0])
    result, following, following_has_half = [], None, False
    for token in reversed(tokens):
        half = _HALF_DAY.match(plain, token.end) if language == "en" else None
        is_range = (
            following is not None
            and following_has_half
            and len(plain[token.end : following.start]) <= 10
            and _RANGE.match(plain[token.end : following.start])
        )
        if half:
            readings = frozenset(_hour(reading, half[1].lower() == "p") for reading in token.readings)
        elif is_range or (late and late.search(plain[max(0, token.start - _AROUND) : token.end + _AROUND])):
            readings = token.readings | {_hour(reading, True) for reading in token.readings}
        else:
            readings = token.readings
        following = Token("number", token.words, token.start, token.end, frozenset(readings))
        following_has_half = bool(half or is_range)
        result.append(following)
    return result[::-1]


def _hour(reading, is_afternoon):
    """Return the reading of a time of twelve hours as one of twenty-four."""
    hour, colon, minute = reading.partition(":")
    if not hour.isdecimal() or int(hour) > 12:
        return reading
    return f"{int(hour) % 12 + 12 * is_afternoon}{colon}{minute}"
