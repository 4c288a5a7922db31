"""The start page: three doors, what comes next, what is new, where."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from tests.factories.pages import (
    DirectoryPageFactory,
    EventPageFactory,
    OfferPageFactory,
    PlainPageFactory,
    RegionPageFactory,
    publish,
)
from tests.factories.sites import index_as_committed
from tests.services.rebuilding import built_once


def start(client, code="de"):
    return BeautifulSoup(client.get(f"/{code}/").content, "html.parser")


@pytest.fixture
@built_once
def lists(site):
    for title, slug in (("Termine", "events"), ("Organisationen", "organisations")):
        publish(DirectoryPageFactory(parent=site.home, title=title, slug=slug, kind_slug=slug))


def doors(soup):
    return [link["href"] for link in soup.select(".doors .door a")]


def test_three_doors_lead_to_the_lists_of_their_kinds(client, site, lists):
    assert doors(start(client)) == ["/de/events/", "/de/offers/", "/de/organisations/"]


def test_three_doors_are_there_in_every_language(client, site, lists):
    for page in site.home.get_children().specific():
        site.present(page, "ar")

    assert doors(start(client, "ar")) == ["/ar/events/", "/ar/offers/", "/ar/organisations/"]


def test_an_idea_box_stands_behind_the_door_of_ideas(client, site, lists):
    publish(PlainPageFactory(parent=site.home, slug="ideenkiste", door="ideas"))

    assert doors(start(client))[0] == "/de/ideenkiste/"


def in_days(site, number, **facts):
    day = timezone.localdate() + datetime.timedelta(days=number)
    return publish(EventPageFactory(parent=site.organisation, start_date=day, **facts))


def test_a_page_behind_a_door_leads_on_to_the_list_it_took_the_place_of(client, site, lists):
    in_days(site, 2, title="Bald")
    publish(OfferPageFactory(parent=site.organisation, title="Rat"))
    for slug, door in (("ideenkiste", "ideas"), ("ueber-uns", "")):
        publish(PlainPageFactory(parent=site.home, slug=slug, door=door))

    def led_to(slug):
        soup = BeautifulSoup(client.get(f"/de/{slug}/").content, "html.parser")
        return [link.get("href") for link in soup.select("main .more")], [
            link.text for link in soup.select("main .card h3 a")
        ]

    assert led_to("ideenkiste") == (["/de/events/"], ["Bald"])
    assert led_to("ueber-uns") == ([], [])


def test_the_next_dates_come_soonest_first_and_without_what_is_over(client, site):
    in_days(site, 9, title="Später")
    in_days(site, 2, title="Bald")
    in_days(site, -2, title="Vorbei")

    titles = [link.text for link in start(client).select("section[aria-labelledby=list-events] h3 a")]

    assert titles == ["Bald", "Später"]


@pytest.mark.both_databases
def test_the_start_page_costs_the_same_with_one_entry_and_with_three(
    client, site, lists, django_assert_num_queries
):
    def fill(number):
        in_days(site, number + 1)
        publish(OfferPageFactory(parent=site.organisation))

    fill(1)
    with index_as_committed():
        client.get("/de/")
        with django_assert_num_queries(10):
            client.get("/de/")
    fill(2)
    fill(3)
    with index_as_committed():
        client.get("/de/")
        with django_assert_num_queries(10):
            assert len(start(client).select(".card-row time")) == 3


def test_regions_that_ended_stand_last(client, site):
    old = RegionPageFactory(parent=site.home, title="Altstadt", runs_until=datetime.date(2018, 4, 30))
    publish(old)
    publish(RegionPageFactory(parent=site.home, title="Roth"))

    assert [link.text for link in start(client).select(".regions a")] == ["Kempten", "Roth", "Altstadt"]
