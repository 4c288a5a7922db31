"""A page that is moved belongs to whom it lies below."""

import pytest

from tests.factories.pages import OfferPageFactory, OrganisationPageFactory, RegionPageFactory, start_site


@pytest.fixture
def regions(db):
    home = start_site("de")
    return RegionPageFactory(parent=home), RegionPageFactory(parent=home)


def test_a_moved_organisation_takes_its_offers_to_the_new_region(regions):
    here, there = regions
    organisation = OrganisationPageFactory(parent=here)
    offer = OfferPageFactory(parent=organisation)
    organisation.move(there, pos="last-child")
    organisation.refresh_from_db()
    offer.refresh_from_db()
    assert organisation.region_page_id == there.pk
    assert offer.region_page_id == there.pk
    assert offer.owner_page_id == organisation.pk


def test_owner_and_region_are_found_with_one_query(regions, django_assert_num_queries):
    offer = OfferPageFactory(parent=OrganisationPageFactory(parent=regions[0]))
    with django_assert_num_queries(1):
        offer.place_in_tree()
    assert offer.region_page_id == regions[0].pk
