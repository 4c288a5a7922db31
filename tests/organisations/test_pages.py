"""Regions, organisations and contacts as readers see them."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from django.core import signing
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from organisations.models import Contact, RegionRole
from organisations.office_hours import office_hours, today_line
from organisations.presentation import transport_line
from organisations.views import SALT
from tests.factories.pages import (
    EventPageFactory,
    OfferPageFactory,
    OrganisationPageFactory,
    PlainPageFactory,
    publish,
)
from tests.factories.sites import index_as_committed, picture
from tests.services.rebuilding import built_once

FUNDING = "Gefördert durch das Bundesamt für Migration und Flüchtlinge."


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
@built_once
def contact(site):
    contact = Contact.objects.create(
        organisation_key=site.organisation.translation_key,
        name="Lena Baumgart",
        phone="+498999998017",
        email="lena@example.org",
        languages=["de", "tr"],
    )
    site.organisation.contact = contact
    publish(site.organisation)
    return contact


def with_roles(site, number=1):
    """Give the region ``number`` carriers and a funder and publish it."""
    funder = publish(OrganisationPageFactory(parent=site.region, title="BAMF", slug="bamf"))
    carriers = [publish(OrganisationPageFactory(parent=site.region)) for _ in range(number)]
    site.region.roles = [
        RegionRole(organisation=funder, role="funder", funding_sentence=FUNDING),
        *[RegionRole(organisation=carrier, role="carrier") for carrier in carriers],
    ]
    site.region = publish(site.region)
    return [funder, *carriers]


def test_a_region_shows_who_is_behind_it_with_the_funders_sentence(client, site):
    for page in with_roles(site):
        site.present(page, "tr")
    site.present(site.region, "tr")

    for code in ("de", "tr"):
        soup = read(client, f"/{code}/kempten/")
        assert [link["href"] for link in soup.select(".roles a")][-1] == f"/{code}/kempten/bamf/"
        assert soup.select_one(".roles").text.count(FUNDING) == 1


def test_the_funders_sentence_stands_below_every_page_of_the_region(client, site):
    with_roles(site)
    publish(PlainPageFactory(parent=site.region, slug="hintergrund"))

    for address in ("/de/kempten/", "/de/kempten/haus/", "/de/kempten/hintergrund/"):
        assert read(client, address).select_one("footer .funding").text.strip() == FUNDING
    assert read(client, "/de/").select("footer .funding") == []


def test_an_ended_region_is_readable_and_asks_nobody_for_anything(client, site, contact):
    site.region.runs_until = datetime.date(2018, 4, 30)
    publish(site.region)
    day = timezone.localdate() + datetime.timedelta(days=9)
    publish(EventPageFactory(parent=site.organisation, slug="fest", start_date=day))

    for address in ("/de/kempten/", "/de/kempten/haus/", "/de/kempten/haus/fest/"):
        soup = read(client, address)
        assert "30. April 2018" in soup.select_one(".banner").text
        assert soup.select("main form, .contact-list a, .facts-foot > a") == []
    assert client.get(f"/de/contact/{site.organisation.pk}/").status_code == 404


def test_a_region_that_still_runs_has_no_banner(client, site):
    assert read(client, "/de/kempten/").select(".banner") == []


def test_what_a_region_does_without_is_not_found_there(client, site):
    publish(OfferPageFactory(parent=site.organisation, slug="angebot"))
    site.present(site.organisation, "tr")
    assert client.get("/de/kempten/haus/angebot/").status_code == 200
    assert client.get("/tr/kempten/haus/").status_code == 200

    site.region.inactive_kinds = ["offers"]
    site.region.languages = ["de", "ar"]
    publish(site.region)
    type(site.region).objects.update(inactive_kinds=["offers"], languages=["de", "ar"])

    assert client.get("/de/kempten/haus/angebot/").status_code == 404
    assert client.get("/de/kempten/haus/").status_code == 200
    assert client.get("/tr/kempten/haus/").status_code == 404


def fill(site, organisation, number):
    """Publish ``number`` entries of each kind below ``organisation``."""
    for days in range(number):
        day = timezone.localdate() + datetime.timedelta(days=days + 1)
        publish(EventPageFactory(parent=organisation, start_date=day))
        publish(OfferPageFactory(parent=organisation))


@pytest.mark.both_databases
def test_an_organisation_shows_what_is_its_own_with_the_same_queries_for_one_and_three(
    client, site, django_assert_num_queries
):
    with_roles(site)
    fill(site, site.organisation, 1)
    for number in (1, 3):
        organisation = OrganisationPageFactory(
            parent=site.region, slug=f"voll-{number}", logo=picture(), image=picture()
        )
        fill(site, publish(organisation), number)

    with index_as_committed():
        for number in (1, 3):
            client.get(f"/de/kempten/voll-{number}/")
            with django_assert_num_queries(11):
                soup = read(client, f"/de/kempten/voll-{number}/")
            assert len(soup.select(".detail-layout .card")) == 2 * number


def test_what_readers_may_not_see_is_not_on_the_page_of_its_organisation(client, site):
    hidden = publish(OfferPageFactory(parent=site.organisation, title="Nur intern"))
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    publish(
        OfferPageFactory(parent=site.organisation, title="Abgelaufen", valid_until=datetime.date(2020, 1, 1))
    )
    publish(OfferPageFactory(parent=site.organisation, title="Offen"))

    titles = [link.text for link in read(client, "/de/kempten/haus/").select(".card h3 a")]

    assert titles == ["Offen"]


@pytest.mark.both_databases
def test_a_region_costs_the_same_with_one_of_everything_and_with_three(
    client, site, django_assert_num_queries
):
    for page in with_roles(site, 1):
        page.logo = picture()
        publish(page)
    site.region.image = picture()
    site.region = publish(site.region)
    fill(site, site.organisation, 1)
    with index_as_committed():
        client.get("/de/kempten/")
        with django_assert_num_queries(12):
            first = read(client, "/de/kempten/")

    site.region.roles = [
        *site.region.roles.all(),
        *[
            RegionRole(
                organisation=publish(OrganisationPageFactory(parent=site.region, logo=picture())),
                role="partner",
            )
            for _ in range(2)
        ],
    ]
    site.region = publish(site.region)
    fill(site, site.organisation, 2)
    with index_as_committed():
        client.get("/de/kempten/")
        with django_assert_num_queries(12):
            then = read(client, "/de/kempten/")

    for selector, counts in {
        ".roles dd img": (2, 4),
        ".head-actions .count": (1, 1),
        ".cards .card": (1, 3),
    }.items():
        assert tuple(len(soup.select(selector)) for soup in (first, then)) == counts, selector


# --- The e-mail address -------------------------------------------------------------------------------------


def test_no_page_contains_an_address_but_a_way_to_it(client, site, contact):
    publish(OfferPageFactory(parent=site.organisation, slug="angebot"))

    for address in ("/de/kempten/haus/", "/de/kempten/haus/angebot/"):
        response = client.get(address)
        assert b"lena" not in response.content.lower().replace(b"lena baumgart", b"")
        assert not re.search(rb"[\w.]+@[\w.]+", response.content)
        soup = BeautifulSoup(response.content, "html.parser")
        way, phone = soup.select(".contact-list a")
        assert way["href"].startswith("/de/contact/")
        assert (phone["href"], phone["dir"]) == ("tel:+498999998017", "ltr")


def test_the_address_is_shown_to_whoever_presses_the_button_and_never_to_a_get(client, site, contact):
    url = f"/de/contact/{site.organisation.pk}/"
    asked = client.get(url)
    assert b"lena@example.org" not in asked.content
    token = BeautifulSoup(asked.content, "html.parser").select_one("[name=token]")["value"]

    shown = client.post(url, {"token": token})

    assert b"mailto:lena@example.org" in shown.content
    for response in (asked, shown):
        assert dict(response.cookies) == {}
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_the_button_works_without_a_cookie_from_any_browser(site, contact):
    strict = Client(enforce_csrf_checks=True)
    url = f"/de/contact/{site.organisation.pk}/"
    token = signing.dumps(site.organisation.pk, salt=SALT)

    assert b"lena@example.org" in strict.post(url, {"token": token}).content


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"token": "forged"},
        {"token": signing.dumps(0, salt=SALT)},
        {"token": signing.dumps(1, salt="another purpose")},
    ],
)
def test_without_a_fresh_token_of_this_page_nothing_is_shown(client, site, contact, data):
    response = client.post(f"/de/contact/{site.organisation.pk}/", data)

    assert response.status_code == 200
    assert b"lena@example.org" not in response.content


def test_an_old_token_and_a_filled_trap_show_nothing(client, site, contact, monkeypatch):
    url = f"/de/contact/{site.organisation.pk}/"
    fresh = signing.dumps(site.organisation.pk, salt=SALT)
    assert b"lena@example.org" not in client.post(url, {"token": fresh, "website": "x"}).content

    monkeypatch.setattr("organisations.views.LIFETIME", -1)
    assert b"lena@example.org" not in client.post(url, {"token": fresh}).content


def test_the_contact_of_a_draft_is_nobodys_business(client, site, contact):
    draft = OfferPageFactory(parent=site.organisation, live=False)

    assert client.get(f"/de/contact/{draft.pk}/").status_code == 404
    assert client.get("/de/contact/999999/").status_code == 404
    assert client.get(f"/de/contact/{site.imprint.pk}/").status_code == 404


# --- Office hours -------------------------------------------------------------------------------------------

MONDAY = datetime.date(2026, 11, 2)


def spans(value, today=MONDAY):
    with override("en"):
        return [(day.name, day.spans) for day in office_hours(value, today=today).days]


def test_office_hours_are_a_week_in_the_readers_language():
    week = spans("Mo-Th 09:00-12:00; Tu 14:00-17:00")

    assert week[0] == ("Monday", ("09:00 to 12:00",))
    assert week[1] == ("Tuesday", ("14:00 to 17:00",))  # a later rule replaces an earlier one
    assert week[4] == ("Friday", ())
    with override("ar"):
        assert office_hours("Mo 09:00-12:00", today=MONDAY).days[0].name == "الاثنين"


def test_two_spans_on_one_day_are_both_shown():
    assert spans("Mo 09:00-12:00,14:00-18:00")[0][1] == ("09:00 to 12:00", "14:00 to 18:00")


def test_a_week_with_a_holiday_is_this_week_and_says_its_days():
    with override("en"):
        week = office_hours("Mo-Fr 09:00-12:00; PH off", today=datetime.date(2026, 12, 21))

    assert not week.is_usual
    assert week.days[4].name == "Friday, December 25"
    assert week.days[4].spans == ()


def test_today_is_marked_and_summed_up():
    with override("en"):
        assert today_line("Mo 09:00-12:00", today=MONDAY) == "Today 09:00 to 12:00"
        assert today_line("Tu 09:00-12:00", today=MONDAY) == "Closed today"
        assert today_line("", today=MONDAY) == ""
        assert today_line("nonsense", today=MONDAY) == ""
    assert [day.is_today for day in office_hours("Mo 09:00-12:00", today=MONDAY).days] == [True, *[False] * 6]


@pytest.mark.parametrize(
    ("code", "line"),
    [("en", "Stop ZUM, 3 minutes on foot"), ("ar", "موقف \u2068ZUM\u2069، 3 دقائق مشيًا")],
)
def test_the_minutes_stay_out_of_the_name_of_the_stop(site, code, line):
    page = OrganisationPageFactory.build(public_transport="ZUM", transport_minutes=3)
    with override(code):
        assert transport_line(page) == line
