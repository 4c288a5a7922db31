"""Days in a text that contradict the event are found, and the event's own days never are."""

import datetime

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.translation import override
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from content import dates
from content.text_checks.texts import read
from events.models import EventPage
from events.schedules import dates_between
from events.text_dates import contradicting_dates

FRIDAY = datetime.date(2026, 6, 12)
LANGUAGES = [row.code for row in settings.LANGUAGE_TABLE]


class Event:
    """What the check reads of an event's page, without a database."""

    end_date = end_time = reply_by = None
    all_day = False
    rrule = ""
    start_date, start_time = FRIDAY, datetime.time(14)
    starts_at = EventPage.starts_at

    def __init__(self, **facts):
        self.excluded_dates, self.moved_dates = [], []
        vars(self).update(facts)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """It is 1 May 2026."""
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: datetime.date(2026, 5, 1))


def found(text, event=None, language="de"):
    return [
        words for hint in contradicting_dates(read(text), language, event or Event()) for words in hint.found
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Am Freitag, 12. Juni, um 14 Uhr.",
        "Am 12.6. geht es los.",
        "Am Freitag, den 12.06.2026.",
        "Fr., 12. Juni 2026",
        "Am 12. Juni feiern wir.",
        "Es gibt Kuchen.",
    ],
)
def test_the_events_own_day_is_right_however_it_is_written(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Am Donnerstag, 12. Juni, feiern wir.", "Donnerstag, 12. Juni"),
        ("Am Do., 12.6., feiern wir.", "Do., 12.6."),
        ("Am 12. Juni 2025 feiern wir.", "12. Juni 2025"),
        ("Am 19.06.2026 feiern wir.", "19.06.2026"),
        ("Am Freitag, 19. Juni, feiern wir.", "Freitag, 19. Juni"),
        ("<p>Am <b>19.06.2026</b> feiern wir.</p>", "19.06.2026"),
    ],
)
def test_a_day_that_contradicts_the_event_is_found(text, words):
    assert found(text) == [words]


def test_the_hint_names_the_day_of_the_entry():
    (weekday,) = contradicting_dates(read("Donnerstag, 12. Juni"), "de", Event())
    (day,) = contradicting_dates(read("19.06.2026"), "de", Event())
    assert "In diesem Eintrag ist es Freitag, 12. Juni 2026." in weekday.advice
    assert "Im Eintrag steht Freitag, 12. Juni 2026." in day.advice


@pytest.mark.parametrize(
    "text",
    [
        "Anmeldung bis 10.06.2026.",
        "Anmeldung spätestens zum 10. Juni 2026",
        "Seit dem 1.1.2026 gibt es uns.",
        "Yer ayırtmak için 10 Haziran 2026 tarihine kadar yazın.",
        "Gegründet am 3. Oktober 2010.",
        "Am 12.6. und noch einmal am 19.06.2026.",
        "Verlegt vom Freitag, 19. Juni, auf Freitag, 12. Juni.",
        "Am 19. Juni gibt es ein anderes Fest.",
        "Mittwoch, 13. Juli",
    ],
)
def test_a_day_that_may_be_meant_otherwise_is_left_alone(text):
    assert found(text, language="tr" if "Haziran" in text else "de") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "On Friday, June 19, 2026"),
        ("tr", "19 Haziran 2026 Cuma günü"),
        ("uk", "у п’ятницю, 19 червня 2026 року"),
        ("ar", "الجمعة، 19 يونيو 2026"),
    ],
)
def test_translations_are_compared_too(language, text):
    assert len(found(text, language=language)) == 1


def test_days_of_a_series_are_its_own_also_left_out_and_moved_ones():
    weekly = Event(
        rrule="FREQ=WEEKLY;UNTIL=20261231",
        excluded_dates=["2026-06-26"],
        moved_dates=[{"original": "2026-07-03", "start": "2026-07-04T14:00", "end": ""}],
    )
    for text in ("19.06.2026", "26.06.2026 fällt aus", "Samstag, 4. Juli", "Freitag, 3. Juli", "31.12.2026"):
        assert found(text, weekly) == []
    assert found("Do., 18.06.2026", weekly) == ["Do., 18.06.2026"]
    assert found("Donnerstag, 19. Juni", weekly) == ["Donnerstag, 19. Juni"]


def test_every_day_of_an_event_over_several_days_and_the_day_to_reply_are_its_own():
    festival = Event(end_date=datetime.date(2026, 6, 14), reply_by=datetime.date(2026, 6, 1))
    for text in ("12.06.2026", "Samstag, 13. Juni", "14.06.2026", "Antwort am 1. Juni 2026"):
        assert found(text, festival) == []
    assert found("Montag, 15. Juni", festival) == ["Montag, 15. Juni"]


@pytest.mark.parametrize(
    "event",
    [
        Event(start_date=None),
        Event(rrule="FREQ=NONSENSE"),
        Event(moved_dates=[{"original": "gestern"}]),
        Event(excluded_dates=["morgen"]),
        Event(start_date=datetime.date(9999, 12, 31)),
        Event(start_date=datetime.date(1, 1, 1)),
    ],
)
def test_an_event_whose_dates_cannot_be_read_is_compared_with_nothing(event):
    assert found("Donnerstag, 12. Juni, 19.06.2026, 31.12.9999 und 01.01.0001", event) == []


def test_many_days_give_few_hints():
    text = " ".join(f"{day}.07.2026" for day in range(1, 32))
    assert len(found(text)) == 3


WAYS = {
    "full": dates.full_date,
    "long": dates.long_date,
    "day and month": dates.day_and_month,
    "short": dates.short_date,
    "digits": lambda day: f"{day:%d.%m.%Y}",
    "few digits": lambda day: f"{day.day}.{day.month}.",
    "short year": lambda day: f"{day.day}.{day.month}.{day:%y}",
    "with weekday": lambda day: f"{dates.short_date(day).split(',')[0]}, {day:%d.%m.%Y}",
    "ISO": lambda day: day.isoformat(),
}
RULES = [
    "",
    "FREQ=DAILY",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "FREQ=MONTHLY;BYDAY=2TH",
    "FREQ=YEARLY",
]


@given(
    start=st.dates(datetime.date(2025, 3, 1), datetime.date(2027, 10, 1)),
    length=st.integers(0, 3),
    rule=st.sampled_from(RULES),
    language=st.sampled_from(LANGUAGES),
    way=st.sampled_from(sorted(WAYS)),
    data=st.data(),
)
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_the_events_own_days_written_in_the_usual_ways_never_cause_a_hint(
    start, length, rule, language, way, data
):
    event = Event(
        start_date=start,
        end_date=start + datetime.timedelta(days=length) if length and not rule else None,
        reply_by=start - datetime.timedelta(days=3),
        rrule=rule,
    )
    # A year in which a day is meant without one: around today and around the event.
    last = min(start + datetime.timedelta(days=300), datetime.date(start.year + 1, 12, 31))
    own = [date.local_start.date() for date in dates_between(event, start, last)]
    assume(own)
    days = data.draw(st.lists(st.sampled_from(own), min_size=1, max_size=3))
    with override(language):
        text = "; ".join(WAYS[way](day) for day in days)
        assert found(text, event, language) == []


@given(
    start=st.dates(datetime.date(2025, 3, 1), datetime.date(2027, 10, 1)),
    shift=st.sampled_from([-364, -7, -1, 1, 7, 364]),
)
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_day_of_an_event_that_was_copied_and_shifted_is_found(start, shift):
    text = f"{start + datetime.timedelta(days=shift):%d.%m.%Y}"
    assert found(text, Event(start_date=start)) == [text]
