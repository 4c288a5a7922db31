"""Dates written down and moved on by the clock."""

import datetime

import pytest
from django.test import override_settings
from django.utils import timezone

from content.directory import DirectoryQuery
from content.registry import kind
from events import services
from events.models import EventPage, Occurrence
from tests.factories import pages
from tests.services.rebuilding import built_once

pytestmark = pytest.mark.django_db


@pytest.fixture
@built_once
def organisation():
    region = pages.RegionPageFactory(parent=pages.start_site("de"))
    return pages.OrganisationPageFactory(parent=region)


def weekly(organisation, **fields):
    return pages.publish(pages.EventPageFactory(parent=organisation, rrule="FREQ=WEEKLY", **fields))


def days(page):
    return [row.original_date for row in Occurrence.objects.filter(event_key=page.translation_key)]


def test_a_weekly_event_is_written_down_18_months_ahead(organisation):
    page = weekly(organisation)

    services.materialise_dates(page=page)

    last = max(days(page))
    assert 530 <= (last - timezone.localdate()).days <= 31 * 18


def test_writing_dates_down_again_changes_nothing(organisation):
    page = weekly(organisation)
    services.materialise_dates(page=page)
    before = set(Occurrence.objects.values_list("pk", "start"))

    services.materialise_dates(page=page)

    assert set(Occurrence.objects.values_list("pk", "start")) == before


def test_an_event_that_is_not_public_has_no_dates(organisation):
    page = weekly(organisation)
    services.materialise_dates(page=page)
    page.live = False

    services.materialise_dates(page=page)

    assert days(page) == []


def test_every_night_dates_come_within_reach(organisation):
    page = weekly(organisation)
    with override_settings(EVENTS_MATERIALISED_MONTHS=3):
        services.materialise_dates(page=page)
    few = len(days(page))

    services.extend_dates()

    assert len(days(page)) > few + 50


def test_the_dates_keep_their_wall_time_over_both_changes(organisation):
    page = weekly(organisation, start_time=datetime.time(19, 30))

    services.materialise_dates(page=page)

    starts = [timezone.localtime(row.start) for row in Occurrence.objects.all()]
    assert {(start.hour, start.minute) for start in starts} == {(19, 30)}
    assert {start.utcoffset() for start in starts} == {
        datetime.timedelta(hours=1),
        datetime.timedelta(hours=2),
    }


def test_when_a_date_is_over_the_next_one_takes_its_place_in_lists(organisation):
    page = weekly(organisation)
    later = page.next_end + datetime.timedelta(minutes=1)
    past = timezone.now() - datetime.timedelta(days=7)
    EventPage.objects.update(next_start=past, next_end=past + datetime.timedelta(hours=2))

    moved = services.roll_forward(now=timezone.now())

    page.refresh_from_db()
    assert moved == 1
    assert timezone.now() < page.next_start < later
    query = DirectoryQuery(kind("events"), page.locale, {})
    assert query.page_ids() == [page.pk]


def test_an_event_whose_dates_are_all_over_leaves_the_list(organisation):
    page = pages.publish(pages.EventPageFactory(parent=organisation))
    EventPage.objects.update(
        start_date=timezone.localdate() - datetime.timedelta(days=3),
        next_start=timezone.now() - datetime.timedelta(days=3),
        next_end=timezone.now() - datetime.timedelta(days=3),
    )

    services.roll_forward(now=timezone.now())

    page.refresh_from_db()
    assert page.next_start is None
    assert DirectoryQuery(kind("events"), page.locale, {}).page_ids() == []


def test_lists_sort_by_the_next_date(organisation):
    today = timezone.localdate()
    later = pages.publish(
        pages.EventPageFactory(parent=organisation, start_date=today + datetime.timedelta(days=20))
    )
    sooner = pages.publish(
        pages.EventPageFactory(
            parent=organisation, start_date=today - datetime.timedelta(days=200), rrule="FREQ=WEEKLY"
        )
    )

    assert DirectoryQuery(kind("events"), later.locale, {}).page_ids() == [sooner.pk, later.pk]
