"""What a publication costs, in queries. A change of these numbers should be on purpose."""

import pytest
from django.contrib.contenttypes.models import ContentType

from tests.factories.pages import (
    EventPageFactory,
    OrganisationPageFactory,
    RegionPageFactory,
    publish,
    start_site,
)
from translation import services

LANGUAGES = ("de-simple", "en", "tr", "uk", "ar")
SENTENCES = {"title": "Dünya Kafesi", "teaser": "Konuşalım.", "text": "<p>Hazır.</p>"}


@pytest.fixture
def event(db):
    home = start_site()
    region = RegionPageFactory(parent=home)
    organisation = OrganisationPageFactory(parent=region)
    for page in (home, region, organisation):
        services.make_present(page=page)
    services.make_present(page=EventPageFactory(parent=organisation))
    event = EventPageFactory(parent=organisation)
    ContentType.objects.get_for_model(type(event))
    return event


def test_making_a_page_present_in_five_more_languages(event, django_assert_max_num_queries):
    with django_assert_max_num_queries(290):
        services.make_present(page=event)
    with django_assert_max_num_queries(21):
        services.make_present(page=event)


def test_writing_a_translation(event, django_assert_max_num_queries):
    services.make_present(page=event)
    with django_assert_max_num_queries(115):
        services.write_translation(page=event, language_code="tr", sentences=SENTENCES)
    with django_assert_max_num_queries(21):
        services.write_translation(page=event, language_code="tr", sentences=SENTENCES)


def test_following_a_publication_with_five_translations(event, django_assert_max_num_queries):
    for code in LANGUAGES:
        services.write_translation(page=event, language_code=code, sentences=SENTENCES)
    event = publish(event)
    services.follow_source(page=event)
    event.title, event.place_name = "World Café am Abend", "Stadthalle"
    event = publish(event)
    with django_assert_max_num_queries(192):
        assert len(services.follow_source(page=event)) == 5
    with django_assert_max_num_queries(36):
        assert services.follow_source(page=event) == []
