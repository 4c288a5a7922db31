"""Events as calendar files."""

import datetime

import pytest
from django.test import RequestFactory
from django.utils import timezone, translation
from icalendar import Calendar

from events.feeds import calendar_feed, page_calendar
from tests.factories import pages
from tests.services.rebuilding import built_once

pytestmark = pytest.mark.django_db


@pytest.fixture
@built_once
def organisation():
    region = pages.RegionPageFactory(parent=pages.start_site("de"))
    return pages.OrganisationPageFactory(parent=region, title="Haus International")


@pytest.fixture
def request_():
    request = RequestFactory().get("/")
    request.LANGUAGE_CODE = "de"
    return request


def vevents(data):
    return Calendar.from_ical(data).walk("VEVENT")


def test_an_event_page_becomes_a_calendar_entry(organisation, request_):
    page = pages.publish(pages.EventPageFactory(parent=organisation, title="World Café"))

    (entry,) = vevents(page_calendar(page, request_))

    assert str(entry["SUMMARY"]) == "World Café"
    assert entry.decoded("DTSTART").astimezone(datetime.UTC) == page.next_start
    assert str(entry["LOCATION"]) == "Haus International, Poststr. 22, 87439 Kempten"
    assert str(entry["UID"]).startswith(str(page.translation_key))


def test_the_sequence_grows_with_every_publication(organisation, request_):
    page = pages.publish(pages.EventPageFactory(parent=organisation))
    (before,) = vevents(page_calendar(page, request_))
    page.last_published_at += datetime.timedelta(minutes=5)

    (after,) = vevents(page_calendar(page, request_))

    assert after["SEQUENCE"] == before["SEQUENCE"] + 5
    assert after["UID"] == before["UID"]


def test_a_cancelled_event_stays_in_the_calendar_as_cancelled(organisation, request_):
    page = pages.publish(pages.EventPageFactory(parent=organisation, status="cancelled"))

    (entry,) = vevents(page_calendar(page, request_))

    assert str(entry["STATUS"]) == "CANCELLED"


def test_one_date_of_a_series_is_one_entry(organisation, request_):
    start = timezone.localdate() + datetime.timedelta(days=3)
    page = pages.publish(pages.EventPageFactory(parent=organisation, start_date=start, rrule="FREQ=WEEKLY"))
    second = start + datetime.timedelta(days=7)

    (entry,) = vevents(page_calendar(page, request_, occurrence=second))

    assert entry.decoded("DTSTART").date() == second
    assert "RRULE" not in entry
    with pytest.raises(LookupError):
        page_calendar(page, request_, occurrence=second + datetime.timedelta(days=1))


def test_a_feed_holds_all_its_events_and_leaves_out_what_has_no_date(organisation, request_):
    first = pages.publish(pages.EventPageFactory(parent=organisation, title="Sprachcafé"))
    second = pages.publish(pages.EventPageFactory(parent=organisation, title="Stadtgespräch"))
    draft = pages.EventPageFactory(parent=organisation, start_date=None, live=False)

    with translation.override("de"):
        data = calendar_feed([first, second, draft], request_)

    assert {str(entry["SUMMARY"]) for entry in vevents(data)} == {"Sprachcafé", "Stadtgespräch"}
