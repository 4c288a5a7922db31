"""The table of pages and languages: who sees what of it, its download, and what nobody has to translate."""

import csv
import io
from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model

from content.audit import AuditEntry
from partners import services as partners
from tests.factories.pages import OrganisationPageFactory, RegionPageFactory, publish
from tests.translation.desk.test_desk import many
from tests.translation.drafts.world import Desk
from translation import services
from translation.desk import services as claims
from translation.desk.models import Claim
from translation.models import State

ADDRESS = "/admin/translation/matrix/"


@pytest.fixture
def desk(db, client):
    desk = Desk()
    desk.other = publish(
        RegionPageFactory(parent=desk.region.get_parent(), title="Landkreis Roth", slug="roth")
    )
    desk.club = publish(OrganisationPageFactory(parent=desk.other, title="=SV Illertal", slug="sv"))
    for page in (desk.other, desk.club):
        services.follow_source(page=page)
    desk.coordinator = desk.person("kathrin")
    desk.coordinator.groups.add(partners.ensure_coordinator_group(region=desk.region))
    desk.chief = get_user_model().objects.create_superuser("chefin")
    client.force_login(desk.coordinator)
    return desk


def table(client, query=""):
    """Return ``{title: [words of the cells]}``."""
    soup = BeautifulSoup(client.get(f"{ADDRESS}{query}").content, "html.parser")
    return {
        row.select_one("th a").get_text(strip=True): [cell.get_text(strip=True) for cell in row.select("td")]
        for row in soup.select("tbody tr")
    }


def test_every_state_has_its_word(desk, client):
    desk.translate("tr")
    desk.submit("tr")
    assert table(client)["World Café"] == ["in Prüfung", "fehlt"]
    desk.approve("tr")
    assert table(client)["World Café"] == ["aktuell", "fehlt"]
    desk.republish(teaser="Kommen Sie!")
    desk.save("World Café", "مقهى", by=desk.hanan, code="ar")
    assert table(client)["World Café"] == ["veraltet", "in Arbeit"]
    assert list(table(client, "?state=outdated")) == ["World Café"]
    assert list(table(client, "?state=fresh")) == []


def test_a_language_that_the_region_does_without_is_no_gap(desk, client):
    desk.region.languages = ["de", "ar"]
    publish(desk.region)
    services.follow_region(page=desk.region)
    assert table(client)["World Café"] == ["–", "fehlt"]


def test_coordinators_see_their_region_administrators_all_and_others_nothing(desk, client):
    assert sorted(table(client)) == ["Haus International", "Kempten (Allgäu)", "World Café"]
    assert "Illertal" not in client.get(f"{ADDRESS}?export=csv").content.decode()
    client.force_login(desk.chief)
    assert {"=SV Illertal", "World Café", "Landkreis Roth"} <= set(table(client))
    assert sorted(table(client, f"?region={desk.other.translation_key}")) == [
        "=SV Illertal",
        "Landkreis Roth",
    ]
    partner = desk.person("partner")
    partner.groups.add(partners.ensure_partner_group(organisation=desk.organisation))
    for person in (partner, desk.aylin):
        client.force_login(person)
        assert client.get(ADDRESS)["Location"] == "/admin/"
        assert client.get(f"{ADDRESS}{desk.event.pk}/")["Location"] == "/admin/"


def test_the_download_says_the_same_and_starts_no_formula(desk, client):
    client.force_login(desk.chief)
    response = client.get(f"{ADDRESS}?export=csv&kind=organisations")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["Titel", "Art", "Region", "Türkçe", "العربية"]
    assert sorted(rows[1:]) == [
        ["'=SV Illertal", "Organisation", "Landkreis Roth", "fehlt", "fehlt"],
        ["Haus International", "Organisation", "Kempten (Allgäu)", "fehlt", "fehlt"],
    ]


def test_a_coordinator_says_that_nobody_has_to_translate_a_page_and_takes_it_back(desk, client):
    claims.claim(target=desk.target("tr"), user=desk.aylin)
    address = f"{ADDRESS}{desk.event.pk}/"
    assert unescape(client.get(address).content.decode()).count(" checked") == 2
    client.post(address, {"languages": ["ar"]})
    assert (desk.state("tr").standing, desk.state("ar").standing) == (State.NOT_WANTED, State.MISSING)
    assert Claim.objects.count() == 0
    client.post(address, {"languages": ["ar"]})
    client.post(address, {"languages": ["tr", "ar"]})
    assert desk.state("tr").standing == State.MISSING
    entries = AuditEntry.objects.filter(action=claims.WANTED).order_by("pk")
    assert [(entry.actor_label, entry.subject_label, entry.detail) for entry in entries] == [
        ("kathrin", "World Café", {"language": "tr", "wanted": False}),
        ("kathrin", "World Café", {"language": "tr", "wanted": True}),
    ]


def test_nobody_decides_for_another_region(desk, client):
    assert client.post(f"{ADDRESS}{desk.club.pk}/", {})["Location"] == "/admin/"
    assert AuditEntry.objects.filter(action=claims.WANTED).count() == 0


def test_a_hundred_pages_cost_as_many_queries_as_three(desk, client, django_assert_num_queries):
    client.get(ADDRESS)
    # Seven are the matrix's: rights, ground, pages, languages, present, states, coverage. The others are every page's.
    with django_assert_num_queries(13):
        client.get(ADDRESS)
    many(desk, 100)
    with django_assert_num_queries(13):
        response = client.get(ADDRESS)
    assert len(response.context["page"].object_list) == 100
