"""Lists: the whole state in the address, complete without a script, smooth with one."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from content.models import Topic
from events.services import materialise_dates
from organisations.models import Contact
from tests.factories.pages import (
    DirectoryPageFactory,
    EventPageFactory,
    OfferPageFactory,
    OrganisationPageFactory,
    PlainPageFactory,
    publish,
)
from tests.factories.sites import index_as_committed, picture
from tests.services.rebuilding import built_once


def read(client, address, **headers):
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(soup):
    return [link.text for link in soup.select("#result-list .card h3 a, .cards .card h3 a")]


@pytest.fixture
@built_once
def offers(site):
    topic = Topic.objects.create(name="Sprache", slug="sprache")
    for title, facts, topics in (
        ("Kurs", {"offer_kind": "qualification", "costs": "paid"}, [topic]),
        ("Rat", {"offer_kind": "service"}, [topic]),
        ("Raum", {"offer_kind": "service", "step_free": "yes"}, []),
    ):
        page = OfferPageFactory(parent=site.organisation, title=title, **facts)
        page.topics.add(*topics)
        publish(page)


def test_a_list_shows_everything_with_counts_per_choice(client, offers):
    soup = read(client, "/de/offers/")

    assert sorted(titles(soup)) == ["Kurs", "Rat", "Raum"]
    assert soup.find(id="result-count").text.startswith("3")
    assert soup.find(id="count-topic-sprache").text == "2"
    assert soup.find(id="count-kind-service").text == "2"


def test_choices_narrow_the_list_and_can_be_taken_off(client, offers):
    soup = read(client, "/de/offers/?topic=sprache&kind=service")

    assert titles(soup) == ["Rat"]
    assert sorted(link["href"] for link in soup.select(".active-filters .chip.on")) == [
        "/de/offers/?kind=service",
        "/de/offers/?topic=sprache",
    ]
    checked = [(box["name"], box["value"]) for box in soup.select(".facets input[checked]")]
    assert sorted(checked) == [("kind", "service"), ("topic", "sprache")]


def test_the_filter_is_a_plain_form_that_gets(client, offers):
    form = read(client, "/de/offers/").select_one(".facets form")

    assert (form["method"], form["action"]) == ("get", "/de/offers/")
    assert form.select_one("button[type=submit]")


def test_the_keyboard_can_pass_over_the_filter(client, offers):
    soup = read(client, "/de/offers/")

    skip = soup.select_one(".skip-facets")
    assert skip.find_next("form") is soup.select_one(".facets form")
    assert soup.find(id=skip["href"].removeprefix("#"))["tabindex"] == "-1"


def test_the_same_choices_give_the_same_set_in_every_language(client, site, offers):
    for page in (site.offers, *site.organisation.get_children().specific()):
        site.present(page, "ar")

    german = read(client, "/de/offers/?topic=sprache")
    arabic = read(client, "/ar/offers/?topic=sprache")

    assert sorted(titles(german)) == sorted(titles(arabic)) == ["Kurs", "Rat"]
    other = {link["lang"]: link["href"] for link in german.select("header .language-list a")}
    assert other["ar"] == "/ar/offers/?topic=sprache"


def test_where_nothing_is_found_giving_up_a_choice_is_offered_with_what_it_brings(client, site, offers):
    publish(PlainPageFactory(parent=site.home, slug="ideenkiste", door="ideas"))

    soup = read(client, "/de/offers/?topic=sprache&accessible=yes")

    assert titles(soup) == []
    found = {link["href"]: link.text for link in soup.select(".empty .chip")}
    assert found == {
        "/de/offers/?topic=sprache": "ohne Stufenlos: 2 Treffer",
        "/de/offers/?accessible=yes": "ohne Sprache: 1 Treffer",
    }
    assert soup.select_one(".empty p a[href]")["href"] == "/de/ideenkiste/"


@pytest.mark.parametrize(
    "nonsense", ["topic=nowhere", "page=abc", "page=-3", "kind=", "q=%00", "unknown=1", "topic=a&topic=b"]
)
def test_nonsense_in_the_address_is_not_minded(client, offers, nonsense):
    assert len(titles(read(client, f"/de/offers/?{nonsense}"))) in (0, 3)


def test_long_lists_have_pages(client, site):
    for number in range(21):
        publish(OfferPageFactory(parent=site.organisation, title=f"Angebot {number}"))

    first, second = (read(client, f"/de/offers/?page={number}") for number in (1, 2))

    assert (len(titles(first)), len(titles(second))) == (20, 1)
    assert first.select_one(".pagination [rel=next]")["href"] == "/de/offers/?page=2"
    assert second.select_one(".pagination [aria-current=page]").text == "2"


def test_a_script_gets_only_what_changed(client, offers):
    response = client.get("/de/offers/?topic=sprache&q=&kind=", headers={"HX-Request": "true"})

    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.find("html") is None
    assert sorted(titles(soup)) == ["Kurs", "Rat"]
    assert soup.find(id="count-kind-service")["data-hx-swap-oob"] == "true"
    assert soup.find(id="result-count").text.startswith("2")
    assert {link["href"] for link in soup.select("#languages-head a[lang=de]")} == {
        "/de/offers/?topic=sprache"
    }
    assert response["HX-Push-Url"] == "/de/offers/?topic=sprache"
    assert "HX-Request" in response["Vary"]


def test_going_back_brings_the_whole_page(client, offers):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    assert read(client, "/de/offers/", **headers).find("html") is not None


def test_only_lists_load_htmx_and_it_keeps_nothing_in_the_browser(client, site, offers):
    soup = read(client, "/de/offers/")

    assert [tag for tag in soup.select("script[src]") if "htmx" in tag["src"]]
    assert '"historyCacheSize":0' in soup.find("meta", attrs={"name": "htmx-config"})["content"]
    assert "htmx" not in read(client, "/de/impressum/").head.decode()


def test_a_list_nobody_translated_has_its_kinds_own_name(client, site, offers):
    site.present(site.offers, "ar")

    heading = read(client, "/ar/offers/").find("h1")

    assert not heading.has_attr("lang")
    assert heading.text != "Möglichkeiten"


def test_a_list_can_be_followed_with_its_filter(client, site, offers):
    soup = read(client, "/de/offers/?topic=sprache")

    url = soup.select_one(".subscribe a")["href"]
    assert url == "/de/offers/feed.atom?topic=sprache"
    feed = client.get(url)
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert feed.content.count(b"<entry") == 2
    assert soup.select_one("link[type='application/atom+xml']")["href"] == url
    assert client.get("/de/offers/calendar.ics").status_code == 404


@pytest.fixture
@built_once
def events(site):
    publish(DirectoryPageFactory(parent=site.home, title="Termine", slug="events", kind_slug="events"))
    today = timezone.localdate()
    for days in (1, 40):
        publish(
            EventPageFactory(
                parent=site.organisation, title=f"In {days}", start_date=today + datetime.timedelta(days=days)
            )
        )


def test_a_list_with_dates_can_be_subscribed_to_as_a_calendar(client, events):
    assert titles(read(client, "/de/events/")) == ["In 1", "In 40"]

    calendar = client.get("/de/events/calendar.ics")

    assert calendar["Content-Type"].startswith("text/calendar")
    assert calendar.content.count(b"BEGIN:VEVENT") == 2


def test_a_list_of_a_kind_that_is_gone_is_not_found(client, site):
    page = publish(DirectoryPageFactory(parent=site.home, slug="weg"))
    type(page).objects.filter(pk=page.pk).update(kind_slug="gone")

    for address in ("/de/weg/", "/de/weg/feed.atom", "/de/weg/calendar.ics"):
        assert client.get(address).status_code == 404
    assert client.get("/de/").status_code == 200


@pytest.mark.both_databases
def test_a_list_costs_the_same_with_one_entry_and_with_three(client, site, django_assert_num_queries):
    publish(
        DirectoryPageFactory(parent=site.home, title="Organisationen", slug="who", kind_slug="organisations")
    )
    publish(DirectoryPageFactory(parent=site.home, title="Termine", slug="when", kind_slug="events"))
    type(site.organisation).objects.filter(pk=site.organisation.pk).update(logo=picture())

    def fill(number):
        for entry in range(number):
            publish(OfferPageFactory(parent=site.organisation, image=picture()))
            title = f"Angebot am Tag {number}.{entry}"
            event = publish(EventPageFactory(parent=site.organisation, image=picture(), title=title))
            materialise_dates(page=event)
            publish(OrganisationPageFactory(parent=site.region, logo=picture()))

    for number in (1, 2):
        fill(number)
        with index_as_committed():
            for address, count in (
                ("/de/offers/?free=yes", 12),
                ("/de/offers/?q=Angebot&free=yes", 14),
                ("/de/when/?free=yes", 12),
                (f"/de/when/?from={timezone.localdate()}", 13),
                ("/de/who/", 12),
                ("/de/search/?q=Angebot", 10),
            ):
                client.get(address)
                with django_assert_num_queries(count):
                    read(client, address)


# --- Search -------------------------------------------------------------------------------------------------


def test_search_finds_in_all_kinds_and_leads_to_their_lists(client, site):
    for number in range(7):
        publish(OfferPageFactory(parent=site.organisation, title=f"Nähkurs {number}"))
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    publish(EventPageFactory(parent=site.organisation, title="Nähkurs am Abend", start_date=tomorrow))
    publish(PlainPageFactory(parent=site.home, title="Über den Nähkurs", slug="ueber"))

    soup = read(client, "/de/search/?q=Nähkurs")

    assert soup.select_one(".search-count").text.startswith("9 ")
    assert soup.select_one(".more")["href"] == "/de/offers/?q=N%C3%A4hkurs"
    assert len(soup.select("section .card")) == 7
    assert soup.find("input", id="q")["value"] == "Nähkurs"


def test_both_spellings_find_the_same(client, site):
    site.region.name_variants = ["Kempton"]
    publish(site.region)
    publish(OfferPageFactory(parent=site.organisation, title="Nähkurs"))

    assert titles(read(client, "/de/search/?q=Kempton")) == titles(read(client, "/de/search/?q=Kempten"))
    assert "Nähkurs" in titles(read(client, "/de/search/?q=Kempton"))


def test_a_search_without_words_or_result_shows_a_way_on(client, site):
    assert read(client, "/de/search/").select(".empty, .search-count") == []

    soup = read(client, "/de/search/?q=xyzzy")

    assert soup.select_one(".search-count").text.startswith("0 ")
    assert soup.select_one(".empty .button")["href"] == "/de/"


def test_what_is_searched_for_is_text_and_never_markup(client, site):
    response = client.get("/de/search/?q=<script>alert(1)</script>")

    assert b"<script>alert" not in response.content


def test_a_contact_is_not_found_by_the_address(client, site):
    contact = Contact.objects.create(
        organisation_key=site.organisation.translation_key, name="Lena", email="lena@example.org"
    )
    publish(OfferPageFactory(parent=site.organisation, title="Nähkurs", contact=contact))

    assert titles(read(client, "/de/search/?q=lena@example.org")) == []
