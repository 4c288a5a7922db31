"""The dates of an event: checked against dateutil, against the calendar on the wall, and against hostile rules."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import MO, rrulestr
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from events.recurrence import (
    NTH_CHOICES,
    WEEKDAY_CODES,
    MovedDate,
    Recurrence,
    RecurrenceError,
    Schedule,
    describe,
    first_series_date,
    next_dates,
    occurrence_of,
    occurrences,
    parse_rrule,
    to_utc,
)

BERLIN = ZoneInfo("Europe/Berlin")


def local_starts(schedule, first, last, **options):
    found = occurrences(schedule, tz=BERLIN, window_start=first, window_end=last, **options)
    return [occurrence.local_start for occurrence in found]


def dates(schedule, first, last):
    return [start.date() for start in local_starts(schedule, first, last)]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


# --- Strategies ------------------------------------------------------------------------------------------------------

START_DATES = st.dates(date(2015, 1, 1), date(2031, 12, 31))
START_TIMES = st.times().map(lambda value: value.replace(second=0, microsecond=0))
STARTS = st.builds(datetime.combine, START_DATES, START_TIMES)
CODES = st.lists(st.sampled_from(WEEKDAY_CODES), min_size=1, max_size=7, unique=True).map(tuple)


@st.composite
def recurrences(draw):
    frequency = draw(
        st.sampled_from(["none", "daily", "weekly", "monthly_by_weekday", "monthly_by_date", "yearly"])
    )
    ending = draw(st.sampled_from(["", "until", "count"]))
    by_weekday = frequency == "monthly_by_weekday"
    return Recurrence(
        frequency=frequency,
        interval=draw(st.integers(1, 13)),
        weekdays=draw(CODES) if by_weekday or (frequency == "weekly" and draw(st.booleans())) else (),
        nth=draw(st.sampled_from(NTH_CHOICES)) if by_weekday else None,
        until=draw(st.dates(date(2015, 1, 1), date(2036, 1, 1))) if ending == "until" else None,
        count=draw(st.integers(1, 60)) if ending == "count" else None,
    )


@st.composite
def imported_rules(draw):
    """Rules beyond the form, as other calendar programs write them."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 5))}"]
    months = draw(st.lists(st.integers(1, 12), max_size=3, unique=True))
    # Days that every month has: dateutil walks to the year 9999 to find that 30 February never comes.
    month_days = draw(st.lists(st.integers(-28, 28).filter(bool), max_size=3, unique=True))
    weekdays = draw(st.lists(st.sampled_from(WEEKDAY_CODES), max_size=3, unique=True))
    if months:
        parts.append("BYMONTH=" + ",".join(map(str, months)))
    if month_days and not weekdays and frequency != "WEEKLY" and (frequency != "YEARLY" or months):
        parts.append("BYMONTHDAY=" + ",".join(map(str, month_days)))
    if weekdays:
        nth = draw(st.integers(-4, 4)) if frequency in ("MONTHLY", "YEARLY") else 0
        parts.append("BYDAY=" + ",".join(f"{nth or ''}{code}" for code in weekdays))
        if not nth and frequency in ("MONTHLY", "YEARLY") and draw(st.booleans()):
            parts.append(f"BYSETPOS={draw(st.integers(-4, 4).filter(bool))}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(WEEKDAY_CODES))}")
    parts.extend(draw(st.sampled_from([[], ["COUNT=7"], ["UNTIL=20290704"]])))
    return ";".join(parts)


def expected_from_dateutil(rrule, start, first, last):
    """Expand in naive local time, with the week beginning on Monday as RFC 5545 says."""
    rule = rrulestr(rrule.replace("UNTIL=20290704", "UNTIL=20290704T235959"), dtstart=start)
    if "WKST" not in rrule:
        rule = rule.replace(wkst=MO)
    begin = datetime.combine(first, datetime.min.time())
    end = datetime.combine(last, datetime.max.time())
    return [found.date() for found in rule.between(begin, end, inc=True)]


