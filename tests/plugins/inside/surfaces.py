"""A plugin's kind on every surface that the platform computes from its declaration."""

import csv
import datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone, translation
from suche_biete.kind import NOTICES
from suche_biete.models import LIFETIME, NoticePage
from wagtail.models import Locale, Page

from content import registry
from content.demo import Demo, _load, load_topics
from content.directory import DirectoryQuery, search_all
from content.transfer import apply_plan, export_sheet, plan_import, read_table
from home.demo_steps import resolver
from organisations.models import RegionPage
from partners.models import Team
from tests.factories.pages import OrganisationPageFactory, publish

pytestmark = pytest.mark.django_db


def listed(query="", *, language="de"):
    """Return the titles of the board as the list of that language shows them, and the whole result."""
    locale = Locale.objects.get(language_code=language)
    with translation.override(language):
        result = DirectoryQuery(registry.kind("notices"), locale, QueryDict(query)).result(
            RequestFactory().get("/")
        )
    return {page.title for page in result.items}, result


def counts(result, slug):
    """Return how often each value of a facet is found."""
    (facet,) = [facet for facet in result.facets if facet.slug == slug]
    return {option.key: option.count for option in facet.options}


def test_the_kind_is_declared_beside_the_platforms_own(notices):
    assert [kind.slug for kind in registry.all_kinds()] == [
        "offers",
        "events",
        "organisations",
        "notices",
        "notes",
    ]


@pytest.mark.parametrize(
    ("language", "label", "side"),
    [
        ("de", "Suche & Biete", "Biete"),
        ("de-simple", "Suche und Biete", "Ich gebe"),
        ("en", "Notice board", "Giving"),
        ("tr", "Arıyorum & Sunuyorum", "Sunuluyor"),
        ("uk", "Шукаю та пропоную", "Пропоную"),
        ("ar", "أبحث وأعرض", "أعرض"),
    ],
)
def test_the_plugin_speaks_every_language_of_the_platform(language, label, side):
    with translation.override(language):
        assert str(NOTICES.label) == label
        assert NoticePage(side="gives").get_side_display() == side


def test_the_list_shows_what_stands_and_leaves_out_what_expired(notices):
    titles, result = listed()
    assert titles == {"Nähmaschinen zu verschenken", "Tandem gesucht", "Halle ist freitags frei"}
    assert result.total == 3


def test_facets_count_and_narrow_alike_in_every_language(notices):
    titles, result = listed("side=gives")
    assert titles == {"Nähmaschinen zu verschenken", "Halle ist freitags frei"}
    assert counts(result, "side") == {"looks_for": 1, "gives": 2}
    assert counts(result, "thing") == {"room": 1, "thing": 1, "language_partner": 0, "time": 0}
    assert counts(result, "region") == {"kempten": 1, "roth": 1}
    assert counts(result, "place") == {"thingers": 2}
    assert listed("side=gives", language="tr")[0] == titles


def test_a_search_finds_notices_by_their_own_words_and_by_their_facts(notices):
    locale = Locale.objects.get(language_code="de")
    for words in ("Nähmaschine", "verschenken mosaik"):
        (group,) = [group for group in search_all(words, locale).groups if group.kind]
        assert group.kind.slug == "notices"
        assert [page.title for page in group.items] == ["Nähmaschinen zu verschenken"]


def test_the_card_says_what_it_is_and_from_whom(notice):
    html = render_to_string("suche_biete/card.html", {"page": notice, "kind": NOTICES})
    assert "Biete: Gegenstand" in html
    assert "Nähmaschinen zu verschenken" in html
    assert "Mosaik Frauen" in html
    assert f"bis {notice.expires_on.day}. " in html


def test_the_page_shows_its_facts_and_says_what_is_not_in_the_readers_language(notice, client):
    german = client.get(notice.get_url()).content.decode()
    assert "Biete: Gegenstand" in german
    assert "Hängt bis" in german
    assert "<h1>Nähmaschinen zu verschenken</h1>" in german
    turkish = client.get("/tr/kempten/mosaik/naehmaschinen/").content.decode()
    assert "Sunuluyor: Eşya" in turkish
    assert '<h1 lang="de" dir="ltr">Nähmaschinen zu verschenken</h1>' in turkish


