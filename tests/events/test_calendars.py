"""The calendars we write, as other programs read them: the same instants, in every season, from hostile text too."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.tz import tzical
from hypothesis import example, given
from hypothesis import strategies as st

from events.calendars import CalendarEvent, event_calendar, feed
from events.recurrence import MovedDate, Schedule, occurrences
from tests.events.calendar_readers import with_dateutil, with_ical_js, with_khal
from tests.services.groups import node_directory

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 10, 1)
FIRST, LAST = date(2026, 10, 1), date(2027, 5, 1)

WEEKLY = Schedule(
    start=datetime(2026, 10, 1, 18),
    end=datetime(2026, 10, 1, 20),
    rrule="FREQ=WEEKLY;UNTIL=20270415",
    excluded=frozenset({date(2026, 12, 24)}),
    moved=(MovedDate(date(2026, 12, 31), datetime(2027, 1, 5, 15), datetime(2027, 1, 5, 18, 30)),),
)

SCHEDULES = {
    "weekly, over both changes, one date left out, one moved": WEEKLY,
    "once, in the afternoon": Schedule(start=datetime(2026, 12, 12, 14), end=datetime(2026, 12, 12, 18)),
    "second Thursday of the month, begun on another day": Schedule(
        start=datetime(2026, 10, 1, 19), end=datetime(2026, 10, 1, 21), rrule="FREQ=MONTHLY;BYDAY=2TH;COUNT=6"
    ),
    "last Sunday of the month, when the clocks change": Schedule(
        start=datetime(2026, 10, 25, 10), end=datetime(2026, 10, 25, 12), rrule="FREQ=MONTHLY;BYDAY=-1SU"
    ),
    "every other week on two days, ending at the change": Schedule(
        start=datetime(2026, 10, 5, 9),
        end=datetime(2026, 10, 5, 11),
        rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;UNTIL=20270328",
    ),
    "the first date left out": Schedule(
        start=datetime(2026, 10, 6, 9),
        end=datetime(2026, 10, 6, 10),
        rrule="FREQ=WEEKLY;COUNT=4",
        excluded=frozenset({date(2026, 10, 6)}),
    ),
    "the first date moved": Schedule(
        start=datetime(2026, 10, 7, 9),
        end=datetime(2026, 10, 7, 10),
        rrule="FREQ=WEEKLY;COUNT=4",
        moved=(MovedDate(date(2026, 10, 7), datetime(2026, 10, 9, 9)),),
    ),
    "moved over the change of time": Schedule(
        start=datetime(2027, 3, 26, 18),
        end=datetime(2027, 3, 26, 20),
        rrule="FREQ=WEEKLY;COUNT=2",
        moved=(MovedDate(date(2027, 3, 26), datetime(2027, 3, 29, 18)),),
    ),
    "every night, in the hour that is skipped": Schedule(
        start=datetime(2027, 3, 26, 2, 30), end=datetime(2027, 3, 26, 4), rrule="FREQ=DAILY;COUNT=5"
    ),
    "begun in the hour that is skipped": Schedule(
        start=datetime(2027, 3, 28, 2, 30), end=datetime(2027, 3, 28, 2, 50), rrule="FREQ=DAILY;COUNT=2"
    ),
    "every night, in the hour that is shown twice": Schedule(
        start=datetime(2026, 10, 23, 2, 30), end=datetime(2026, 10, 23, 4), rrule="FREQ=DAILY;COUNT=5"
    ),
    "begun in the hour that is shown twice": Schedule(
        start=datetime(2026, 10, 25, 2, 30), end=datetime(2026, 10, 25, 4), rrule="FREQ=DAILY;COUNT=3"
    ),
    "once in the hour that is skipped": Schedule(
        start=datetime(2027, 3, 28, 2, 15), end=datetime(2027, 3, 28, 2, 45)
    ),
    "once in the hour that is shown twice": Schedule(
        start=datetime(2026, 10, 25, 2, 15), end=datetime(2026, 10, 25, 2, 45)
    ),
    "every Saturday night": Schedule(
        start=datetime(2026, 10, 10, 22), end=datetime(2026, 10, 11, 4), rrule="FREQ=WEEKLY;UNTIL=20270410"
    ),
    "Saturday nights, the first with a change": Schedule(
        start=datetime(2027, 3, 27, 22), end=datetime(2027, 3, 28, 4), rrule="FREQ=WEEKLY;COUNT=3"
    ),
    "weekends, some with a change": Schedule(
        start=datetime(2026, 10, 16, 17), end=datetime(2026, 10, 18, 14), rrule="FREQ=WEEKLY;COUNT=3"
    ),
}
OPEN_END = Schedule(start=datetime(2026, 10, 22, 18), rrule="FREQ=WEEKLY;COUNT=2")
WHOLE_DAYS = Schedule(
    start=datetime(2026, 10, 24),
    end=datetime(2026, 10, 25),
    all_day=True,
    rrule="FREQ=WEEKLY;UNTIL=20261107",
    excluded=frozenset({date(2026, 10, 31)}),
)


def an_event(schedule=WEEKLY, **changed):
    event = CalendarEvent(
        uid="0b8f4b3e@mitmischen.example.org",
        summary="Sprachcafé",
        description="Deutsch üben bei Kaffee und Tee.",
        location="Haus International, Poststr. 22, 87439 Kempten",
        url="https://mitmischen.example.org/de/sprachcafe/",
        schedule=schedule,
        status="planned",
        sequence=3,
        last_modified=datetime(2026, 9, 1, 12, 0, 0, 123456, tzinfo=UTC),
        created=datetime(2026, 8, 1, 12, tzinfo=UTC),
        categories=("Sprache", "Begegnung"),
        language="de",
    )
    return replace(event, **changed)


def a_feed(events, **changed):
    options = {
        "name": "Termine in Kempten",
        "source_url": "https://mitmischen.example.org/de/termine.ics?region=kempten",
        "language": "de",
        "today": TODAY,
    }
    return feed(events, tz=BERLIN, **(options | changed))


def vevents(ics):
    return icalendar.Calendar.from_ical(ics).walk("VEVENT")


def lines(ics):
    """Return the content lines, unfolded."""
    return ics.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


# --- Every program reads the same instants ---------------------------------------------------------------------------


@pytest.fixture(params=[False, True], ids=["series", "expanded"])
def calendar_of_schedules(request):
    events = [
        an_event(schedule, uid=f"{number}@mitmischen.example.org", summary=summary)
        for number, (summary, schedule) in enumerate(SCHEDULES.items())
    ]
    return a_feed(events, expand=request.param)


def expected_instants():
    found = {
        summary: occurrences(schedule, tz=BERLIN, window_start=FIRST, window_end=LAST - timedelta(days=1))
        for summary, schedule in SCHEDULES.items()
    }
    return {summary: [(time.start, time.end) for time in times] for summary, times in found.items()}


def test_khal_reads_the_same_instants(calendar_of_schedules, tmp_path):
    read = with_khal(calendar_of_schedules, first=FIRST, last=LAST, directory=tmp_path)
    assert read == expected_instants()


def test_dateutil_reads_the_same_instants_with_our_time_zone(calendar_of_schedules):
    assert with_dateutil(calendar_of_schedules, first=FIRST, last=LAST) == expected_instants()


@pytest.mark.node
def test_ical_js_reads_the_same_instants(calendar_of_schedules):
    read = with_ical_js(calendar_of_schedules, first=FIRST, last=LAST, node_directory=node_directory())
    assert read == expected_instants()


@pytest.mark.node
@pytest.mark.parametrize("expand", [False, True])
def test_every_program_reads_whole_days_and_open_ends(expand, tmp_path):
    events = [
        an_event(WHOLE_DAYS, uid="1@example.org", summary="whole days"),
        an_event(OPEN_END, uid="2@example.org", summary="open end"),
    ]
    ics = a_feed(events, expand=expand)
    window = {"first": FIRST, "last": LAST}
    whole_days = [(date(2026, 10, 24), date(2026, 10, 25)), (date(2026, 11, 7), date(2026, 11, 8))]
    open_ends = [datetime(2026, 10, 22, 16, tzinfo=UTC), datetime(2026, 10, 29, 17, tzinfo=UTC)]

    khal = with_khal(ics, directory=tmp_path, **window)
    assert [(start.date(), end.date()) for start, end in khal["whole days"]] == whole_days
    assert [start for start, _end in khal["open end"]] == open_ends

    for read in (with_dateutil(ics, **window), with_ical_js(ics, node_directory=node_directory(), **window)):
        until_midnight = [(start.date(), end.date() - timedelta(days=1)) for start, end in read["whole days"]]
        assert until_midnight == whole_days
        assert [start for start, _end in read["open end"]] == open_ends


HOURS = st.datetimes(datetime(1996, 1, 1), datetime(2037, 12, 31))


@given(HOURS)
def test_the_time_zone_we_write_is_the_one_of_the_time_zone_database(local):
    text = event_calendar(an_event(), tz=BERLIN, today=TODAY).decode()
    zone = tzical(StringIO(text)).get()
    aware = local.replace(tzinfo=BERLIN)
    if aware.utcoffset() == aware.replace(fold=1).utcoffset():
        assert local.replace(tzinfo=zone).utcoffset() == aware.utcoffset()


def test_the_time_zone_has_two_parts_with_one_rule_each():
    (zone,) = icalendar.Calendar.from_ical(event_calendar(an_event(), tz=BERLIN)).walk("VTIMEZONE")
    assert [(part.name, part["RRULE"].to_ical()) for part in zone.subcomponents] == [
        ("DAYLIGHT", b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
        ("STANDARD", b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
    ]


def test_a_time_zone_without_a_definition_is_refused():
    with pytest.raises(LookupError, match="Europe/Lisbon"):
        event_calendar(an_event(), tz=ZoneInfo("Europe/Lisbon"))


# --- A series, its dates left out and moved --------------------------------------------------------------------------


def test_a_series_is_one_entry_with_a_rule_and_one_for_each_moved_date():
    series, moved = vevents(event_calendar(an_event(), tz=BERLIN, today=TODAY))
    assert series["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20270415T215959Z"
    assert series["EXDATE"].to_ical() == b"20261224T180000"
    assert series["EXDATE"].params["TZID"] == "Europe/Berlin"
    assert moved["RECURRENCE-ID"].to_ical() == b"20261231T180000"
    assert moved["DTSTART"].to_ical() == b"20270105T150000"
    assert series["UID"] == moved["UID"] == "0b8f4b3e@mitmischen.example.org"
    assert series["SEQUENCE"] == moved["SEQUENCE"] == 3


def test_a_series_starts_with_the_first_date_of_its_rule():
    schedule = SCHEDULES["second Thursday of the month, begun on another day"]
    (series,) = vevents(event_calendar(an_event(schedule), tz=BERLIN, today=TODAY))
    assert series["DTSTART"].to_ical() == b"20261008T190000"


def test_dates_that_the_rule_does_not_have_are_neither_left_out_nor_moved():
    schedule = replace(
        WEEKLY,
        excluded=frozenset({date(2026, 12, 25)}),
        moved=(MovedDate(date(2026, 12, 26), datetime(2026, 12, 27, 18)),),
    )
    (series,) = vevents(event_calendar(an_event(schedule), tz=BERLIN, today=TODAY))
    assert "EXDATE" not in series


def test_a_date_left_out_in_the_far_future_is_left_alone():
    schedule = replace(WEEKLY, rrule="FREQ=DAILY", excluded=frozenset({date(9999, 12, 31)}))
    (series, _moved) = vevents(event_calendar(an_event(schedule), tz=BERLIN, today=TODAY))
    assert "EXDATE" not in series


def test_a_series_of_whole_days_has_dates_without_times():
    (series,) = vevents(event_calendar(an_event(WHOLE_DAYS), tz=BERLIN, today=TODAY))
    assert series["DTSTART"].dt == date(2026, 10, 24)
    assert series["DTEND"].dt == date(2026, 10, 26)
    assert series["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20261107"
    assert "EXDATE;VALUE=DATE:20261031" in lines(event_calendar(an_event(WHOLE_DAYS), tz=BERLIN, today=TODAY))


@pytest.mark.parametrize(
    "schedule",
    [
        Schedule(start=datetime(2027, 1, 1, 18), excluded=frozenset({date(2027, 1, 1)})),
        Schedule(start=datetime(2027, 1, 1, 18), rrule="FREQ=DAILY;UNTIL=20261231"),
    ],
)
def test_an_event_that_lost_all_its_dates_is_shown_cancelled(schedule):
    (only,) = vevents(event_calendar(an_event(schedule), tz=BERLIN, today=TODAY))
    assert only["STATUS"] == "CANCELLED"
    assert only["DTSTART"].dt.replace(tzinfo=None) == schedule.start


def test_expanded_every_date_is_an_entry_of_its_own_without_rule():
    schedule = replace(WEEKLY, rrule="FREQ=WEEKLY;UNTIL=20261231")
    dates = vevents(event_calendar(an_event(schedule), tz=BERLIN, expand=True, today=TODAY))
    assert len(dates) == len({one["UID"] for one in dates}) == 13
    assert not {"RRULE", "EXDATE", "RECURRENCE-ID"} & {name for one in dates for name in one}
    assert dates[0]["UID"] == "20261001-0b8f4b3e@mitmischen.example.org"


def test_expanded_a_series_without_end_reaches_a_year_back_and_eighteen_months_ahead():
    schedule = Schedule(start=datetime(2020, 1, 1, 18), rrule="FREQ=WEEKLY")
    dates = [
        one["DTSTART"].dt.date()
        for one in vevents(event_calendar(an_event(schedule), tz=BERLIN, expand=True, today=TODAY))
    ]
    assert date(2025, 10, 1) <= min(dates) < date(2025, 10, 9)
    assert date(2028, 3, 20) < max(dates) <= date(2028, 4, 8)


def test_an_event_that_happens_once_keeps_its_uid_when_expanded():
    once = Schedule(start=datetime(2015, 12, 12, 14), end=datetime(2015, 12, 12, 18))
    together, expanded = (
        event_calendar(an_event(once), tz=BERLIN, expand=expand, today=TODAY) for expand in (False, True)
    )
    assert together == expanded


def test_one_date_of_a_series_is_a_file_that_keeps_its_uid_when_the_date_moves():
    def one_date(schedule):
        (only,) = vevents(event_calendar(an_event(schedule), tz=BERLIN, occurrence=date(2026, 10, 8)))
        return only

    before = one_date(WEEKLY)
    after = one_date(replace(WEEKLY, moved=(MovedDate(date(2026, 10, 8), datetime(2026, 10, 9, 17)),)))
    assert before["DTSTART"].to_ical() == b"20261008T180000"
    assert after["DTSTART"].to_ical() == b"20261009T170000"
    assert before["UID"] == after["UID"] == "20261008-0b8f4b3e@mitmischen.example.org"
    assert "RRULE" not in before
    assert "RECURRENCE-ID" not in after


@pytest.mark.parametrize("day", [date(2026, 10, 2), date(2026, 12, 24), date(2027, 4, 22)])
def test_a_date_that_the_series_does_not_have_is_not_found(day):
    with pytest.raises(LookupError):
        event_calendar(an_event(), tz=BERLIN, occurrence=day)


# --- What an entry says ----------------------------------------------------------------------------------------------


def test_an_entry_says_everything_once():
    event = an_event(
        SCHEDULES["once, in the afternoon"],
        image_url="https://mitmischen.example.org/media/cafe.png",
        geo=(47.7267, 10.3139),
        organiser_name='Haus "International"; Kempten',
        organiser_url="https://mitmischen.example.org/de/haus-international/",
    )
    found = lines(event_calendar(event, tz=BERLIN))
    assert found[found.index("BEGIN:VEVENT") :] == [
        "BEGIN:VEVENT",
        "SUMMARY;LANGUAGE=de:Sprachcafé",
        "DTSTART;TZID=Europe/Berlin:20261212T140000",
        "DTEND;TZID=Europe/Berlin:20261212T180000",
        "DTSTAMP:20260901T120000Z",
        "UID:0b8f4b3e@mitmischen.example.org",
        "SEQUENCE:3",
        "CATEGORIES;LANGUAGE=de:Sprache,Begegnung",
        "CREATED:20260801T120000Z",
        "DESCRIPTION;LANGUAGE=de:Deutsch üben bei Kaffee und Tee.\\n\\n"
        "https://mitmischen.example.org/de/sprachcafe/",
        "GEO:47.7267;10.3139",
        "IMAGE;DISPLAY=FULLSIZE;VALUE=URI:https://mitmischen.example.org/media/cafe.png",
        "LAST-MODIFIED:20260901T120000Z",
        "LOCATION:Haus International\\, Poststr. 22\\, 87439 Kempten",
        "ORGANIZER;CN=\"Haus 'International'; Kempten\":https://mitmischen.example.org/de/haus-international/",
        "STATUS:CONFIRMED",
        "URL:https://mitmischen.example.org/de/sprachcafe/",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


@pytest.mark.parametrize(
    ("status", "expected"),
    [("planned", "CONFIRMED"), ("moved", "CONFIRMED"), ("full", "CONFIRMED"), ("cancelled", "CANCELLED")],
)
def test_a_cancelled_event_stays_in_the_calendar_as_cancelled(status, expected):
    for one in vevents(a_feed([an_event(status=status)])):
        assert one["STATUS"] == expected


def test_the_languages_of_an_event_differ_in_words_and_share_uid_and_times():
    german = an_event()
    arabic = an_event(summary="مقهى اللغة", language="ar")
    (one, _), (other, _) = (
        vevents(event_calendar(event, tz=BERLIN, today=TODAY)) for event in (german, arabic)
    )
    assert other["SUMMARY"] == "مقهى اللغة"
    assert other["SUMMARY"].params["LANGUAGE"] == "ar"
    for name in ("UID", "DTSTART", "RRULE", "SEQUENCE"):
        assert (
            one[name].to_ical() == other[name].to_ical() if name != "SEQUENCE" else one[name] == other[name]
        )


def test_the_same_event_gives_the_same_bytes():
    assert a_feed([an_event()]) == a_feed([an_event()])


def test_a_feed_names_itself_and_says_how_often_to_come_back():
    ics = a_feed([an_event()], name="Termine; Kempten\r\nX-EVIL:1")
    header = lines(ics)[: lines(ics).index("BEGIN:VTIMEZONE")]
    assert header == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mitmischen//Events//EN",
        "CALSCALE:GREGORIAN",
        "NAME;LANGUAGE=de:Termine\\; Kempten X-EVIL:1",
        "X-WR-CALNAME:Termine\\; Kempten X-EVIL:1",
        "LAST-MODIFIED:20260901T120000Z",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "SOURCE;VALUE=URI:https://mitmischen.example.org/de/termine.ics?region=kempten",
        "X-PUBLISHED-TTL:PT6H",
        "X-WR-TIMEZONE:Europe/Berlin",
    ]


def test_a_feed_does_not_make_its_subscribers_busy():
    assert {one["TRANSP"] for one in vevents(a_feed([an_event()]))} == {"TRANSPARENT"}
    assert "TRANSP" not in vevents(event_calendar(an_event(), tz=BERLIN, today=TODAY))[0]


def test_a_feed_without_events_is_a_calendar():
    assert icalendar.Calendar.from_ical(a_feed([])).walk("VEVENT") == []


# --- Bytes -----------------------------------------------------------------------------------------------------------

ARABIC = "نلتقي كل خميس لنتحدث الألمانية، مع القهوة والشاي؛ الأطفال مرحب بهم. " * 8
HOSTILE = [
    "Café\r\nBEGIN:VEVENT\r\nUID:evil\r\nEND:VEVENT",
    "Café\nATTENDEE:mailto:evil@example.org",
    "Café\rATTENDEE:mailto:evil@example.org",
    "Café\x0bATTENDEE:x\x0cY:z\x85A:b\u2028C:d\u2029E:f",
    "Café; SUMMARY:zwei, drei \\ vier \\n fünf \\N sechs",
    "C:\\Neu\\nichts\\;\\,",
    "\x00\x07\x1b\x7f Glocke",
    '"Zitat":;,^n^\'^^',
    "END:VEVENT",
    " \t führend",
    "👩‍👩‍👧‍👦" * 30,
    ARABIC,
]
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=120))


def hostile_event(text):
    return an_event(
        SCHEDULES["once, in the afternoon"],
        uid="1@example.org",
        summary=text,
        description=text,
        location=text,
        url="https://example.org/" + text,
        categories=(text, "Sprache"),
        organiser_name=text,
        organiser_url="https://example.org/" + text,
        image_url="https://example.org/" + text,
    )


@given(TEXTS)
@example(HOSTILE[0])
@example(HOSTILE[3])
def test_text_from_people_adds_no_line_to_the_calendar(text):
    ics = a_feed([hostile_event(text)], name=text, source_url="https://example.org/" + text)
    allowed = {
        *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME", "LAST-MODIFIED", "SOURCE"),
        *(
            "REFRESH-INTERVAL",
            "X-PUBLISHED-TTL",
            "X-WR-TIMEZONE",
            "TZID",
            "TZNAME",
            "TZOFFSETFROM",
            "TZOFFSETTO",
        ),
        *(
            "DTSTART",
            "DTEND",
            "RRULE",
            "SUMMARY",
            "DESCRIPTION",
            "LOCATION",
            "URL",
            "CATEGORIES",
            "ORGANIZER",
        ),
        *("IMAGE", "UID", "SEQUENCE", "DTSTAMP", "CREATED", "STATUS", "TRANSP"),
    }
    found = ics.decode().replace("\r\n ", "").splitlines()
    assert {re.split("[:;]", line, maxsplit=1)[0] for line in found} <= allowed
    assert [line for line in found if line.startswith(("BEGIN:VEVENT", "END:VEVENT"))] == [
        "BEGIN:VEVENT",
        "END:VEVENT",
    ]
    assert (
        b"mailto:" not in ics.replace(b"\r\n ", b"").split(b"ORGANIZER")[1].split(b"\r\n")[0].split(b":")[0]
    )


@given(TEXTS)
@example(HOSTILE[5])
@example(ARABIC)
def test_text_from_people_is_read_back_as_they_wrote_it(text):
    event = an_event(SCHEDULES["once, in the afternoon"], summary=text, description=text, url="")
    (only,) = vevents(event_calendar(event, tz=BERLIN))
    for name in ("SUMMARY", "DESCRIPTION"):
        assert _words(str(only.get(name, ""))) == _words(text)


def _words(text):
    """The words of a text, without what has no shape of its own and may be cleaned away."""
    return "".join(char for char in text if char.isprintable() or char.isspace()).split()


@given(TEXTS)
@example(ARABIC)
@example("👩‍👩‍👧‍👦" * 30)
def test_lines_end_with_crlf_and_are_at_most_75_octets_of_whole_characters(text):
    ics = a_feed([hostile_event(text)], name=text)
    assert ics.endswith(b"\r\n")
    for line in ics.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        assert b"\r" not in line
        assert b"\n" not in line
        line.decode()


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "mailto:someone@example.org", "//example.org/", "https://", "http://[", "", " "],
)
def test_an_address_that_is_not_on_the_web_is_left_out(url):
    event = an_event(url=url, image_url=url, organiser_url=url, organiser_name="Haus International")
    for one in vevents(a_feed([event], source_url=url)):
        assert not {"URL", "IMAGE", "ORGANIZER"} & set(one)
        assert str(one["DESCRIPTION"]) == event.description
    assert "SOURCE" not in icalendar.Calendar.from_ical(a_feed([event], source_url=url))


def test_an_address_is_written_in_ascii():
    (one, _) = vevents(
        event_calendar(an_event(url=" https://example.org/müll/?a=b c\r\nX:y"), tz=BERLIN, today=TODAY)
    )
    assert one["URL"] == "https://example.org/m%C3%BCll/?a=b%20c%0D%0AX:y"
