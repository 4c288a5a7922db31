"""The admin's flat list of each kind: what stands in it, for whom, and what it costs."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.translation import override
from wagtail.models import Locale, Workflow

from content import registry
from content.audit import AuditEntry
from content.transfer import read_table
from partners.services import ensure_coordinator_group
from tests.factories.pages import (
    EventPageFactory,
    OfferPageFactory,
    OrganisationPageFactory,
    PlainPageFactory,
    publish,
)
from tests.factories.people import page_group, trusted_group
from tests.services.rebuilding import built_once

LIST = "/admin/kinds/offers/"
KINDS = registry.all_kinds()


def member(name, group):
    user = User.objects.create_user(name, f"{name}@example.org", "secret")
    user.groups.add(group)
    return user


def logged_in(user):
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def partner(organisation):
    return logged_in(member("partner", trusted_group(organisation=organisation)))


@pytest.fixture
def coordinator(region):
    return logged_in(member("coordinator", ensure_coordinator_group(region=region)))


@pytest.fixture
@built_once
def foreign(region):
    """A draft below an organisation that is itself a draft."""
    other = OrganisationPageFactory(parent=region, title="Geheimverein", slug="geheimverein", live=False)
    return OfferPageFactory(parent=other, title="Geheimes Vorhaben", slug="geheim", live=False)


def titles(answer):
    return [page.title for page in answer.context["object_list"]]


def menu(client):
    return set(re.findall(r"/admin/kinds/([a-z]+)/", client.get("/admin/").content.decode()))


def test_each_kind_has_an_entry_in_the_menu_in_the_order_it_is_declared(coordinator, organisation):
    html = coordinator.get("/admin/").content.decode()
    found = re.findall(r"/admin/kinds/([a-z]+)/", html)
    assert list(dict.fromkeys(found)) == [kind.slug for kind in KINDS]
    for kind in KINDS:
        assert f'"icon_name": "{kind.admin_icon}"' in html


def test_who_finds_nothing_behind_it_has_no_entry_and_no_list(home, offer):
    plain = PlainPageFactory(parent=home, slug="impressum")
    group = page_group(page=plain, name="Plain", page_permissions=("change_page",))
    client = logged_in(member("plain", group))
    assert menu(client) == set()
    for kind in KINDS:
        for path in ("", "results/", "choose_parent/", "sheet/", "import/"):
            answer = client.get(f"/admin/kinds/{kind.slug}/{path}")
            assert (answer.status_code, answer["Location"]) == (302, "/admin/")


@pytest.mark.parametrize("path", ["", "results/", "choose_parent/", "sheet/", "import/", "?export=csv"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_without_a_login_there_is_nothing(db, kind, path):
    answer = Client().get(f"/admin/kinds/{kind.slug}/{path}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")


@pytest.mark.parametrize(
    "path", ["", "results/", "?q=Geheim", "?owner={owner}", "?export=csv", "?ordering=title"]
)
def test_a_partner_never_reads_of_somebody_elses_draft(partner, offer, foreign, path):
    answer = partner.get(LIST + path.format(owner=foreign.get_parent().pk))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert ("Geheim" in html) == ("q=Geheim" in path and "export" not in path and 'value="Geheim"' in html)
    assert "Geheimverein" not in html
    assert "Geheimes Vorhaben" not in html


def test_a_coordinator_sees_the_drafts_of_the_region(coordinator, offer, foreign):
    answer = coordinator.get(LIST + "?ordering=title")
    assert titles(answer) == ["Geheimes Vorhaben", "Hilfe bei Anträgen"]
    assert "Geheimverein" in answer.content.decode()


def test_translations_are_not_in_it(coordinator, offer):
    locale = Locale.objects.get(language_code="tr")
    offer.copy_for_translation(locale, copy_parents=True, alias=True)
    offer.copy_for_translation(Locale.objects.get(language_code="ar"), copy_parents=True)
    assert titles(coordinator.get(LIST)) == ["Hilfe bei Anträgen"]


def test_the_columns_are_those_that_say_so_in_words(coordinator, offer):
    answer = coordinator.get(LIST)
    declared = [column.name for column in registry.kind("offers").columns if column.in_list]
    assert declared == ["title", "offer_kind", "stage", "valid_until", "confirmed_on"]
    names = [column.name for column in answer.context["table"].columns.values()]
    assert names == ["title", "owner", *declared[1:], "latest_revision_created_at", "status"]
    html = answer.content.decode()
    assert offer.get_offer_kind_display() in html
    assert f'href="/admin/pages/{offer.pk}/edit/"' in html
    assert offer.get_url() in html


def test_it_can_be_narrowed_by_region_organisation_and_state(coordinator, organisation, offer, foreign):
    changed = publish(OfferPageFactory(parent=organisation, title="Geändert"))
    changed.teaser = "Neu gesagt."
    changed.save_revision()
    waiting = OfferPageFactory(parent=organisation, title="Wartet", live=False)
    waiting.save_revision()
    Workflow.objects.order_by("pk").first().start(waiting, User.objects.get(username="coordinator"))
    everything = ["Geheimes Vorhaben", "Geändert", "Hilfe bei Anträgen", "Wartet"]
    region = organisation.get_parent()

    def found(query):
        return titles(coordinator.get(f"{LIST}?ordering=title&{query}"))

    assert found(f"region={region.pk}") == everything
    assert found(f"owner={organisation.pk}") == everything[1:]
    assert found(f"owner={foreign.get_parent().pk}") == ["Geheimes Vorhaben"]
    assert found("state=published") == ["Hilfe bei Anträgen"]
    assert found("state=changed") == ["Geändert"]
    assert found("state=draft") == ["Geheimes Vorhaben", "Wartet"]
    assert found("state=waiting") == ["Wartet"]
    assert found("state=nonsense") == everything
    assert found(f"owner={organisation.pk}&state=draft&q=wart") == ["Wartet"]
    assert "Waits for approval" in coordinator.get(f"{LIST}?state=waiting").content.decode()


def test_filters_offer_only_what_the_user_may_edit(partner, coordinator, organisation, offer, foreign):
    def offered(client):
        return [str(page) for page in client.get(LIST).context["filters"].form.fields["owner"].queryset]

    assert offered(partner) == ["Haus International"]
    assert offered(coordinator) == ["Geheimverein", "Haus International"]


@pytest.mark.parametrize(
    "ordering", ["title", "-title", "offer_kind", "-valid_until", "live", "nonsense", "-"]
)
@pytest.mark.parametrize("query", ["", "q=Hilfe"])
def test_it_can_be_sorted_by_whatever_address(coordinator, offer, ordering, query):
    answer = coordinator.get(f"{LIST}?ordering={ordering}&{query}")
    assert answer.status_code == 200
    assert titles(answer) == ["Hilfe bei Anträgen"]


def test_fifty_stand_on_a_page(coordinator, organisation):
    for number in range(51):
        OfferPageFactory(parent=organisation, title=f"Angebot {number:02}")
    assert len(titles(coordinator.get(f"{LIST}?ordering=title"))) == 50
    assert titles(coordinator.get(f"{LIST}?ordering=title&p=2")) == ["Angebot 50"]


@pytest.mark.parametrize("number", [1, 4])
@pytest.mark.parametrize(
    ("slug", "factory", "queries"),
    [
        ("offers", OfferPageFactory, 20),
        ("events", EventPageFactory, 20),
        ("organisations", OrganisationPageFactory, 19),
    ],
)
def test_its_price_does_not_grow_with_its_length(
    coordinator, organisation, number, slug, factory, queries, django_assert_num_queries
):
    region = organisation.get_parent()
    parent = region if slug == "organisations" else organisation
    for _each in range(number):
        publish(factory(parent=parent))
    coordinator.get(f"/admin/kinds/{slug}/")
    with django_assert_num_queries(queries):
        answer = coordinator.get(f"/admin/kinds/{slug}/")
    assert len(titles(answer)) == number + (slug == "organisations")


def test_adding_leads_to_the_form_below_the_only_organisation(partner, organisation):
    answer = partner.get(LIST)
    assert f'href="{LIST}choose_parent/' in answer.content.decode()
    answer = partner.get(f"{LIST}choose_parent/")
    assert answer["Location"] == f"/admin/pages/add/offers/offerpage/{organisation.pk}/"


def test_who_may_only_change_is_not_offered_to_add(organisation, offer):
    group = page_group(page=offer, name="One page", page_permissions=("change_page",))
    client = logged_in(member("editor", group))
    answer = client.get(LIST)
    assert titles(answer) == ["Hilfe bei Anträgen"]
    assert "choose_parent" not in answer.content.decode()
    assert menu(client) == {"offers"}


# --- Sheets out of it


def rows(answer):
    assert answer.status_code == 200
    return [row.cells["slug"] for row in read_table(data=answer.content).rows]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_sheet_has_what_the_list_shows(coordinator, partner, organisation, offer, foreign, file_format):
    address = f"{LIST}?export={file_format}"
    assert rows(coordinator.get(address)) == ["hilfe-bei-antraegen", "geheim"]
    assert rows(partner.get(address)) == ["hilfe-bei-antraegen"]
    assert rows(coordinator.get(f"{address}&state=draft")) == ["geheim"]
    assert rows(coordinator.get(f"{address}&q=Vorhaben")) == ["geheim"]
    assert rows(coordinator.get(f"{address}&owner={organisation.pk}")) == ["hilfe-bei-antraegen"]
    answer = coordinator.get(address)
    assert answer["Content-Disposition"] == f'attachment; filename="offers.{file_format}"'
    assert "no-store" in answer["Cache-Control"].split(", ")


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_who_took_a_sheet_of_what_is_recorded(coordinator, offer, foreign, file_format):
    coordinator.get(LIST)
    assert not AuditEntry.objects.exists()
    coordinator.get(f"{LIST}?export={file_format}")
    (entry,) = AuditEntry.objects.all()
    assert (entry.action, entry.actor_label) == ("content.sheet_export", "coordinator")
    assert entry.detail == {"kind": "offers", "rows": 2, "format": file_format}
    with override("de"):
        assert (entry.action_label, entry.detail_text) == (
            "Hat eine Tabelle heruntergeladen",
            f"Art: Angebote; Zeilen: 2; Format: {file_format}",
        )


def test_a_sheet_is_in_german_unless_translations_are_asked_for(coordinator, offer):
    headings = read_table(data=coordinator.get(f"{LIST}?export=csv").content).headings
    assert [heading for heading in headings if "@" in heading] == []
    headings = read_table(data=coordinator.get(f"{LIST}?export=csv&translations=yes").content).headings
    assert "title@tr" in headings


@pytest.mark.parametrize("number", [1, 4])
def test_the_price_of_a_sheet_does_not_grow_with_its_length(
    coordinator, organisation, number, django_assert_num_queries
):
    for _each in range(number):
        publish(OfferPageFactory(parent=organisation))
    coordinator.get(f"{LIST}?export=csv")
    with django_assert_num_queries(17):
        coordinator.get(f"{LIST}?export=csv")


def test_an_empty_sheet_has_the_headings_of_the_kind(partner):
    sheet = partner.get(f"{LIST}sheet/?format=csv")
    assert sheet.content.decode("utf-8-sig").startswith("owner,slug,state,title,teaser,text,")
    workbook = partner.get(f"{LIST}sheet/")
    assert workbook["Content-Disposition"] == 'attachment; filename="offers.xlsx"'
    assert workbook.content[:2] == b"PK"
    assert partner.get(f"{LIST}sheet/?format=exe").content[:2] == b"PK"
