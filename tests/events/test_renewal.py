"""An event on another day: dates, rule and exceptions move together, and hours stay when the clocks change."""

import datetime
from datetime import date
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.models import EventPage
from events.recurrence import next_dates
from events.renewal import dates_in_words, moved
from events.schedules import schedule_of

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = datetime.timedelta(weeks=1)

pytestmark = pytest.mark.django_db


def event(start=date(2026, 10, 8), **values):
    """Return an event that is not saved, at 18:00 to 20:00."""
    hours = {"start_time": datetime.time(18), "end_time": datetime.time(20)}
    return EventPage(title="Sprachcafé", start_date=start, **{**hours, **values})


def apply(page, values):
    for name, value in values.items():
        setattr(page, name, value)
    return page


def renewed(page, **by):
    values = moved(page, datetime.timedelta(**by))
    names = ("start_date", "end_date", "reply_by", "rrule", "excluded_dates", "moved_dates")
    before = {name: getattr(page, name) for name in names}
    return apply(event(**{"start": before.pop("start_date"), **before}), values)


def wall(page, n=6):
    days = next_dates(schedule_of(page), tz=BERLIN, today=page.start_date, n=n)
    return [f"{day.local_start:%Y-%m-%d %H:%M}" for day in days]


def test_everything_moves_and_the_distances_stay():
    page = event(date(2025, 12, 12), end_date=date(2025, 12, 13), reply_by=date(2025, 12, 10))
    assert moved(page, 52 * WEEK) == {
        "start_date": date(2026, 12, 11),
        "end_date": date(2026, 12, 12),
        "reply_by": date(2026, 12, 9),
    }


def test_an_event_without_a_date_has_nothing_to_move():
    assert moved(event(None), WEEK) == {}


def test_a_series_with_exceptions_keeps_its_hours_over_the_change_of_clocks():
    page = event(
        rrule="FREQ=WEEKLY;BYDAY=TH;UNTIL=20261112",
        excluded_dates=["2026-10-15"],
        moved_dates=[
            {"original": "2026-10-22", "start": "2026-10-23T17:00", "end": "2026-10-23T19:00"},
        ],
    )
    new = renewed(page, weeks=2)
    assert new.rrule == "FREQ=WEEKLY;BYDAY=TH;UNTIL=20261126"
    assert new.excluded_dates == ["2026-10-29"]
    assert new.moved_dates == [
        {"original": "2026-11-05", "start": "2026-11-06T17:00", "end": "2026-11-06T19:00"}
    ]
    # Before, the clocks changed on 25 October within the series; now the whole but its first date lies after it.
    assert wall(page) == [
        "2026-10-08 18:00",
        "2026-10-23 17:00",
        "2026-10-29 18:00",
        "2026-11-05 18:00",
        "2026-11-12 18:00",
    ]
    assert wall(new) == [
        "2026-10-22 18:00",
        "2026-11-06 17:00",
        "2026-11-12 18:00",
        "2026-11-19 18:00",
        "2026-11-26 18:00",
    ]


def test_a_weekly_series_turns_to_the_weekday_of_its_new_first_day():
    page = event(date(2026, 10, 5), rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU")
    new = renewed(page, days=3)
    assert [day[:10] for day in wall(new, 4)] == ["2026-10-08", "2026-10-14", "2026-10-22", "2026-10-28"]
    assert [day[:10] for day in wall(page, 4)] == ["2026-10-05", "2026-10-11", "2026-10-19", "2026-10-25"]


def test_a_place_in_the_month_stays_and_its_exceptions_follow():
    page = event(
        date(2026, 1, 8),
        rrule="FREQ=MONTHLY;BYDAY=2TH",
        excluded_dates=["2026-02-12"],
        reply_by=date(2026, 1, 6),
    )
    new = renewed(page, weeks=52)
    # 52 weeks later it is the first Thursday; the second is a week after it.
    assert (new.start_date, new.reply_by) == (date(2027, 1, 14), date(2027, 1, 12))
    assert new.rrule == "FREQ=MONTHLY;BYDAY=2TH"
    assert new.excluded_dates == ["2027-02-11"]


def test_an_exception_that_was_none_does_not_become_one():
    page = event(rrule="FREQ=WEEKLY;BYDAY=TH", excluded_dates=["2026-10-16"])
    assert renewed(page, days=-1).excluded_dates == []


@pytest.mark.parametrize(
    ("start", "rrule", "expected"),
    [
        (date(2026, 10, 8), "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=8", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=5"),
        (date(2026, 10, 8), "FREQ=MONTHLY;BYMONTHDAY=8;COUNT=3", "FREQ=MONTHLY;BYMONTHDAY=5;COUNT=3"),
        (date(2026, 10, 8), "FREQ=DAILY;UNTIL=20261010", "FREQ=DAILY;UNTIL=20261107"),
    ],
)
def test_a_rule_that_names_the_first_day_names_the_new_one(start, rrule, expected):
    assert renewed(event(start, rrule=rrule), weeks=4).rrule == expected


def test_a_rule_that_cannot_be_read_is_left_alone():
    assert moved(event(rrule="FREQ=HOURLY"), WEEK) == {"start_date": date(2026, 10, 15)}


RULES = st.sampled_from(
    [
        "",
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3;COUNT=40",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=MO,TH,SU",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU",
    ]
)


@given(
    start=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    rrule=RULES,
    days=st.integers(-2000, 2000),
    exceptions=st.lists(st.integers(0, 30), unique=True, max_size=6),
    until=st.none() | st.integers(40, 400),
)
def test_moving_there_and_back_gives_the_same_dates(start, rrule, days, exceptions, until):
    if rrule and until and "COUNT" not in rrule:
        rrule += f";UNTIL={start + datetime.timedelta(days=until):%Y%m%d}"
    page = event(start, rrule=rrule)
    series = [day.original_date for day in next_dates(schedule_of(page), tz=BERLIN, today=start, n=31)]
    # A series begins on its first date, as the form sees to.
    page.start_date = series[0]
    chosen = sorted(series[i] for i in exceptions if i < len(series)) if rrule else []
    page.excluded_dates = [day.isoformat() for day in chosen[::2]]
    page.moved_dates = [
        {"original": day.isoformat(), "start": f"{day}T09:30", "end": ""} for day in chosen[1::2]
    ]
    before = wall(page, 12)
    there = renewed(page, days=days)
    assert there.start_date == page.start_date + datetime.timedelta(days=days)
    assert len(there.excluded_dates) == len(page.excluded_dates)
    back = renewed(there, days=-days)
    assert wall(back, 12) == before
    assert (back.excluded_dates, back.moved_dates) == (page.excluded_dates, page.moved_dates)
    assert back.start_date == page.start_date


def test_the_dates_are_said_in_words():
    page = event(
        rrule="FREQ=WEEKLY;BYDAY=TH;UNTIL=20261112",
        excluded_dates=["2026-10-15"],
        moved_dates=[{"original": "2026-10-22", "start": "2026-10-23T17:00", "end": ""}],
        reply_by=date(2026, 10, 6),
    )
    assert dates_in_words(page) == [
        ("Datum", "Donnerstag, 8. Oktober 2026"),
        ("Wiederholung", "Jede Woche am Donnerstag, bis 12. November 2026"),
        ("Antworten bis", "Dienstag, 6. Oktober 2026"),
        ("Fällt aus", "15. Oktober 2026"),
        ("Verschoben", "22. Oktober 2026 auf 23. Oktober 2026"),
    ]
    assert dates_in_words(SimpleNamespace(start_date=None)) == []