def test_an_address_shows_what_is_over_for_thirty_days_and_then_says_that_it_is_gone(notices, client):
    page = notices["alter-aushang"]
    answer = client.get(page.get_url())
    assert answer.status_code == 200
    assert "Dieser Aushang gilt nicht mehr." in answer.content.decode()

    page.expires_on = timezone.localdate() - datetime.timedelta(days=31)
    publish(page)
    answer = client.get(page.get_url())
    assert answer.status_code == 410
    assert "Längst vergebenes Sofa" in answer.content.decode()


def test_the_demo_sheet_is_loaded_with_its_translations(notices):
    """Below organisations with the slugs and topics of the demo."""
    today = timezone.localdate()
    demo = Demo(data=Path(settings.BASE_DIR) / "home" / "demo", today=today, resolve=resolver(today))
    load_topics(demo)
    region = RegionPage.objects.get(slug="kempten", locale__language_code="de")
    region.languages = []
    publish(region)
    sheet = Path(apps.get_app_config("suche_biete").path) / NOTICES.demo_sheet
    with sheet.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for owner in {row["owner"] for row in rows}:
        publish(OrganisationPageFactory(parent=region, slug=owner))
    _load([registry.kind("notices")], demo)

    pages = NoticePage.objects.filter(slug__in=[row["slug"] for row in rows], live=True)
    assert pages.filter(locale__language_code="de").count() == len(rows)
    turkish = pages.get(locale__language_code="tr", slug="naehmaschinen-zu-verschenken")
    assert turkish.title == "İki dikiş makinesi ücretsiz verilecek"
    assert (turkish.side, turkish.expires_on) == ("gives", today + datetime.timedelta(days=24))


def test_the_sitemap_knows_what_stands_in_every_language(notices, client):
    sitemap = client.get("/sitemap.xml").content.decode()
    for language in ("de", "tr"):
        assert f"/{language}/kempten/mosaik/naehmaschinen/</loc>" in sitemap
    assert "alter-aushang" not in sitemap


def test_a_new_notice_stands_for_thirty_days():
    assert datetime.timedelta(days=30) == LIFETIME
    assert NoticePage().expires_on == timezone.localdate() + LIFETIME


def test_what_a_notice_needs_is_named_when_it_is_published():
    missing = NoticePage(title="Halb fertig").missing_for_publication()
    assert set(missing) == {"teaser", "side", "thing"}


def test_a_sheet_goes_out_and_in_and_changes_nothing_the_second_time(notices):
    kind = registry.kind("notices")
    sheet = export_sheet(kind=kind).decode("utf-8-sig")
    assert "Nähmaschinen zu verschenken" in sheet
    assert not plan_import(kind=kind, table=read_table(data=sheet.encode())).is_applicable

    lines = "owner,slug,state,title,teaser,side,thing\nmosaik,topf,published,Großer Topf,Zum Leihen.,gives,thing\n"
    plan = plan_import(kind=kind, table=read_table(data=lines.encode()))
    assert plan.all_problems == []
    assert apply_plan(plan).created == 1
    assert "Großer Topf" in listed()[0]
    again = plan_import(kind=kind, table=read_table(data=lines.encode()))
    assert (again.count("same"), again.is_applicable) == (1, False)


@pytest.mark.parametrize(
    ("slug", "label", "icon", "titles"),
    [
        (
            "notices",
            "Suche &amp; Biete",
            NOTICES.admin_icon,
            [
                "Halle ist freitags frei",
                "Längst vergebenes Sofa",
                "Nähmaschinen zu verschenken",
                "Tandem gesucht",
            ],
        ),
        ("notes", "Notes", "doc-full", ["Notiz"]),
    ],
)
def test_the_admin_has_its_list_its_sheets_and_its_entry_in_the_menu(
    notices, admin_client, slug, label, icon, titles
):
    address = f"/admin/kinds/{slug}/"
    answer = admin_client.get(f"{address}?ordering=title", headers={"accept-language": "de"})
    html = answer.content.decode()
    assert [page.title for page in answer.context["object_list"]] == titles
    assert label in html
    assert f'"icon_name": "{icon}"' in html
    assert f'"url": "{address}"' in html
    data = admin_client.get(f"{address}?export=csv").content
    assert len(read_table(data=data).rows) == len(titles)

    sheet = SimpleUploadedFile("sheet.csv", data)
    preview = admin_client.post(f"{address}import/", {"sheet": sheet}, follow=True)
    assert [number for _words, number in preview.context["counts"]] == [0, 0, len(titles), 0]


