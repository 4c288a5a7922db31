"""Translations follow in another process, on the database and the broker of production."""

import datetime

import pytest
from wagtail.models import Locale, Page

from tests.factories.pages import (
    EventPageFactory,
    OrganisationPageFactory,
    RegionPageFactory,
    publish,
    start_site,
)
from tests.services.celery_worker import sending_to
from translation import services

pytestmark = pytest.mark.services


def make_event():
    organisation = OrganisationPageFactory(parent=RegionPageFactory(parent=start_site("tr", "ar")))
    return EventPageFactory(parent=organisation, title="World Café")


def in_turkish(page):
    return type(page).objects.get(translation_key=page.translation_key, locale__language_code="tr")


@pytest.mark.postgres
def test_pages_become_present_and_facts_travel_through_a_real_worker(celery_worker):
    event = make_event()
    celery_worker.wait_until_idle()
    assert in_turkish(event).alias_of_id == event.pk
    services.write_translation(page=event, language_code="tr", sentences={"title": "Dünya Kafesi"})
    event.start_date = datetime.date(2026, 12, 19)
    publish(event)
    celery_worker.wait_until_idle()
    assert in_turkish(event).start_date == datetime.date(2026, 12, 19)
    assert in_turkish(event).title == "Dünya Kafesi"
    for page in Page.objects.all():
        assert page.numchild == Page.objects.child_of(page).count(), page


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_stops_no_publication_and_the_clock_catches_up(redis_server):
    with sending_to(redis_server):
        redis_server.stop()
        event = publish(make_event())
    assert not Page.objects.filter(
        translation_key=event.translation_key, locale=Locale.objects.get(language_code="tr")
    )
    services.catch_up()
    assert in_turkish(event).title == "World Café"
