"""What holds for every public page: language, direction, no cookie, no third party, no inline code."""

import re

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from tests.factories.pages import PlainPageFactory, publish


@pytest.fixture
def addresses(site):
    site.present(site.imprint, "ar")
    return ["/de/", "/ar/", "/de/impressum/", "/ar/impressum/", "/de/search/"]


#: What a browser fetches by itself; canonical and alternate links only tell.
LOADED = "[src], link[href]:not([rel=canonical], [rel=alternate]), use[href]"


def soup_of(response):
    return BeautifulSoup(response.content, "html.parser")


def test_every_page_says_its_language_and_direction(client, addresses):
    for address in addresses:
        root = soup_of(client.get(address)).html
        assert (root["lang"], root["dir"]) == (("ar", "rtl") if "/ar/" in address else ("de", "ltr"))


def test_readers_get_no_cookie_and_nothing_looks_at_one(client, addresses):
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert dict(response.cookies) == {}, address
        assert "Cookie" not in response.headers.get("Vary", ""), address
        assert b"csrfmiddlewaretoken" not in response.content


def test_no_page_allows_or_contains_inline_code(client, addresses):
    for address in addresses:
        response = client.get(address)
        assert "unsafe-inline" not in response.headers["Content-Security-Policy"]
        soup = soup_of(response)
        assert soup.select("[style], style, [onclick], script:not([src]):not([nonce])") == []


def test_no_page_asks_a_third_party(client, addresses):
    for address in addresses:
        soup = soup_of(client.get(address))
        loaded = [tag.get("src") or tag.get("href") for tag in soup.select(LOADED)]
        assert loaded
        assert [url for url in loaded if re.match(r"(https?:)?//", url)] == []


def test_the_way_to_the_content_comes_first(client, addresses):
    for address in addresses:
        soup = soup_of(client.get(address))
        assert soup.body.find(["a", "button", "input"])["href"] == "#main"
        assert len(soup.find_all("h1")) == 1
        assert soup.find(id="main").name == "main"


def test_no_id_occurs_twice(client, addresses):
    for address in addresses:
        ids = [tag["id"] for tag in soup_of(client.get(address)).select("[id]")]
        assert len(ids) == len(set(ids)), address


def test_the_language_switcher_keeps_the_page_and_names_languages_themselves(client, site):
    site.present(site.imprint, "tr")

    links = soup_of(client.get("/de/impressum/")).select("header .language-list a")

    assert {link["lang"]: (link["href"], link.text) for link in links}["tr"] == ("/tr/impressum/", "Türkçe")
    assert [link["lang"] for link in links if link.get("aria-current")] == ["de"]


def test_the_language_switcher_keeps_the_search(client, site):
    links = soup_of(client.get("/de/search/?q=Kempton")).select("header .language-list a")

    assert {link["lang"]: link["href"] for link in links}["tr"] == "/tr/search/?q=Kempton"


def test_a_page_nobody_translated_says_so_and_in_which_language_it_is(client, site):
    site.present(site.imprint, "ar")

    soup = soup_of(client.get("/ar/impressum/"))

    heading = soup.find("h1")
    assert (heading["lang"], heading["dir"], heading.text) == ("de", "ltr", "Impressum")
    assert "العربية" in soup.select_one(".note.info").text


def test_a_page_in_its_own_language_says_nothing_about_languages(client, site):
    soup = soup_of(client.get("/de/impressum/"))

    assert not soup.find("h1").has_attr("lang")
    assert soup.select(".note") == []


def test_legal_pages_are_one_tap_away(client, site):
    footer = soup_of(client.get("/de/")).find("footer")

    assert footer.find("a", string="Impressum")["href"] == "/de/impressum/"


def test_a_page_that_is_closed_to_the_public_is_in_no_menu(client, site):
    page = publish(PlainPageFactory(parent=site.home, title="Nur für uns", show_in_menus=True))
    assert "Nur für uns" in client.get("/de/").content.decode()

    PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert "Nur für uns" not in client.get("/de/").content.decode()


@pytest.mark.parametrize(
    ("asked", "language"),
    [("tr,en;q=0.5", "tr"), ("de-AT", "de"), ("ja", "de"), ("", "de"), ("ar-SY,ar;q=0.9", "ar")],
)
def test_the_bare_address_leads_to_the_language_the_browser_asks_for(client, db, asked, language):
    response = client.get("/", headers={"accept-language": asked})

    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert response["Vary"] == "Accept-Language"
    assert dict(response.cookies) == {}


def test_nobody_is_sent_to_plain_german_without_asking(client, db):
    assert client.get("/", headers={"accept-language": "de-DE,de"})["Location"] == "/de/"
