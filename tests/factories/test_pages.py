"""Every factory makes a page that could be published."""

import pytest

from .pages import (
    DirectoryPageFactory,
    EventPageFactory,
    OfferPageFactory,
    OrganisationPageFactory,
    PlainPageFactory,
    RegionPageFactory,
    publish,
    start_site,
)


@pytest.mark.django_db
def test_pages_of_every_kind_can_be_published_where_partners_put_them():
    home = start_site("tr")
    region = RegionPageFactory(parent=home)
    organisation = OrganisationPageFactory(parent=region)
    for page in (
        home,
        DirectoryPageFactory(parent=home),
        PlainPageFactory(parent=region),
        region,
        organisation,
        OfferPageFactory(parent=organisation),
        EventPageFactory(parent=organisation),
    ):
        assert publish(page).live_revision_id is not None