# --- The same dates as dateutil --------------------------------------------------------------------------------------


@given(recurrences(), STARTS, START_DATES, st.integers(0, 800))
def test_a_rule_of_the_form_has_the_dates_that_dateutil_gives(recurrence, start, first, days):
    last = first + timedelta(days=days)
    rrule = recurrence.to_rrule()
    if rrule:
        if recurrence.until:
            naive = rrule.replace(
                f"UNTIL={recurrence.until:%Y%m%d}", f"UNTIL={recurrence.until:%Y%m%d}T235959"
            )
        else:
            naive = rrule
        expected = expected_from_dateutil(naive, start, first, last)
    else:
        expected = [start.date()] if first <= start.date() <= last else []
    assert dates(Schedule(start=start, rrule=rrule), first, last) == expected


@given(imported_rules(), STARTS, st.integers(0, 1500), st.integers(0, 800))
def test_an_imported_rule_has_the_dates_that_dateutil_gives(rrule, start, offset, days):
    first = start.date() + timedelta(days=offset)
    last = first + timedelta(days=days)
    expected = expected_from_dateutil(rrule, start, first, last)
    assert dates(Schedule(start=start, rrule=str(parse_rrule(rrule))), first, last) == expected


@pytest.mark.parametrize(
    ("rrule", "expected"),
    [
        ("FREQ=MONTHLY;BYDAY=2TH", [(1, 14), (2, 11), (3, 11), (4, 8)]),
        ("FREQ=MONTHLY;BYDAY=-1SU", [(1, 31), (2, 28), (3, 28), (4, 25)]),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1", [(1, 5), (2, 2), (3, 2), (4, 6)]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", [(1, 31), (3, 31)]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;INTERVAL=2", [(1, 31), (3, 31)]),
        ("FREQ=YEARLY;BYMONTH=2;BYDAY=1MO", [(2, 1)]),
        ("FREQ=YEARLY;BYDAY=15WE", [(4, 14)]),
        ("FREQ=WEEKLY;INTERVAL=4;BYDAY=FR,SU;COUNT=5", [(1, 1), (1, 3), (1, 29), (1, 31), (2, 26)]),
        ("FREQ=YEARLY;BYMONTH=1,4;BYMONTHDAY=1,-1;BYDAY=FR,TH", [(1, 1), (4, 1), (4, 30)]),
        ("FREQ=DAILY;INTERVAL=30;UNTIL=20270302", [(1, 1), (1, 31), (3, 2)]),
    ],
)
def test_a_rule_gives_these_days_of_early_2027(rrule, expected):
    found = dates(Schedule(start=datetime(2027, 1, 1, 18), rrule=rrule), date(2027, 1, 1), date(2027, 4, 30))
    assert found == [date(2027, month, day) for month, day in expected]


@pytest.mark.parametrize(("week_start", "days"), [("MO", [5, 10, 19, 24]), ("SU", [5, 17, 19, 31])])
def test_every_other_week_depends_on_the_day_a_week_begins(week_start, days):
    """The example of RFC 5545, section 3.3.10."""
    rrule = f"FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST={week_start}"
    found = dates(Schedule(start=datetime(1997, 8, 5, 9), rrule=rrule), date(1997, 8, 1), date(1997, 9, 30))
    assert found == [date(1997, 8, day) for day in days]


def test_the_last_date_belongs_to_the_series_at_any_time_of_the_day():
    schedule = Schedule(start=datetime(2027, 3, 29, 23, 45), rrule="FREQ=DAILY;UNTIL=20270331")
    assert dates(schedule, date(2027, 1, 1), date(2027, 12, 31)) == [
        date(2027, 3, day) for day in (29, 30, 31)
    ]


