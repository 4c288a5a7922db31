"""An offer as readers see it."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from content.models import Topic
from offers.presentation import availability_grid, offer_highlights
from organisations.models import Contact
from tests.factories.pages import OfferPageFactory, OrganisationPageFactory, publish
from tests.factories.sites import index_as_committed, picture


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def symbols(fragment):
    return [use["href"].rpartition("#")[2] for use in fragment.find_all("use")]


def test_the_facts_stand_before_any_prose(client, site):
    publish(
        OfferPageFactory(
            parent=site.organisation,
            slug="hilfe",
            purpose="join_in",
            commitment="weekly",
            commitment_note="2 Stunden",
            german_level="b1",
            languages_spoken=["de", "tr"],
            minimum_age=16,
            insured="yes",
            first_step="Ruf an.",
            what_to_bring="Geduld",
        )
    )

    soup = read(client, "/de/kempten/haus/hilfe/")

    facts = soup.select_one("dl.facts")
    assert facts.sourceline < soup.select_one(".prose").sourceline
    assert symbols(facts) == ["clock", "level", "language", "euro", "people", "insurance", "bring", "steps"]
    assert "Ruf an." in facts.select_one(".wide").text


def test_contact_and_place_are_the_organisations_unless_the_offer_has_its_own(client, site):
    contact = Contact.objects.create(
        organisation_key=site.organisation.translation_key, name="Haustelefon", phone="+498999998000"
    )
    site.organisation.contact = contact
    site.organisation.street, site.organisation.city = "Poststr. 22", "Kempten"
    publish(site.organisation)
    publish(OfferPageFactory(parent=site.organisation, slug="wie-das-haus"))
    own = Contact.objects.create(
        organisation_key=site.organisation.translation_key, name="Ada", phone="+498999998001"
    )
    publish(OfferPageFactory(parent=site.organisation, slug="eigen", contact=own, street="Am Bach 1"))

    inherited, overridden = (read(client, f"/de/kempten/haus/{slug}/") for slug in ("wie-das-haus", "eigen"))

    assert "Haustelefon" in inherited.select_one(".contact").text
    assert "Haus International" in inherited.select_one("dl.facts strong").text
    assert "Poststr. 22, Kempten" in inherited.select_one("dl.facts").text
    assert "Ada" in overridden.select_one(".contact").text
    assert "Am Bach 1" in overridden.select_one("dl.facts").text
    assert "Poststr. 22" not in overridden.select_one("dl.facts").text


def test_days_and_times_are_a_grid(site):
    page = OfferPageFactory.build(availability=["mo-afternoon", "su-evening"])

    rows = availability_grid(page).rows

    assert [[number for number, cell in enumerate(row.cells) if cell] for row in rows] == [[], [0], [6]]
    page.availability = []
    assert availability_grid(page) is None


@pytest.mark.parametrize(("stage", "is_said"), [("running", False), ("paused", True), ("ended", True)])
def test_a_stage_is_said_when_the_offer_does_not_simply_run(client, site, stage, is_said):
    publish(OfferPageFactory(parent=site.organisation, slug="angebot", stage=stage))

    assert bool(read(client, "/de/kempten/haus/angebot/").select(".page-head .status")) is is_said


def test_the_german_that_is_needed_comes_first_among_the_words_that_decide(site):
    page = OfferPageFactory.build(german_level="b1", costs="free", childcare="yes")

    assert [highlight.icon for highlight in offer_highlights(page)] == ["speech", "euro", "family", "people"]


def test_where_nobody_looked_at_accessibility_nothing_is_claimed(client, site):
    publish(OfferPageFactory(parent=site.organisation, slug="angebot"))

    assert read(client, "/de/kempten/haus/angebot/").select(".tristate") == []


@pytest.mark.both_databases
def test_a_full_page_costs_the_same_with_one_of_everything_and_with_three(
    client, site, django_assert_num_queries
):
    funder = publish(OrganisationPageFactory(parent=site.region, title="Förderer", logo=picture()))
    site.present(funder, "tr")
    publish(OfferPageFactory(parent=site.organisation))
    for number in (1, 3):
        page = OfferPageFactory(
            parent=site.organisation, slug=f"voll-{number}", funded_by=funder, image=picture()
        )
        page.topics.add(
            *[Topic.objects.get_or_create(name=f"Thema {i}", slug=f"thema-{i}")[0] for i in range(number)]
        )
        site.present(publish(page), "tr")

    with index_as_committed():
        for number in (1, 3):
            for code in ("de", "tr"):
                client.get(f"/{code}/kempten/haus/voll-{number}/")
                with django_assert_num_queries(12):
                    soup = read(client, f"/{code}/kempten/haus/voll-{number}/")
                assert len(soup.select("aside .chip")) == number
                assert len(soup.select("main img")) == 2


def test_what_is_over_is_marked_for_a_month_and_then_gone_with_its_name(client, site):
    today = timezone.localdate()
    page = OfferPageFactory(
        parent=site.organisation,
        slug="mini",
        title="Mini-Fonds",
        valid_until=today - datetime.timedelta(days=5),
    )
    publish(page)
    assert read(client, "/de/kempten/haus/mini/").select(".page-head .status")

    page.valid_until = today - datetime.timedelta(days=31)
    publish(page)

    response = client.get("/de/kempten/haus/mini/")
    soup = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 410
    assert "Mini-Fonds" in soup.select_one("main").text
    assert soup.select_one("main .button")["href"] == "/de/offers/"
