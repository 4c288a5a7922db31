"""What editors see before they publish: every page type, also one that was never saved."""

import datetime

import pytest
from bs4 import BeautifulSoup

from organisations.models import Contact
from tests.factories.pages import (
    DirectoryPageFactory,
    EventPageFactory,
    OfferPageFactory,
    OrganisationPageFactory,
    PlainPageFactory,
    RegionPageFactory,
)

FACTORIES = {
    "DirectoryPage": (DirectoryPageFactory, "home"),
    "PlainPage": (PlainPageFactory, "region"),
    "RegionPage": (RegionPageFactory, "home"),
    "OrganisationPage": (OrganisationPageFactory, "region"),
    "OfferPage": (OfferPageFactory, "organisation"),
    "EventPage": (EventPageFactory, "organisation"),
}


def preview(page):
    response = page.make_preview_request()
    response.render()
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def furnished(site):
    site.organisation.contact = Contact.objects.create(
        organisation_key=site.organisation.translation_key, name="Ada", email="ada@example.org"
    )
    site.organisation.save()
    return site


@pytest.mark.parametrize("name", FACTORIES)
def test_a_draft_can_be_previewed(furnished, name):
    factory, parent = FACTORIES[name]
    page = factory(parent=getattr(furnished, parent), live=False, title="Entwurf")

    assert preview(page).find("h1").text == "Entwurf"


@pytest.mark.parametrize("name", FACTORIES)
def test_a_page_can_be_previewed_before_it_is_saved(furnished, name):
    factory, parent = FACTORIES[name]
    parent = getattr(furnished, parent)
    # As Wagtail prepares a page that is being made.
    page = factory.build(title="Neu", locale=parent.locale)
    page.slug = "neu"
    page.set_url_path(parent)
    page.path = type(page)._get_children_path_interval(parent.path)[1]
    page.depth = parent.depth + 1

    soup = preview(page)

    assert soup.find("h1").text == "Neu"
    crumbs = [link["href"] for link in soup.select(".breadcrumbs a")]
    assert crumbs[-1] == parent.get_url()


def test_the_start_page_can_be_previewed(furnished):
    furnished.home.headline = "Noch nicht gespeichert"

    assert preview(furnished.home).find("h1").text == "Noch nicht gespeichert"


def test_a_preview_shows_what_is_in_the_form_and_not_in_the_database(furnished):
    page = EventPageFactory(parent=furnished.organisation, live=False)
    page.start_date = datetime.date(2030, 5, 17)

    assert "17. Mai 2030" in preview(page).select_one("dl.facts").text
