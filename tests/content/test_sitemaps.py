"""The sitemap lists every public page in every language, and nothing else."""

import xml.etree.ElementTree as ElementTree  # noqa: S405  (reads what we wrote ourselves)

import pytest

from content import sitemaps
from content.registry import localiser
from tests.factories import pages
from tests.services.rebuilding import built_once

pytestmark = pytest.mark.django_db

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
URL = "{http://www.sitemaps.org/schemas/sitemap/0.9}url"
LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture
@built_once
def offer():
    home = pages.start_site("de", "de-simple", "ar")
    region = pages.publish(pages.RegionPageFactory(parent=home, slug="kempten"))
    organisation = pages.publish(pages.OrganisationPageFactory(parent=region, slug="haus"))
    offer = pages.publish(pages.OfferPageFactory(parent=organisation, slug="beratung"))
    for page in (home, region, organisation, offer):
        localiser().make_present(page=page)
    return offer


def entries(client, path="/sitemap.xml"):
    root = ElementTree.fromstring(client.get(path).content)  # noqa: S314  (the same)
    return {
        url.find(LOC).text: {link.get("hreflang"): link.get("href") for link in url.findall(LINK)}
        for url in root.findall(URL)
    }


def test_a_page_stands_in_every_language_of_its_region(client, offer):
    found = [url for url in entries(client) if url.endswith("/kempten/haus/beratung/")]

    assert sorted(url.split("/")[3] for url in found) == ["ar", "de", "de-simple"]


def test_alternates_are_mutual_absolute_and_have_a_default(client, offer):
    found = entries(client)
    german = next(url for url in found if "/de/" in url and url.endswith("/beratung/"))
    arabic = german.replace("/de/", "/ar/")

    assert found[german] == {"de": german, "ar": arabic, "x-default": german}
    assert found[arabic] == found[german]
    assert german.startswith("http://")


def test_plain_german_has_an_entry_and_no_hreflang(client, offer):
    found = entries(client)
    plain = next(url for url in found if "/de-simple/" in url and url.endswith("/beratung/"))

    assert found[plain] == {}
    assert all("de-simple" not in alternates for alternates in found.values())


def test_what_is_not_public_is_not_in_the_sitemap(client, offer):
    pages.OfferPageFactory(parent=offer.get_parent(), slug="entwurf", live=False)
    offer.get_parent().view_restrictions.create(restriction_type="login")

    assert [url for url in entries(client) if "/haus/" in url] == []


def test_a_long_sitemap_is_an_index_of_parts(client, offer, monkeypatch):
    monkeypatch.setattr(sitemaps, "PAGES_PER_FILE", 2)
    whole = set()

    index = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314  (the same)
    parts = [element.text for element in index.iter(LOC)]
    for part in parts:
        whole |= set(entries(client, part.removeprefix("http://testserver")))

    monkeypatch.undo()
    assert len(parts) == 3
    assert whole == set(entries(client))
    assert client.get("/sitemap-99.xml").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_sitemap_takes_the_same_queries_however_long(client, offer, count, django_assert_num_queries):
    for number in range(count):
        pages.publish(pages.OfferPageFactory(parent=offer.get_parent(), slug=f"mehr-{number}"))
    client.get("/sitemap.xml")

    with django_assert_num_queries(9):
        client.get("/sitemap.xml")


def test_robots_are_shown_the_sitemap(client):
    body = client.get("/robots.txt").content.decode()

    assert "Sitemap: http://testserver/sitemap.xml" in body
    assert "Disallow: /admin/" in body