def test_the_rule_decides_where_the_start_is_not_one_of_its_days():
    schedule = Schedule(start=datetime(2027, 3, 1, 18), rrule="FREQ=MONTHLY;BYDAY=2TH;COUNT=2")
    assert dates(schedule, date(2027, 1, 1), date(2027, 12, 31)) == [date(2027, 3, 11), date(2027, 4, 8)]
    assert first_series_date(schedule) == date(2027, 3, 11)


# --- Wall time -------------------------------------------------------------------------------------------------------


@given(recurrences(), STARTS, st.timedeltas(timedelta(), timedelta(days=3)))
def test_the_clock_on_the_wall_shows_the_same_time_on_every_date(recurrence, start, duration):
    assume(not 2 <= start.hour < 3)
    duration -= duration % timedelta(minutes=1)
    end = start + duration
    assume(not 2 <= end.hour < 3)
    schedule = Schedule(start=start, end=end, rrule=recurrence.to_rrule())
    found = occurrences(
        schedule, tz=BERLIN, window_start=start.date(), window_end=start.date() + timedelta(days=900)
    )
    for occurrence in found:
        assert occurrence.local_start == datetime.combine(occurrence.original_date, start.time())
        assert occurrence.local_end - occurrence.local_start == duration
        assert occurrence.start.astimezone(BERLIN).replace(tzinfo=None) == occurrence.local_start
        assert occurrence.end.astimezone(BERLIN).replace(tzinfo=None) == occurrence.local_end
        assert occurrence.start.tzinfo is UTC


def test_both_changes_of_summer_time_move_the_instant_and_not_the_clock():
    weekly = Schedule(start=datetime(2026, 10, 22, 18), end=datetime(2026, 10, 22, 20), rrule="FREQ=WEEKLY")
    found = occurrences(weekly, tz=BERLIN, window_start=date(2026, 10, 22), window_end=date(2027, 4, 1))
    assert {occurrence.local_start.time() for occurrence in found} == {weekly.start.time()}
    instants = {occurrence.original_date: occurrence.start for occurrence in found}
    assert instants[date(2026, 10, 22)] == datetime(2026, 10, 22, 16, tzinfo=UTC)
    assert instants[date(2026, 10, 29)] == datetime(2026, 10, 29, 17, tzinfo=UTC)
    assert instants[date(2027, 3, 25)] == datetime(2027, 3, 25, 17, tzinfo=UTC)
    assert instants[date(2027, 4, 1)] == datetime(2027, 4, 1, 16, tzinfo=UTC)


def test_a_time_that_the_clock_skips_begins_an_hour_later_and_is_not_lost():
    nightly = Schedule(
        start=datetime(2027, 3, 27, 2, 30), end=datetime(2027, 3, 27, 3), rrule="FREQ=DAILY;COUNT=3"
    )
    before, skipped, after = occurrences(
        nightly, tz=BERLIN, window_start=date(2027, 3, 27), window_end=date(2027, 3, 29)
    )
    assert (skipped.start, skipped.end) == (
        datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        datetime(2027, 3, 28, 2, 0, tzinfo=UTC),
    )
    assert skipped.local_start == datetime(2027, 3, 28, 3, 30)
    assert skipped.original_date == date(2027, 3, 28)
    assert before.local_start.time() == after.local_start.time() == nightly.start.time()


