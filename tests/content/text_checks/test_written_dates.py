"""Days as people write them are read as they are meant, in every language."""

import datetime

import pytest
from django.conf import settings
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from content import dates
from content.text_checks.texts import read
from content.text_checks.written_dates import months_named, written_dates, wrong_weekdays

LANGUAGES = [row.code for row in settings.LANGUAGE_TABLE]
FRIDAY = 4
WRITERS = [dates.full_date, dates.long_date, dates.day_and_month, dates.short_date]


def facts(text, language="de"):
    return [(day.day, day.month, day.year, day.weekday) for day in written_dates(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Freitag, 12. Juni", (12, 6, None, FRIDAY)),
        ("de", "am Freitag, den 12. Juni 2026, um 14 Uhr", (12, 6, 2026, FRIDAY)),
        ("de", "Fr., 12.6.", (12, 6, None, FRIDAY)),
        ("de", "12.6.", (12, 6, None, None)),
        ("de", "Fr 12.06.26", (12, 6, 2026, FRIDAY)),
        ("de", "12.06.2026.", (12, 6, 2026, None)),
        ("de", "12. 6. 2026", (12, 6, 2026, None)),
        ("de", "12. Juni 2026", (12, 6, 2026, None)),
        ("de", "3. März", (3, 3, None, None)),
        ("de", "vom 12.–14. Juni 2026", (14, 6, 2026, None)),
        ("de", "2026-06-12", (12, 6, 2026, None)),
        ("de-simple", "Am Freitag, 12. Juni 2026", (12, 6, 2026, FRIDAY)),
        ("en", "Friday, June 12, 2026", (12, 6, 2026, FRIDAY)),
        ("en", "on Friday 12th June", (12, 6, None, FRIDAY)),
        ("en", "12th of June 2026", (12, 6, 2026, None)),
        ("tr", "12 Haziran 2026 Cuma günü", (12, 6, 2026, FRIDAY)),
        ("tr", "12.06.2026", (12, 6, 2026, None)),
        ("tr", "12 HAZİRAN", (12, 6, None, None)),
        ("uk", "п’ятниця, 12 червня 2026 року", (12, 6, 2026, FRIDAY)),
        ("uk", "12.06.2026", (12, 6, 2026, None)),
        ("ar", "الجمعة، ١٢ يونيو 2026", (12, 6, 2026, FRIDAY)),
        ("ar", "12 حزيران 2026", (12, 6, 2026, None)),
    ],
)
def test_the_usual_ways_to_write_a_day_are_understood(language, text, expected):
    assert facts(text, language) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Kapitel 12.06.1.2",
        "um 14.30 Uhr, 12.50 Euro, Version 1.2",
        "am 31.2.2026 und am 30. Februar",
        "im Mai 12 Kinder",
        "IP 10.12.20.26",
        "Version 3.12.06.2026",
        "06/12/2026",
        "112.06.2026",
    ],
)
def test_what_is_no_day_or_could_be_two_is_left_alone(text):
    assert facts(text) == []


def test_the_twenty_ninth_of_february_is_a_day_in_leap_years_only():
    assert facts("29.2.2028 und 29.2.2027 und 29. Februar") == [(29, 2, 2028, None), (29, 2, None, None)]


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2060, 12, 31)))
def test_a_day_as_the_platform_writes_it_is_read_back(language, day):
    with override(language):
        for write in WRITERS:
            (read_back,) = written_dates(write(day), language)
            assert (read_back.day, read_back.month) == (day.day, day.month)
            assert read_back.year in (None, day.year)
            assert read_back.weekday in (None, day.weekday())
        text = ", ".join(write(day) for write in WRITERS)
        assert wrong_weekdays(read(text), language) == []


def test_a_weekday_that_does_not_fit_its_date_is_found():
    (hint,) = wrong_weekdays(read("<p>Am Donnerstag, 12.06.2026, und am Freitag, 12. Juni 2026.</p>"), "de")
    assert hint.found == ("Donnerstag, 12.06.2026",)
    assert "Freitag, 12. Juni 2026" in hint.advice


def test_without_a_year_no_weekday_is_wrong():
    assert wrong_weekdays(read("Donnerstag, 12. Juni"), "de") == []


def test_the_same_slip_is_named_once_and_many_are_cut_short():
    same = wrong_weekdays(read("Do., 12.06.2026. " * 50), "de")
    assert [hint.found for hint in same] == [("Do., 12.06.2026",)]
    many = wrong_weekdays(read(" ".join(f"Do., {day}.06.2026 " for day in range(10, 30))), "de")
    assert len(many) == 3


@pytest.mark.parametrize(
    ("plain", "language", "months"),
    [
        ("Bis April, nicht bis Aprilwetter; am 3. Mai.", "de", {4: "April", 5: "Mai"}),
        ("You may march in March.", "en", {3: "March"}),
        ("Наприкінці грудня", "uk", {12: "грудня"}),
        ("حتى كانون الأول وأبريل", "ar", {12: "كانون الأول"}),
        ("Bis Apr. 2018", "de", {}),
    ],
)
def test_months_are_named_with_or_without_a_day(plain, language, months):
    assert months_named(plain, language) == months
