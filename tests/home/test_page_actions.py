"""Links that apps and plugins put at the foot of pages."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail import hooks

from content import registry
from content.registry import PageAction
from tests.factories.pages import OfferPageFactory, publish


@pytest.fixture
def action(monkeypatch):
    """Return a function that adds links for the time of a test; there are no others."""
    monkeypatch.setitem(hooks._hooks, "register_content_page_actions", [])

    def add(**facts):
        facts = {"slug": "extra", "label": "Dazu", "url": lambda page, request: f"/to/{page.pk}/"} | facts
        hooks.register("register_content_page_actions", lambda: PageAction(**facts))
        registry.clear()

    yield add
    registry.clear()


def links(client, address):
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    return [(tag.text.strip(), tag["href"]) for tag in soup.select(".page-actions a")]


def test_a_link_stands_on_pages_of_every_kind_on_regions_and_on_plain_pages(client, site, action):
    offer = publish(OfferPageFactory(parent=site.organisation, title="Nähkurs", slug="kurs"))
    action()

    for page in (offer, site.organisation, site.region, site.imprint):
        assert links(client, page.url) == [("Dazu", f"/to/{page.pk}/")]


def test_links_stand_in_the_order_they_ask_for(client, site, action):
    action(slug="second", label="zwei", order=20)
    action(slug="first", label="eins", order=10)

    assert [label for label, _address in links(client, "/de/kempten/haus/")] == ["eins", "zwei"]


def test_a_link_without_an_address_stands_nowhere(client, site, action):
    action(url=lambda page, request: "")

    assert links(client, "/de/kempten/haus/") == []
    assert b"page-actions" not in client.get("/de/kempten/haus/").content


def test_a_link_leads_to_the_page_in_the_language_that_is_read(client, site, action):
    turkish = site.present(site.organisation, "tr")
    action()

    assert links(client, turkish.url) == [("Dazu", f"/to/{turkish.pk}/")]


def test_nothing_can_be_done_about_a_page_of_a_region_that_has_ended(client, site, action):
    action()
    site.region.runs_until = timezone.localdate() - datetime.timedelta(days=1)
    publish(site.region)

    assert links(client, "/de/kempten/") == []
    assert links(client, "/de/kempten/haus/") == []
    assert links(client, "/de/impressum/") != []


def test_a_preview_asks_for_nothing(site, action, rf):
    action()
    request = rf.get("/")
    request.is_preview = True

    assert registry.page_actions(site.organisation, request) == []


def test_what_a_link_says_is_text_and_never_markup(client, site, action):
    action(label="<script>alert(1)</script>", url=lambda page, request: '/"><script>alert(2)</script>')

    assert b"<script>alert" not in client.get("/de/kempten/haus/").content
