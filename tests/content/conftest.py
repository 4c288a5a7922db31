"""A small tree, with a page of every declared kind."""

import pytest

from tests.factories.pages import (
    EventPageFactory,
    OfferPageFactory,
    OrganisationPageFactory,
    RegionPageFactory,
    publish,
    start_site,
)


@pytest.fixture
def home(db):
    return start_site()


@pytest.fixture
def region(home):
    return publish(RegionPageFactory(parent=home, title="Kempten (Allgäu)", slug="kempten"))


@pytest.fixture
def organisation(region):
    return publish(
        OrganisationPageFactory(parent=region, title="Haus International", slug="haus-international")
    )


@pytest.fixture
def offer(organisation):
    return publish(
        OfferPageFactory(parent=organisation, title="Hilfe bei Anträgen", slug="hilfe-bei-antraegen")
    )


@pytest.fixture
def event(organisation):
    return publish(EventPageFactory(parent=organisation, title="World Café", slug="world-cafe"))