def test_a_time_that_the_clock_shows_twice_is_the_first_of_the_two():
    assert to_utc(datetime(2026, 10, 25, 2, 30), tz=BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert to_utc(datetime(2026, 10, 25, 2, 30, fold=1), tz=BERLIN) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


def test_a_night_with_a_change_ends_when_the_clock_says_so():
    party = Schedule(start=datetime(2026, 10, 24, 22), end=datetime(2026, 10, 25, 4), rrule="")
    (found,) = occurrences(party, tz=BERLIN, window_start=date(2026, 10, 24), window_end=date(2026, 10, 24))
    assert found.local_end == party.end
    assert found.end - found.start == timedelta(hours=7)


@given(STARTS, st.timedeltas(timedelta(), timedelta(days=2)))
def test_no_occurrence_ends_before_it_starts(start, duration):
    schedule = Schedule(start=start, end=start + duration, rrule="FREQ=DAILY")
    for occurrence in occurrences(
        schedule, tz=BERLIN, window_start=start.date(), window_end=start.date() + timedelta(days=370)
    ):
        assert occurrence.start <= occurrence.end


# --- Left out, moved, all day, windows -------------------------------------------------------------------------------


@given(recurrences(), STARTS, st.data())
def test_dates_left_out_never_appear_and_the_others_stay(recurrence, start, data):
    rrule = recurrence.to_rrule()
    first, last = start.date(), start.date() + timedelta(days=500)
    everything = dates(Schedule(start=start, rrule=rrule), first, last)
    some_days = st.sampled_from(everything) | START_DATES if everything else START_DATES
    left_out = data.draw(st.frozensets(some_days, max_size=6))
    remaining = dates(Schedule(start=start, rrule=rrule, excluded=left_out), first, last)
    assert remaining == [day for day in everything if day not in left_out]


@given(recurrences(), STARTS, st.integers(-40, 40), st.data())
def test_a_moved_date_appears_once_at_its_new_time(recurrence, start, days, data):
    first, last = start.date() - timedelta(days=60), start.date() + timedelta(days=500)
    everything = local_starts(
        Schedule(start=start, rrule=recurrence.to_rrule()), first, last - timedelta(days=60)
    )
    assume(everything)
    original = data.draw(st.sampled_from(everything))
    move = MovedDate(original.date(), original.replace(hour=9, minute=1) + timedelta(days=days))
    schedule = Schedule(start=start, rrule=recurrence.to_rrule(), moved=(move,))
    found = occurrences(schedule, tz=BERLIN, window_start=first, window_end=last)
    assert [(time.original_date, time.local_start) for time in found if time.is_moved] == [
        (move.original, move.start)
    ]
    assert [time.start for time in found] == sorted(time.start for time in found)
    assert len({time.original_date for time in found}) == len(found)


def test_a_moved_date_keeps_the_duration_unless_it_has_an_end_of_its_own():
    schedule = Schedule(
        start=datetime(2027, 5, 3, 18),
        end=datetime(2027, 5, 3, 20, 30),
        rrule="FREQ=WEEKLY",
        moved=(
            MovedDate(date(2027, 5, 10), datetime(2027, 5, 11, 17)),
            MovedDate(date(2027, 5, 17), datetime(2027, 5, 17, 10), datetime(2027, 5, 17, 11)),
        ),
    )
    found = occurrences(schedule, tz=BERLIN, window_start=date(2027, 5, 4), window_end=date(2027, 5, 17))
    assert [(time.local_start, time.local_end) for time in found] == [
        (datetime(2027, 5, 11, 17), datetime(2027, 5, 11, 19, 30)),
        (datetime(2027, 5, 17, 10), datetime(2027, 5, 17, 11)),
    ]


def test_a_moved_date_counts_for_the_window_it_moved_to():
    schedule = Schedule(
        start=datetime(2027, 5, 3, 18),
        rrule="FREQ=WEEKLY;COUNT=2",
        moved=(MovedDate(date(2027, 5, 10), datetime(2027, 6, 20, 18)),),
    )
    assert dates(schedule, date(2027, 5, 1), date(2027, 5, 31)) == [date(2027, 5, 3)]
    assert dates(schedule, date(2027, 6, 1), date(2027, 6, 30)) == [date(2027, 6, 20)]


def test_what_is_left_out_is_not_moved_and_what_the_rule_does_not_have_cannot_be_moved():
    schedule = Schedule(
        start=datetime(2027, 5, 3, 18),
        rrule="FREQ=WEEKLY;COUNT=2",
        excluded=frozenset({date(2027, 5, 10)}),
        moved=(
            MovedDate(date(2027, 5, 10), datetime(2027, 5, 11, 18)),
            MovedDate(date(2027, 5, 24), datetime(2027, 5, 25, 18)),
        ),
    )
    assert dates(schedule, date(2027, 5, 1), date(2027, 6, 30)) == [date(2027, 5, 3)]


def test_a_festival_that_began_yesterday_is_on_today():
    festival = Schedule(start=datetime(2027, 6, 4, 18), end=datetime(2027, 6, 6, 12))
    assert dates(festival, date(2027, 6, 6), date(2027, 6, 6)) == [date(2027, 6, 4)]
    assert dates(festival, date(2027, 6, 7), date(2027, 6, 30)) == []
    assert [time.original_date for time in next_dates(festival, tz=BERLIN, today=date(2027, 6, 6))] == [
        date(2027, 6, 4)
    ]


def test_an_evening_that_ends_at_midnight_is_not_on_the_next_day():
    evening = Schedule(start=datetime(2027, 6, 4, 20), end=datetime(2027, 6, 5, 0))
    assert dates(evening, date(2027, 6, 5), date(2027, 6, 5)) == []


def test_whole_days_run_from_midnight_to_midnight_and_show_their_last_day():
    fair = Schedule(start=datetime(2026, 10, 24), end=datetime(2026, 10, 25), all_day=True)
    (found,) = occurrences(fair, tz=BERLIN, window_start=date(2026, 10, 25), window_end=date(2026, 10, 25))
    assert (found.local_start, found.local_end) == (datetime(2026, 10, 24), datetime(2026, 10, 26))
    assert found.last_date == date(2026, 10, 25)
    assert found.end - found.start == timedelta(hours=49)


def test_a_moved_whole_day_keeps_its_number_of_days():
    fair = Schedule(
        start=datetime(2027, 5, 1, 9),
        end=datetime(2027, 5, 2, 18),
        all_day=True,
        rrule="FREQ=YEARLY",
        moved=(MovedDate(date(2028, 5, 1), datetime(2028, 5, 6)),),
    )
    (found,) = occurrences(fair, tz=BERLIN, window_start=date(2028, 1, 1), window_end=date(2028, 12, 31))
    assert (found.local_start.date(), found.last_date) == (date(2028, 5, 6), date(2028, 5, 7))


def test_next_dates_begin_today_and_bring_the_moved_ones_in_order():
    schedule = Schedule(
        start=datetime(2015, 12, 10, 18),
        rrule="FREQ=WEEKLY",
        excluded=frozenset({date(2026, 12, 24)}),
        moved=(MovedDate(date(2026, 12, 31), datetime(2027, 1, 5, 18)),),
    )
    found = next_dates(schedule, tz=BERLIN, today=date(2026, 12, 10), n=5)
    assert [time.local_start.date() for time in found] == [
        date(2026, 12, 10),
        date(2026, 12, 17),
        date(2027, 1, 5),
        date(2027, 1, 7),
        date(2027, 1, 14),
    ]


def test_an_occurrence_is_found_by_the_date_the_rule_gave_it():
    schedule = Schedule(
        start=datetime(2027, 5, 3, 22),
        end=datetime(2027, 5, 4, 1),
        rrule="FREQ=WEEKLY",
        excluded=frozenset({date(2027, 5, 10)}),
        moved=(MovedDate(date(2027, 5, 17), datetime(2027, 6, 1, 9)),),
    )

    def found(day):
        occurrence = occurrence_of(schedule, tz=BERLIN, original_date=day)
        return occurrence and occurrence.local_start

    assert found(date(2027, 5, 3)) == datetime(2027, 5, 3, 22)
    assert found(date(2027, 5, 4)) is None
    assert found(date(2027, 5, 10)) is None
    assert found(date(2027, 5, 17)) == datetime(2027, 6, 1, 9)
    assert found(date(2027, 6, 1)) is None


def test_the_limit_keeps_the_earliest_dates():
    schedule = Schedule(
        start=datetime(2027, 1, 1, 18),
        rrule="FREQ=DAILY",
        moved=(MovedDate(date(2027, 3, 1), datetime(2027, 1, 1, 9)),),
    )
    assert local_starts(schedule, date(2027, 1, 1), date(2027, 12, 31), limit=2) == [
        datetime(2027, 1, 1, 9),
        datetime(2027, 1, 1, 18),
    ]


@pytest.mark.parametrize(
    "build",
    [
        lambda: Schedule(start=datetime(2027, 1, 2), end=datetime(2027, 1, 1)),
        lambda: Schedule(start=datetime(2027, 1, 2), end=datetime(2027, 1, 1), all_day=True),
        lambda: Schedule(start=datetime(26, 12, 12, 14)),
        lambda: Schedule(start=datetime(2026, 12, 12, 14), end=datetime(9999, 12, 31)),
        lambda: MovedDate(date(2027, 1, 1), datetime(2027, 1, 2), datetime(2027, 1, 1)),
        lambda: Schedule(
            start=datetime(2027, 1, 1), moved=(MovedDate(date(2027, 1, 1), datetime(2027, 1, 2)),) * 2
        ),
    ],
)
def test_a_schedule_that_contradicts_itself_is_refused(build):
    with pytest.raises(RecurrenceError):
        build()


def test_the_times_of_whole_days_do_not_matter():
    fair = Schedule(start=datetime(2027, 5, 1, 18), end=datetime(2027, 5, 1, 0), all_day=True)
    assert dates(fair, date(2027, 5, 1), date(2027, 5, 1)) == [date(2027, 5, 1)]


def test_a_schedule_refuses_times_with_a_time_zone():
    with pytest.raises(TypeError):
        Schedule(start=datetime(2027, 1, 1, tzinfo=UTC))


# --- Hostile and odd rules -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("FREQ=SECONDLY", "once a day"),
        ("FREQ=MINUTELY;COUNT=5", "once a day"),
        ("FREQ=HOURLY", "once a day"),
        ("FREQ=DAILY;BYHOUR=1,2,3", "once a day"),
        ("FREQ=DAILY;COUNT=1000000000", "COUNT"),
        ("FREQ=DAILY;COUNT=0", "COUNT"),
        ("FREQ=DAILY;COUNT=-1", "COUNT"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=99999999999999999999", "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=٣", "INTERVAL"),
        ("FREQ=DAILY;COUNT=5;UNTIL=20270101", "not both"),
        ("FREQ=DAILY;UNTIL=20271301", "20271301"),
        ("FREQ=DAILY;UNTIL=20270101T100000Z", "last date"),
        ("FREQ=DAILY;UNTIL=morgen", "MORGEN"),
        ("FREQ=DAILY;FREQ=WEEKLY", "FREQ=WEEKLY"),
        ("FREQ=DAILY\r\nATTENDEE:mailto:x@example.org", "does not say"),
        ("FREQ=DAILY;COUNT=2\r\nATTENDEE:mailto:x@example.org", "COUNT"),
        ("FREQ=FORTNIGHTLY", "does not say"),
        ("INTERVAL=2", "does not say"),
        ("FREQ=MONTHLY;BYDAY=6MO", "6MO"),
        ("FREQ=MONTHLY;BYDAY=0MO", "0MO"),
        ("FREQ=MONTHLY;BYDAY=XX", "XX"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "zero"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY"),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH"),
        ("FREQ=YEARLY;BYMONTH=-1", "BYMONTH"),
        ("FREQ=WEEKLY;BYDAY=2MO", "BYDAY"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO"),
        ("FREQ=YEARLY;BYEASTER=0", "BYEASTER"),
        ("FREQ=WEEKLY;WKST=XX", "XX"),
        ("FREQ=WEEKLY;", "not a repetition rule"),
        ("", "not a repetition rule"),
        ("FREQ=MONTHLY;BYMONTHDAY=" + ",".join(["1"] * 500), "too long"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_with_the_reason(text, word):
    with pytest.raises(RecurrenceError, match=word):
        parse_rrule(text)


@pytest.mark.parametrize(
    "rrule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=1000",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO;COUNT=1000",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=DAILY;UNTIL=20260101",
    ],
)
def test_a_rule_without_any_date_costs_no_more_than_one_with_dates(rrule):
    schedule = Schedule(start=datetime(2026, 1, 6, 18), rrule=rrule)
    began = time.process_time()
    assert dates(schedule, date(2026, 1, 1), date(2029, 1, 1)) == []
    assert next_dates(schedule, tz=BERLIN, today=date(2026, 1, 1)) == []
    assert first_series_date(schedule) is None
    assert time.process_time() - began < 0.5


def test_dates_left_out_or_moved_in_the_far_future_cost_nothing():
    far = date(9999, 12, 31)
    schedule = Schedule(
        start=datetime(2026, 1, 6, 18),
        rrule="FREQ=DAILY",
        excluded=frozenset({far}),
        moved=(MovedDate(date(9999, 12, 30), datetime(2027, 1, 1, 9)),),
    )
    began = time.process_time()
    assert len(dates(schedule, date(2026, 2, 1), date(2026, 2, 28))) == 28
    assert occurrence_of(schedule, tz=BERLIN, original_date=far) is None
    assert time.process_time() - began < 0.5


@given(st.text(max_size=60) | st.text("FREQ=DAILYWKMOTUNBHSP;,-0123456789", max_size=60))
def test_any_text_is_either_a_rule_or_refused(text):
    try:
        rule = parse_rrule(text)
    except RecurrenceError:
        return
    assert parse_rrule(str(rule)) == rule


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("FREQ=DAILY;UNTIL=20270331T220000Z", None, date(2027, 4, 1)),
        ("FREQ=DAILY;UNTIL=20270331T215959Z", None, date(2027, 3, 31)),
        ("FREQ=DAILY;UNTIL=20270331T160000Z", datetime(2027, 1, 1, 18), date(2027, 3, 31)),
        ("FREQ=DAILY;UNTIL=20270331T155959Z", datetime(2027, 1, 1, 18), date(2027, 3, 30)),
        ("FREQ=DAILY;UNTIL=20270331T120000", datetime(2027, 1, 1, 18), date(2027, 3, 30)),
        ("rrule:freq=daily;until=20270331", datetime(2027, 1, 1, 18), date(2027, 3, 31)),
    ],
)
def test_an_imported_end_becomes_the_last_local_date(text, start, expected):
    assert parse_rrule(text, tz=BERLIN, start=start).until == expected


# --- The form --------------------------------------------------------------------------------------------------------


@given(recurrences())
def test_what_the_form_says_survives_being_stored_as_a_rule(recurrence):
    stored = Recurrence.from_rrule(recurrence.to_rrule())
    if recurrence.frequency == "none":
        assert stored == Recurrence()
    else:
        assert stored == recurrence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FREQ=MONTHLY;BYDAY=TH;BYSETPOS=2", Recurrence("monthly_by_weekday", weekdays=("TH",), nth=2)),
        ("FREQ=MONTHLY;BYMONTHDAY=12", Recurrence("monthly_by_date")),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=12", Recurrence("yearly")),
        ("FREQ=WEEKLY;WKST=SU;BYDAY=TU", Recurrence("weekly", weekdays=("TU",))),
        ("FREQ=WEEKLY;BYDAY=WE,MO", Recurrence("weekly", weekdays=("MO", "WE"))),
    ],
)
def test_what_other_programs_write_differently_is_shown_in_the_form(text, expected):
    assert Recurrence.from_rrule(text, start=date(2026, 12, 12)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;BYDAY=MO,TU",
        "FREQ=MONTHLY;BYMONTHDAY=13",
        "FREQ=MONTHLY;BYMONTHDAY=1,15",
        "FREQ=MONTHLY;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=5MO",
        "FREQ=MONTHLY;BYDAY=1MO,2TU",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=1SU",
        "FREQ=YEARLY;BYMONTH=1,2",
        "FREQ=WEEKLY;BYMONTH=5",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU",
    ],
)
def test_a_rule_that_says_more_than_the_form_can_is_named_as_such(text):
    parse_rrule(text)
    with pytest.raises(RecurrenceError, match="the form cannot show it"):
        Recurrence.from_rrule(text, start=date(2026, 12, 12))


