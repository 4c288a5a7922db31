"""Dates of the demo content, written relative to the day it is loaded; ``README.md`` lists the expressions."""

import datetime
import re

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_DAYS = r"(?P<days>[+-]\d+)"
_TODAY = re.compile(rf"today{_DAYS}?")
_START = re.compile(rf"start{_DAYS}?")
_NEXT = re.compile(r"next:(?P<month>\d\d)-(?P<day>\d\d)")
_WEEKDAY = re.compile(rf"weekday:(?P<weekday>{'|'.join(WEEKDAYS)}){_DAYS}")
_MONTHLY = re.compile(rf"monthly:(?P<nth>[1-4])(?P<weekday>{'|'.join(WEEKDAYS)}){_DAYS}")


def resolve_date(expression, *, today, start=None):
    """Return the ``datetime.date`` that ``expression`` means on the day ``today``; None for an empty one.

    ``start`` is the row's start date, for expressions that count from it. Raises ``ValueError`` with the
    expression in it when it cannot be read.
    """
    expression = expression.strip()
    if not expression:
        return None
    if match := _TODAY.fullmatch(expression):
        return today + _days(match)
    if start is not None and (match := _START.fullmatch(expression)):
        return start + _days(match)
    if match := _NEXT.fullmatch(expression):
        month, day = int(match["month"]), int(match["day"])
        this_year = datetime.date(today.year, month, day)
        return this_year if this_year >= today else datetime.date(today.year + 1, month, day)
    if match := _WEEKDAY.fullmatch(expression):
        return _weekday_from(today + _days(match), match["weekday"])
    if match := _MONTHLY.fullmatch(expression):
        return _monthly_from(today + _days(match), int(match["nth"]), match["weekday"])
    try:
        return datetime.date.fromisoformat(expression)
    except ValueError as error:
        raise ValueError(f"“{expression}” is no date expression of the demo.") from error


def resolve_dates(expressions, *, today, start=None):
    """Return the dates of expressions joined by ``;``."""
    return [resolve_date(part, today=today, start=start) for part in expressions.split(";") if part.strip()]


def resolve_moves(expressions, *, today, start=None):
    """Return ``[(original date, new local datetime)]`` of moves joined by ``;``, each ``DATE>DATEThh:mm``.

    The T that stands before the time is the last one. Raises ``ValueError``.
    """
    moves = []
    for part in expressions.split(";"):
        if not part.strip():
            continue
        original, arrow, new = part.partition(">")
        day, letter, time = new.strip().rpartition("T")
        if not (arrow and letter):
            raise ValueError(f"“{part.strip()}” is no move of the demo; write DATE>DATEThh:mm.")
        moves.append(
            (
                resolve_date(original, today=today, start=start),
                datetime.datetime.combine(
                    resolve_date(day, today=today, start=start), datetime.time.fromisoformat(time)
                ),
            )
        )
    return moves


def _days(match):
    return datetime.timedelta(days=int(match["days"] or 0))


def _weekday_from(first, weekday):
    """Return the first such weekday on or after ``first``."""
    return first + datetime.timedelta(days=(WEEKDAYS.index(weekday) - first.weekday()) % 7)


def _monthly_from(first, nth, weekday):
    """Return the first day on or after ``first`` that is the nth such weekday of its month."""
    day = _weekday_from(first, weekday)
    while (day.day - 1) // 7 + 1 != nth:
        day += datetime.timedelta(days=7)
    return day
