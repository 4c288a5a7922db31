"""When an event takes place: rules, single dates left out or moved, and the instants they come to.

Everything here is in local wall time first and in UTC last. "Every Thursday at 18:00" means 18:00 on the clock at
the place of the event, in summer and in winter, so a series is expanded as dates and naive local times, and only
the finished date is turned into an instant.

The clocks change twice a year, at night. For times in those hours:

* a local time that does not exist (02:30 in the last night of March) is read with the offset from before the change,
  as RFC 5545, section 3.3.5 says: the event is not lost, it begins at 03:30 on the changed clock;
* a local time that exists twice (02:30 in the last night of October) is the first of the two;
* an end that would fall before its start by these two rules keeps the planned duration instead.

A series has at most one occurrence per local date, therefore a date identifies an occurrence for good, even after
it was moved. Rules that would repeat within a day are refused.

RFC 5545 leaves it undefined what a start means that its own rule does not hit. Here the rule decides: the first
occurrence is the first date of the rule on or after the start.

No Django model is used here; only messages and sentences for people are translated.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from content.dates import day_and_month, long_date

Frequency = Literal["none", "daily", "weekly", "monthly_by_weekday", "monthly_by_date", "yearly"]

FREQUENCIES: tuple[Frequency, ...] = (
    "none",
    "daily",
    "weekly",
    "monthly_by_weekday",
    "monthly_by_date",
    "yearly",
)
WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NTH_CHOICES = (1, 2, 3, 4, -1)

MAX_COUNT = 1000
MAX_INTERVAL = 400
MAX_RRULE_LENGTH = 255
# How far ahead to look for the next date of a series before it counts as having none: longer than the longest pause
# a sensible rule makes (29 February over a century without leap year: eight years).
HORIZON = timedelta(days=366 * 12)
# No series is followed for longer than this after its start, whatever dates somebody asks for.
LONGEST_SERIES = timedelta(days=366 * 50)
YEARS = range(1970, 2200)


class RecurrenceError(ValueError):
    """A rule or a schedule that cannot be used; the text is translated and says how to mend it."""


# --- Rules -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """The supported part of an RFC 5545 recurrence rule, as `parse_rrule` reads it.

    `weekdays` holds pairs (nth, weekday) with weekday 0 for Monday and nth 0 for "every one in the period".
    `until` is a local date, inclusive. `str(rule)` is the canonical RRULE value.
    """

    frequency: Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
    interval: int = 1
    count: int | None = None
    until: date | None = None
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0

    def __str__(self) -> str:
        parts = [f"FREQ={self.frequency}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.months:
            parts.append(f"BYMONTH={_numbers(self.months)}")
        if self.month_days:
            parts.append(f"BYMONTHDAY={_numbers(self.month_days)}")
        if self.weekdays:
            parts.append(
                "BYDAY=" + ",".join(f"{nth or ''}{WEEKDAY_CODES[weekday]}" for nth, weekday in self.weekdays)
            )
        if self.positions:
            parts.append(f"BYSETPOS={_numbers(self.positions)}")
        if self.week_start:
            parts.append(f"WKST={WEEKDAY_CODES[self.week_start]}")
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        if self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        return ";".join(parts)

    def dates(self, start: date, *, first: date, last: date) -> Iterator[date]:
        """Yield, in order, the dates of the series begun at `start` that lie in first..last (both included).

        The work is bounded by the number of days between first and last (between start and last for a rule with
        COUNT), whatever the rule says: a rule that never matches ends as soon as one that does.
        """
        rule = self._completed_from(start)
        last = min(last, self.until) if self.until else last
        found = 0
        for period in rule._periods(start, first=start if self.count else max(start, first), last=last):
            days = [day for day in period if rule._matches(day)]
            if self.positions:
                days = _pick(days, self.positions)
            for day in days:
                if day < start:
                    continue
                if day > last:
                    return
                if day >= first:
                    yield day
                found += 1
                if found == self.count:
                    return

    def _completed_from(self, start: date) -> "Rule":
        """Fill in what a rule leaves to the start of its series: the day of the week, of the month, the month."""
        months, month_days, weekdays = self.months, self.month_days, self.weekdays
        if not month_days and not weekdays:
            if self.frequency == "WEEKLY":
                weekdays = ((0, start.weekday()),)
            elif self.frequency in ("MONTHLY", "YEARLY"):
                month_days = (start.day,)
            if self.frequency == "YEARLY" and not months:
                months = (start.month,)
        return Rule(
            self.frequency, self.interval, None, None, months, month_days, weekdays, (), self.week_start
        )

    def _periods(self, start: date, *, first: date, last: date) -> Iterator[Iterable[date]]:
        """Yield the days of each day, week, month or year that the interval hits, from the one that holds `first`."""
        if self.frequency in ("DAILY", "WEEKLY"):
            length = 7 if self.frequency == "WEEKLY" else 1
            begin = start.toordinal()
            if length == 7:
                begin -= (start.weekday() - self.week_start) % 7
            step = length * self.interval
            begin += max(0, (first.toordinal() - begin) // step) * step
            end = last.toordinal() + 1
            for day in range(begin, end, step):
                yield [date.fromordinal(number) for number in range(max(day, 1), min(day + length, end))]
        elif self.frequency == "MONTHLY":
            begin = start.year * 12 + start.month - 1
            begin += max(0, (first.year * 12 + first.month - 1 - begin) // self.interval) * self.interval
            for index in range(begin, last.year * 12 + last.month, self.interval):
                yield _days_of_month(index // 12, index % 12 + 1)
        else:
            begin = start.year + max(0, (first.year - start.year) // self.interval) * self.interval
            for year in range(begin, last.year + 1, self.interval):
                yield [day for month in self.months or range(1, 13) for day in _days_of_month(year, month)]

    def _matches(self, day: date) -> bool:
        if self.months and day.month not in self.months:
            return False
        if self.month_days:
            length = monthrange(day.year, day.month)[1]
            if day.day not in self.month_days and day.day - length - 1 not in self.month_days:
                return False
        if not self.weekdays:
            return True
        return any(
            weekday == day.weekday() and (nth == 0 or nth in self._places(day))
            for nth, weekday in self.weekdays
        )

    def _places(self, day: date) -> tuple[int, int]:
        """Tell which Thursday (say) of the month or year this day is, from the front and from the back."""
        if self.frequency == "YEARLY" and not self.months:
            before = day.timetuple().tm_yday - 1
            after = (date(day.year, 12, 31) - day).days
        else:
            before = day.day - 1
            after = monthrange(day.year, day.month)[1] - day.day
        return before // 7 + 1, -(after // 7 + 1)


def _numbers(values: Iterable[int]) -> str:
    return ",".join(str(value) for value in values)


def _pick(days: list[date], positions: tuple[int, ...]) -> list[date]:
    """Keep the days at the given places, counted from 1 at the front and from -1 at the back."""
    places = {position - 1 if position > 0 else len(days) + position for position in positions}
    return [day for place, day in enumerate(days) if place in places]


def _days_of_month(year: int, month: int) -> list[date]:
    return [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]


# --- Reading rules ---------------------------------------------------------------------------------------------------

_UNTIL = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")
_BYDAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


def parse_rrule(text: str, *, tz: ZoneInfo | None = None, start: datetime | None = None) -> Rule:
    """Read any RRULE value that stands for at most one occurrence per day and a bounded amount of work.

    `text` is the value with or without the prefix "RRULE:". Supported are FREQ (DAILY to YEARLY), INTERVAL, COUNT,
    UNTIL, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS and WKST; what programs read differently is refused.

    UNTIL comes out as a local date, inclusive. An UNTIL with a time needs `tz` when it is in UTC, and is compared with
    the time of `start` (naive, local) when that is given, so that a last date after UNTIL is not let in.

    Raises RecurrenceError.
    """
    text = text.strip().upper().removeprefix("RRULE:")
    if len(text) > MAX_RRULE_LENGTH:
        raise RecurrenceError(
            _("This repetition rule is too long: at most %(max)s characters.") % {"max": MAX_RRULE_LENGTH}
        )
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or not re.fullmatch(r"[A-Z]+", name) or name in parts:
            raise RecurrenceError(_("This is not a repetition rule: “%(part)s”.") % {"part": part[:40]})
        parts[name] = value
    _refuse_what_is_not_supported(parts)
    rule = Rule(
        frequency=parts["FREQ"],
        interval=_integer(parts, "INTERVAL", 1, MAX_INTERVAL) or 1,
        count=_integer(parts, "COUNT", 1, MAX_COUNT),
        until=_until(parts["UNTIL"], tz=tz, start=start) if "UNTIL" in parts else None,
        months=_integers(parts, "BYMONTH", 12, negative=False),
        month_days=_integers(parts, "BYMONTHDAY", 31),
        weekdays=_weekdays(parts),
        positions=_integers(parts, "BYSETPOS", 366),
        week_start=_week_start(parts),
    )
    _refuse_what_is_read_differently(rule)
    return rule


def _refuse_what_is_not_supported(parts: dict[str, str]) -> None:
    frequency = parts.get("FREQ", "")
    if frequency in ("SECONDLY", "MINUTELY", "HOURLY") or {"BYHOUR", "BYMINUTE", "BYSECOND"} & parts.keys():
        raise RecurrenceError(
            _("An event can repeat once a day at most. Enter several events for several times a day.")
        )
    if frequency not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise RecurrenceError(
            _("The repetition rule does not say whether it repeats by day, week, month or year.")
        )
    known = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST"}
    for name in sorted(parts.keys() - known):
        raise RecurrenceError(
            _("The part %(name)s of the repetition rule is not supported.") % {"name": name[:20]}
        )
    if "COUNT" in parts and "UNTIL" in parts:
        raise RecurrenceError(_("Give either a last date or a number of dates, not both."))


def _refuse_what_is_read_differently(rule: Rule) -> None:
    """Refuse combinations that RFC 5545 forbids, or that calendar programs do not agree about."""
    has_nth = any(nth for nth, _weekday in rule.weekdays)
    monthly_or_yearly = rule.frequency in ("MONTHLY", "YEARLY")
    refused = (
        (rule.frequency == "WEEKLY" and rule.month_days, "BYMONTHDAY"),
        (rule.frequency == "YEARLY" and rule.month_days and not rule.months, "BYMONTHDAY"),
        (has_nth and not monthly_or_yearly, "BYDAY"),
        (has_nth and any(not nth for nth, _weekday in rule.weekdays), "BYDAY"),
        (has_nth and rule.month_days, "BYDAY"),
        (rule.positions and not (monthly_or_yearly and (rule.weekdays or rule.month_days)), "BYSETPOS"),
        (has_nth and rule.positions, "BYSETPOS"),
    )
    for is_refused, name in refused:
        if is_refused:
            raise RecurrenceError(
                _(
                    "The part %(name)s does not fit the rest of the repetition rule: calendar programs would disagree."
                )
                % {"name": name}
            )


def _integer(parts: dict[str, str], name: str, low: int, high: int) -> int | None:
    if name not in parts:
        return None
    text = parts[name]
    if not re.fullmatch(r"[+-]?[0-9]{1,10}", text) or not low <= int(text) <= high:
        raise RecurrenceError(
            _("%(name)s must be a whole number from %(low)s to %(high)s.")
            % {"name": name, "low": low, "high": high}
        )
    return int(text)


def _integers(parts: dict[str, str], name: str, high: int, *, negative: bool = True) -> tuple[int, ...]:
    if name not in parts:
        return ()
    values = set()
    for text in parts[name].split(","):
        value = _integer({name: text}, name, -high if negative else 1, high)
        if value == 0:
            raise RecurrenceError(_("%(name)s must not be zero.") % {"name": name})
        values.add(value)
    return tuple(sorted(values))


def _weekdays(parts: dict[str, str]) -> tuple[tuple[int, int], ...]:
    if "BYDAY" not in parts:
        return ()
    highest = 53 if parts["FREQ"] == "YEARLY" and "BYMONTH" not in parts else 5
    found = set()
    for text in parts["BYDAY"].split(","):
        match = _BYDAY.fullmatch(text)
        nth = int(match[1] or 0) if match else 0
        if not match or abs(nth) > highest or (match[1] and nth == 0):
            raise RecurrenceError(
                _("“%(day)s” is not a day of the week in a repetition rule.") % {"day": text[:20]}
            )
        found.add((nth, WEEKDAY_CODES.index(match[2])))
    return tuple(sorted(found, key=lambda pair: (pair[1], pair[0])))


def _week_start(parts: dict[str, str]) -> int:
    code = parts.get("WKST", "MO")
    if code not in WEEKDAY_CODES:
        raise RecurrenceError(
            _("“%(day)s” is not a day of the week in a repetition rule.") % {"day": code[:20]}
        )
    return WEEKDAY_CODES.index(code)


def _until(text: str, *, tz: ZoneInfo | None, start: datetime | None) -> date:
    match = _UNTIL.fullmatch(text)
    try:
        if not match:
            raise ValueError(text)
        if not match[2]:
            return datetime.strptime(match[1], "%Y%m%d").date()
        until = datetime.strptime(match[1] + match[2], "%Y%m%d%H%M%S")
        if match[3]:
            if tz is None:
                raise ValueError(text)
            until = until.replace(tzinfo=UTC).astimezone(tz).replace(tzinfo=None)
        if start is not None and start.time() > until.time():
            return until.date() - timedelta(days=1)
        return until.date()
    except (ValueError, OverflowError) as error:
        raise RecurrenceError(
            _("“%(until)s” is not a last date of a repetition rule.") % {"until": text[:20]}
        ) from error


# --- What the form can express ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Recurrence:
    """How an event repeats, in the words of the form.

    * `interval`: every n days, weeks, months or years, 1..400.
    * `weekdays`: codes of `WEEKDAY_CODES`, for weekly (empty: the day of the start) and monthly_by_weekday.
    * `nth`: one of `NTH_CHOICES` (-1 is the last), for monthly_by_weekday only.
    * `until`: the last local date, inclusive; or `count`: the number of dates, 1..1000, dates left out included.

    monthly_by_date and yearly repeat the date of the start; months without that date (the 31st) are left out.

    Raises RecurrenceError.
    """

    frequency: Frequency = "none"
    interval: int = 1
    weekdays: tuple[str, ...] = ()
    nth: int | None = None
    until: date | None = None
    count: int | None = None

    def __post_init__(self) -> None:
        if self.frequency not in FREQUENCIES:
            raise RecurrenceError(_("Choose how often the event repeats."))
        if not 1 <= self.interval <= MAX_INTERVAL:
            raise RecurrenceError(_("Enter an interval from 1 to %(max)s.") % {"max": MAX_INTERVAL})
        if self.count is not None and not 1 <= self.count <= MAX_COUNT:
            raise RecurrenceError(_("Enter a number of dates from 1 to %(max)s.") % {"max": MAX_COUNT})
        if self.count is not None and self.until is not None:
            raise RecurrenceError(_("Give either a last date or a number of dates, not both."))
        if any(code not in WEEKDAY_CODES for code in self.weekdays):
            raise RecurrenceError(_("Choose days from Monday to Sunday."))
        if self.frequency == "monthly_by_weekday" and (not self.weekdays or self.nth not in NTH_CHOICES):
            raise RecurrenceError(
                _(
                    "Choose which day of the week it is, and whether it is the first, second, third, fourth or last."
                )
            )
        in_order = tuple(code for code in WEEKDAY_CODES if code in self.weekdays)
        object.__setattr__(self, "weekdays", in_order)

    def to_rrule(self) -> str:
        """Return the RFC 5545 value without the prefix "RRULE:", or "" for an event that does not repeat."""
        if self.frequency == "none":
            return ""
        weekdays: tuple[tuple[int, int], ...] = ()
        if self.frequency in ("weekly", "monthly_by_weekday"):
            nth = self.nth or 0 if self.frequency == "monthly_by_weekday" else 0
            weekdays = tuple((nth, WEEKDAY_CODES.index(code)) for code in self.weekdays)
        return str(
            Rule(
                frequency=self.frequency.partition("_")[0].upper(),
                interval=self.interval,
                count=self.count,
                until=self.until,
                weekdays=weekdays,
            )
        )

    @classmethod
    def from_rrule(cls, text: str, *, start: datetime | date | None = None) -> "Recurrence":
        """Read an RRULE value into the words of the form.

        `start` lets rules pass that repeat the date of the start in so many words (BYMONTHDAY, BYMONTH).
        Raises RecurrenceError for a rule that is valid but says more than the form can.
        """
        if not text.strip():
            return cls()
        rule = parse_rrule(text)
        ending = {"interval": rule.interval, "until": rule.until, "count": rule.count}
        codes = tuple(WEEKDAY_CODES[weekday] for _nth, weekday in rule.weekdays)
        nths = {nth for nth, _weekday in rule.weekdays}
        if rule.positions and len(rule.positions) == len(rule.weekdays) == 1 and not rule.month_days:
            nths = set(rule.positions)
        elif rule.positions:
            raise _too_special()
        on_same_date = not rule.weekdays and rule.month_days in ((), (start.day,) if start else ())
        in_same_month = rule.months in ((), (start.month,) if start else ())
        week_matters = rule.week_start and rule.interval > 1 and len(codes) != 1
        match rule.frequency:
            case "DAILY" if not (rule.weekdays or rule.months or rule.month_days):
                return cls("daily", **ending)
            case "WEEKLY" if not (rule.months or week_matters):
                return cls("weekly", weekdays=codes, **ending)
            case "MONTHLY" if on_same_date and not rule.months:
                return cls("monthly_by_date", **ending)
            case "MONTHLY" if (
                len(nths) == 1 and nths < set(NTH_CHOICES) and not (rule.months or rule.month_days)
            ):
                return cls("monthly_by_weekday", weekdays=codes, nth=nths.pop(), **ending)
            case "YEARLY" if on_same_date and in_same_month:
                return cls("yearly", **ending)
        raise _too_special()


def _too_special() -> RecurrenceError:
    return RecurrenceError(
        _(
            "This repetition rule is valid, but the form cannot show it. Choose a simpler repetition to replace it."
        )
    )


# --- In words --------------------------------------------------------------------------------------------------------


def describe(recurrence: Recurrence, start: datetime | date) -> str:
    """Say in the active language how an event repeats: "every week on Monday until 31 March 2027"; "" if it does not.

    `start` is the local start of the first date; it gives the day where the form leaves it to the start.
    """
    if recurrence.frequency == "none":
        return ""
    sentence = _repetition(recurrence, start)
    if recurrence.until:
        # Translators: %(repetition)s is a phrase such as "every week on Monday".
        return _("%(repetition)s until %(date)s") % {
            "repetition": sentence,
            "date": long_date(recurrence.until),
        }
    if recurrence.count:
        # Translators: %(repetition)s is a phrase such as "every week on Monday".
        return ngettext(
            "%(repetition)s, %(count)s time", "%(repetition)s, %(count)s times", recurrence.count
        ) % {"repetition": sentence, "count": recurrence.count}
    return sentence


def _repetition(recurrence: Recurrence, start: datetime | date) -> str:
    n = recurrence.interval
    days = recurrence.weekdays or (WEEKDAY_CODES[start.weekday()],)
    values = {
        "interval": n,
        "weekdays": _and_list([str(WEEKDAYS[WEEKDAY_CODES.index(code)]) for code in days]),
        "day": start.day,
        "date": day_and_month(date(start.year, start.month, start.day)),
    }
    # Translators: in all these phrases %(weekdays)s is "Monday" or a list such as "Monday and Wednesday".
    match recurrence.frequency, recurrence.nth:
        case "daily", _nth:
            text = ngettext("every day", "every %(interval)s days", n)
        case "weekly", _nth:
            text = ngettext("every week on %(weekdays)s", "every %(interval)s weeks on %(weekdays)s", n)
        case "monthly_by_weekday", 1:
            text = ngettext(
                "every 1st %(weekdays)s of the month", "every %(interval)s months on the 1st %(weekdays)s", n
            )
        case "monthly_by_weekday", 2:
            text = ngettext(
                "every 2nd %(weekdays)s of the month", "every %(interval)s months on the 2nd %(weekdays)s", n
            )
        case "monthly_by_weekday", 3:
            text = ngettext(
                "every 3rd %(weekdays)s of the month", "every %(interval)s months on the 3rd %(weekdays)s", n
            )
        case "monthly_by_weekday", 4:
            text = ngettext(
                "every 4th %(weekdays)s of the month", "every %(interval)s months on the 4th %(weekdays)s", n
            )
        case "monthly_by_weekday", _nth:
            text = ngettext(
                "every last %(weekdays)s of the month",
                "every %(interval)s months on the last %(weekdays)s",
                n,
            )
        case "monthly_by_date", _nth:
            text = ngettext("every month on day %(day)s", "every %(interval)s months on day %(day)s", n)
        case _:
            text = ngettext("every year on %(date)s", "every %(interval)s years on %(date)s", n)
    return text % values


def _and_list(items: list[str]) -> str:
    head, *others = items
    if not others:
        return head
    for item in others[:-1]:
        head = pgettext("list of days", "%(days)s, %(day)s") % {"days": head, "day": item}
    return pgettext("list of days", "%(days)s and %(day)s") % {"days": head, "day": others[-1]}


# --- Schedules and their dates ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MovedDate:
    """One date of a series that takes place at another time.

    `original` is the local date the rule gives; `start` and `end` are naive local times; without `end` the
    occurrence keeps the duration of the series.
    """

    original: date
    start: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        _check_times(self.start, self.end)


@dataclass(frozen=True)
class Schedule:
    """When an event takes place, all in naive local time.

    * `start`, `end`: the first date. `end` may be None (open end). With `all_day` the times are ignored and the date
      of `end` is the last day, inclusive.
    * `rrule`: a value that `parse_rrule` accepts, or "".
    * `excluded`: local dates left out; they win over `moved`. Both are ignored where the rule has no such date.

    Raises RecurrenceError.
    """

    start: datetime
    end: datetime | None = None
    all_day: bool = False
    rrule: str = ""
    excluded: frozenset[date] = field(default_factory=frozenset)
    moved: tuple[MovedDate, ...] = ()

    def __post_init__(self) -> None:
        _check_times(self.start, self.end, all_day=self.all_day)
        if len({move.original for move in self.moved}) < len(self.moved):
            raise RecurrenceError(_("A date can be moved only once."))


def _check_times(start: datetime, end: datetime | None, *, all_day: bool = False) -> None:
    for moment in (start, end or start):
        if moment.tzinfo is not None:
            raise TypeError("A schedule is in naive local time.")
        if moment.year not in YEARS:
            raise RecurrenceError(_("Check the year: %(year)s.") % {"year": moment.year})
    if end is not None and (end.date() < start.date() or (end < start and not all_day)):
        raise RecurrenceError(_("The end is before the start."))


@dataclass(frozen=True)
class OccurrenceTime:
    """One date of an event.

    * `original_date`: the local date that the rule gives; it stays when the occurrence is moved.
    * `local_start`, `local_end`: naive, as the clock on the wall shows them. Of a whole day, `local_end` is the
      midnight after it; `last_date` is the day to show.
    * `start`, `end`: the same in UTC, aware. Ends are None where the end is open.
    """

    original_date: date
    local_start: datetime
    local_end: datetime | None
    start: datetime
    end: datetime | None
    is_moved: bool
    all_day: bool

    @property
    def last_date(self) -> date:
        """The last local day of this occurrence; an end at midnight belongs to the day before."""
        if self.local_end is None or self.local_end <= self.local_start:
            return self.local_start.date()
        return (self.local_end - timedelta.resolution).date()


def to_utc(local: datetime, *, tz: ZoneInfo) -> datetime:
    """Turn a naive local time into an aware one in UTC, by the rules at the top of this module."""
    return local.replace(tzinfo=tz, fold=0).astimezone(UTC)


def series_dates(schedule: Schedule, *, first: date, last: date) -> Iterator[date]:
    """Yield the dates of the rule in first..last, in order: those left out included, those moved at their old place."""
    start = schedule.start.date()
    if schedule.rrule:
        yield from parse_rrule(schedule.rrule).dates(
            start, first=first, last=min(last, start + LONGEST_SERIES)
        )
    elif first <= start <= last:
        yield start


def occurrences(
    schedule: Schedule, *, tz: ZoneInfo, window_start: date, window_end: date, limit: int = 1000
) -> list[OccurrenceTime]:
    """Return the occurrences that touch the local days window_start..window_end (both included), in order of time.

    What began before the window and still goes on in it is part of it. At most `limit` are returned, the earliest.
    """
    regular = islice(_regular(schedule, tz=tz, first=window_start, last=window_end), limit)
    moved = (
        time
        for time in _moved(schedule, tz=tz)
        if time.last_date >= window_start and time.local_start.date() <= window_end
    )
    return sorted([*regular, *moved], key=_by_time)[:limit]


def next_dates(schedule: Schedule, *, tz: ZoneInfo, today: date, n: int = 6) -> list[OccurrenceTime]:
    """Return the next `n` occurrences that end on or after the local day `today`, at most twelve years ahead."""
    regular = islice(_regular(schedule, tz=tz, first=today, last=today + HORIZON), n)
    moved = (time for time in _moved(schedule, tz=tz) if time.last_date >= today)
    return sorted([*regular, *moved], key=_by_time)[:n]


def occurrence_of(schedule: Schedule, *, tz: ZoneInfo, original_date: date) -> OccurrenceTime | None:
    """Return the occurrence that the rule puts on `original_date`, wherever it was moved; None if there is none."""
    if original_date in schedule.excluded:
        return None
    candidates = [
        *_moved(schedule, tz=tz),
        *_regular(schedule, tz=tz, first=original_date, last=original_date),
    ]
    return next((time for time in candidates if time.original_date == original_date), None)


def first_series_date(schedule: Schedule) -> date | None:
    """Return the first date of the rule, left out or not, or None for a rule without any."""
    start = schedule.start.date()
    return next(series_dates(schedule, first=start, last=start + HORIZON), None)


def _by_time(occurrence: OccurrenceTime) -> tuple[datetime, date]:
    return occurrence.start, occurrence.original_date


def _regular(schedule: Schedule, *, tz: ZoneInfo, first: date, last: date) -> Iterator[OccurrenceTime]:
    """Yield what takes place on the date of the rule and touches first..last."""
    elsewhere = schedule.excluded | {move.original for move in schedule.moved}
    for day in series_dates(schedule, first=first - _overlap(schedule), last=last):
        if day not in elsewhere:
            local_start = datetime.combine(day, schedule.start.time())
            occurrence = _occurrence(schedule, day, local_start, None, tz=tz, is_moved=False)
            if occurrence.last_date >= first:
                yield occurrence


def _overlap(schedule: Schedule) -> timedelta:
    """How many days the end is after the start."""
    return schedule.end.date() - schedule.start.date() if schedule.end else timedelta()


def _moved(schedule: Schedule, *, tz: ZoneInfo) -> Iterator[OccurrenceTime]:
    moves = [move for move in schedule.moved if move.original not in schedule.excluded]
    if not moves:
        return
    originals = [move.original for move in moves]
    in_series = set(series_dates(schedule, first=min(originals), last=max(originals)))
    for move in moves:
        if move.original in in_series:
            yield _occurrence(schedule, move.original, move.start, move.end, tz=tz, is_moved=True)


def _occurrence(
    schedule: Schedule,
    original: date,
    local_start: datetime,
    local_end: datetime | None,
    *,
    tz: ZoneInfo,
    is_moved: bool,
) -> OccurrenceTime:
    if schedule.all_day:
        last_day = local_end.date() if local_end else local_start.date() + _overlap(schedule)
        local_start = datetime.combine(local_start.date(), time.min)
        local_end = datetime.combine(last_day + timedelta(days=1), time.min)
    elif local_end is None and schedule.end is not None:
        local_end = local_start + (schedule.end - schedule.start)
    start = to_utc(local_start, tz=tz)
    end = to_utc(local_end, tz=tz) if local_end is not None else None
    if end is not None and end < start:
        end = start + (local_end - local_start)
    return OccurrenceTime(
        original_date=original,
        local_start=_on_the_wall(start, tz=tz),
        local_end=_on_the_wall(end, tz=tz) if end is not None else None,
        start=start,
        end=end,
        is_moved=is_moved,
        all_day=schedule.all_day,
    )


def _on_the_wall(instant: datetime, *, tz: ZoneInfo) -> datetime:
    return instant.astimezone(tz).replace(tzinfo=None, fold=0)