@pytest.mark.parametrize(
    "build",
    [
        lambda: Recurrence("hourly"),
        lambda: Recurrence("weekly", interval=0),
        lambda: Recurrence("weekly", interval=10**9),
        lambda: Recurrence("weekly", weekdays=("XX",)),
        lambda: Recurrence("weekly", count=0),
        lambda: Recurrence("weekly", count=10**9),
        lambda: Recurrence("weekly", count=3, until=date(2027, 1, 1)),
        lambda: Recurrence("monthly_by_weekday", nth=2),
        lambda: Recurrence("monthly_by_weekday", weekdays=("MO",)),
        lambda: Recurrence("monthly_by_weekday", weekdays=("MO",), nth=5),
    ],
)
def test_a_form_that_contradicts_itself_is_refused(build):
    with pytest.raises(RecurrenceError):
        build()


@pytest.mark.parametrize(
    ("recurrence", "expected"),
    [
        (Recurrence(), ""),
        (Recurrence("daily"), "every day"),
        (Recurrence("daily", interval=3), "every 3 days"),
        (Recurrence("weekly"), "every week on Saturday"),
        (Recurrence("weekly", weekdays=("WE", "MO")), "every week on Monday and Wednesday"),
        (
            Recurrence("weekly", interval=2, weekdays=("MO", "WE", "FR")),
            "every 2 weeks on Monday, Wednesday and Friday",
        ),
        (Recurrence("monthly_by_weekday", weekdays=("TH",), nth=2), "every 2nd Thursday of the month"),
        (Recurrence("monthly_by_weekday", weekdays=("TH",), nth=-1), "every last Thursday of the month"),
        (
            Recurrence("monthly_by_weekday", interval=3, weekdays=("TH",), nth=1),
            "every 3 months on the 1st Thursday",
        ),
        (Recurrence("monthly_by_date"), "every month on day 12"),
        (Recurrence("yearly"), "every year on December 12"),
        (Recurrence("weekly", count=6), "every week on Saturday, 6 times"),
        (Recurrence("weekly", count=1), "every week on Saturday, 1 time"),
        (Recurrence("weekly", until=date(2027, 3, 31)), "every week on Saturday until March 31, 2027"),
    ],
)
def test_a_repetition_is_said_in_words(recurrence, expected):
    assert describe(recurrence, datetime(2026, 12, 12, 14)) == expected


@pytest.mark.parametrize(
    ("code", "day", "last_day"),
    [
        ("de", "12. Dezember", "1. März 2030"),
        ("uk", "12 грудня", "1 березня 2030"),
        ("tr", "12 Aralık", "1 Mart 2030"),
    ],
)
def test_the_dates_in_a_repetition_stand_as_that_language_writes_them_in_a_sentence(code, day, last_day):
    recurrence = Recurrence("yearly", until=date(2030, 3, 1))
    with translation.override(code):
        sentence = describe(recurrence, datetime(2026, 12, 12, 14))
    assert day in sentence
    assert f" {last_day}" in sentence


@given(recurrences(), STARTS)
def test_every_repetition_can_be_said_in_words(recurrence, start):
    sentence = describe(recurrence, start)
    assert "%(" not in sentence
    assert bool(sentence) == (recurrence.frequency != "none")