def test_a_region_that_does_without_the_board_has_it_nowhere(notices):
    kempten = RegionPage.objects.get(slug="kempten", locale__language_code="de")
    kempten.inactive_kinds = ["notices"]
    publish(kempten)
    assert listed()[0] == {"Halle ist freitags frei"}
    assert listed(language="tr")[0] == {"Halle ist freitags frei"}
    found = search_all("Nähmaschine", Locale.objects.get(language_code="de"))
    assert found.total == 0


def test_a_notice_is_copied_for_another_day_as_its_kind_declares(notice, client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("chefin", "chefin@example.org"))
    new_day = timezone.localdate() + datetime.timedelta(days=60)
    sent = {
        "token": "11111111-1111-4111-8111-111111111111",
        "when": "other",
        "other_day": new_day.isoformat(),
        "publish": "1",
    }
    asked = client.get(reverse("partners_copy", args=[notice.pk]))
    assert asked.context["form"].fields["other_day"].label == "Neuer Tag: hängt bis"
    assert client.post(reverse("partners_copy", args=[notice.pk]), sent).status_code == 302
    copy = NoticePage.objects.exclude(pk=notice.pk).get(title=notice.title, locale=notice.locale)
    assert (copy.live, copy.expires_on, copy.side) == (True, new_day, notice.side)


@pytest.mark.parametrize(
    ("slug", "parent", "label", "filled_in"),
    [
        (
            "notices",
            "mosaik",
            "Sprachpartner:in gesucht",
            {"title": "Suche: Sprachpartner:in für [welche Sprache?]"},
        ),
        ("notes", "kempten", "A thank-you", {"title": "Danke", "teaser": "Danke an alle! [Wofür?]"}),
    ],
)
def test_its_way_to_begin_is_in_the_workspace_and_fills_in_the_form(
    notices, client, django_user_model, slug, parent, label, filled_in
):
    page = Page.objects.get(slug=parent, locale__language_code="de")
    team = Team.objects.get(subject=page.translation_key)
    person = django_user_model.objects.create_user(f"{slug}-{parent}", "wer@example.org")
    person.groups.add(team.group)
    client.force_login(person)

    def soup(address):
        answer = client.get(address, headers={"accept-language": "de"})
        assert answer.status_code == 200
        return BeautifulSoup(answer.content, "html.parser")

    kind = registry.kind(slug)
    with translation.override("de"):
        button = f"{kind.label_singular} anlegen"
    links = {link.get_text().strip(): link["href"] for link in soup("/admin/").select(".workspace-button")}
    first, *_others = soup(links[button]).select("section.presets-kind")
    cards = {card.strong.get_text(): card["href"] for card in first.select("a.preset")}
    assert list(cards) == [label, "Etwas anderes"]
    form = soup(cards[label])
    assert {name: form.select_one(f"[name={name}]").get("value") for name in filled_in} == filled_in
    assert soup(cards["Etwas anderes"]).select_one("[name=title]").get("value", "") == ""


def test_a_notice_is_taken_over_into_another_region_and_stands_anew(notice, client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("uebernahme", "uebernahme@example.org"))
    verein = Page.objects.get(slug="verein", locale__language_code="de")
    address = reverse("partners_take_over", args=[notice.pk])
    sent = {"token": "33333333-3333-4333-8333-333333333333", "into": verein.pk}
    assert client.post(address, sent).status_code == 302
    draft = NoticePage.objects.child_of(verein).get(credit_page_id=notice.pk)
    assert (draft.live, draft.title, draft.side, draft.places) == (False, notice.title, notice.side, [])
    assert draft.credit == "Mosaik Frauen, Kempten"
    assert draft.expires_on == timezone.localdate() + LIFETIME
