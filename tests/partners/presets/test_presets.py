"""What do you want to announce? Every kind's usual beginnings, the form they open, and what is missing then."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from content import registry
from events.models import EventPage
from offers.models import OfferPage
from organisations.models import OrganisationPage
from partners.models import Team
from partners.presets.selectors import add_url
from partners.services import set_trust
from tests.factories import pages
from tests.partners.freshness.world import World
from tests.partners.joining.world import data_of
from tests.services.rebuilding import built_once

pytestmark = pytest.mark.django_db

PRESETS = [
    ("events", "language-cafe"),
    ("events", "consultation-hour"),
    ("events", "world-cafe"),
    ("events", "festival"),
    ("events", "course"),
    ("offers", "volunteers-wanted"),
    ("offers", "founding-an-association"),
]


@pytest.fixture
@built_once(committed=True)
def world():
    return World("tr")


@pytest.fixture
def trusted(world):
    set_trust(team=Team.objects.get(subject=world.haus.translation_key), publishes_at_once=True)
    return world.partner


def new(page, query=""):
    return reverse("partners_new", args=[page.pk]) + query


def address(world, kind, preset):
    kind = registry.kind(kind)
    return add_url(kind, world.haus, kind.preset(preset))


def soup(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def texts(found, selector):
    return [" ".join(each.get_text(" ").split()) for each in found.select(selector)]


def sections(found):
    """Return ``[(kind, [(card, address)])]`` as the page shows them."""
    return [
        (
            texts(section, "h2")[0],
            [(texts(card, "strong")[0], card["href"]) for card in section.select("a.preset")],
        )
        for section in found.select("section.presets-kind[aria-labelledby^=kind-]")
    ]


def test_every_card_of_the_page_opens_a_form_and_what_was_asked_for_is_first(client, world):
    client.force_login(world.partner)
    shown = sections(soup(client.get(new(world.haus, "?kind=events"))))
    assert [(kind, [label for label, _address in cards]) for kind, cards in shown] == [
        (
            "Termine",
            ["Sprachcafé", "Sprechstunde", "World Café", "Fest", "Kurs", "Etwas anderes"],
        ),
        ("Angebote", ["Freiwillige gesucht", "Verein gründen", "Etwas anderes"]),
    ]
    addresses = [url for _kind, cards in shown for _label, url in cards]
    assert len(set(addresses)) == 9
    assert [client.get(url).status_code for url in addresses] == [200] * 9
    offers_first = sections(soup(client.get(new(world.haus, "?kind=offers"))))
    assert [kind for kind, _cards in offers_first] == ["Angebote", "Termine"]
    assert sections(soup(client.get(new(world.haus)))) == offers_first


def test_the_workspace_leads_there(client, world):
    client.force_login(world.partner)
    links = {
        button.get_text().strip(): button["href"]
        for button in soup(client.get("/admin/")).select(".workspace-button")
    }
    assert links["Veranstaltung anlegen"] == new(world.haus, "?kind=events")
    assert links["Angebot anlegen"] == new(world.haus, "?kind=offers")


def test_a_kind_that_a_region_switched_off_is_not_offered(client, world):
    region = type(world.kempten).objects.get(pk=world.kempten.pk)
    region.inactive_kinds = ["events"]
    pages.publish(region)
    client.force_login(world.partner)
    assert [kind for kind, _cards in sections(soup(client.get(new(world.haus, "?kind=events"))))] == [
        "Angebote"
    ]


def test_nobody_begins_anything_for_others(client, admin_client, world):
    offer = world.offer()
    client.force_login(world.partner)
    assert client.get(new(world.haus)).status_code == 200
    refused = [world.sv, world.kempten, offer, world.haus.get_parent().get_parent()]
    translated = world.present(world.haus, "tr")
    for page in (*refused, translated):
        response = client.get(new(page))
        assert (page.title, response.status_code) == (page.title, 302)
        assert response["Location"] == reverse("wagtailadmin_home")
    # In other languages pages follow their sources, also for administrators.
    found = [
        admin_client.get(new(page)).status_code for page in (world.sv, world.kempten, translated, world.home)
    ]
    assert found == [200, 200, 302, 302]
    assert client.post(new(world.haus)).status_code == 405


def test_somebody_with_two_organisations_sees_for_which_one_and_changes(client, world):
    client.force_login(world.partner)
    assert texts(soup(client.get(new(world.haus))), ".workspace-rooms a") == []
    world.partner.groups.add(Team.objects.get(subject=world.sv.translation_key).group)
    shown = soup(client.get(new(world.haus, "?kind=events")))
    rooms = {link.get_text().strip(): link for link in shown.select(".workspace-rooms a")}
    assert {title: link["href"] for title, link in rooms.items()} == {
        "Haus International": new(world.haus, "?kind=events"),
        "SV Roth": new(world.sv, "?kind=events"),
    }
    assert rooms["Haus International"].get("aria-current") == "page"
    assert rooms["SV Roth"].get("aria-current") is None
    for _kind, cards in sections(soup(client.get(rooms["SV Roth"]["href"]))):
        assert {url.split("?")[0].rstrip("/").rpartition("/")[2] for _label, url in cards} == {
            str(world.sv.pk)
        }


def test_the_list_of_presets_is_complete():
    assert sorted(
        (kind.slug, preset.slug) for kind in registry.all_kinds() for preset in kind.presets
    ) == sorted(PRESETS)


@pytest.mark.parametrize(("kind", "slug"), PRESETS)
def test_what_a_preset_fills_in_is_all_there_when_the_form_is_saved(client, world, kind, slug):
    preset = registry.kind(kind).preset(slug)
    model = registry.kind(kind).page_model
    client.force_login(world.partner)
    before = Page.objects.count()
    shown = soup(client.get(address(world, kind, slug)))
    assert Page.objects.count() == before
    assert any(
        text.startswith(f"Das Übliche für „{preset.label}“ steht schon da.")
        for text in texts(shown, ".messages li")
    )
    data = data_of(shown)
    # Without a script nothing else is sent.
    response = client.post(reverse_of(world, model), dict(data.lists()))
    assert response.status_code == 302
    page = model.objects.get()
    assert (page.live, page.get_parent().pk) == (False, world.haus.pk)
    saved = page.get_latest_revision_as_object()
    for name, value in preset.values.items():
        assert (name, plain(getattr(saved, name))) == (name, plain(value))


def reverse_of(world, model):
    return reverse(
        "wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, world.haus.pk]
    )


def plain(value):
    """Return rich text without what the editor gives every paragraph."""
    if not isinstance(value, str):
        return value
    found = BeautifulSoup(value, "html.parser")
    for tag in found.find_all(True):
        del tag["data-block-key"]
    return str(found)


@pytest.mark.parametrize(("kind", "slug"), PRESETS)
def test_publishing_it_as_it_is_names_every_question_and_every_missing_fact(
    client, world, trusted, kind, slug
):
    model = registry.kind(kind).page_model
    client.force_login(trusted)
    shown = soup(client.get(address(world, kind, slug)))
    data = dict(data_of(shown).lists())
    response = client.post(reverse_of(world, model), {**data, "action-publish": "1"})
    assert response.status_code == 200
    assert not model.objects.exists()
    errors = response.context["form"].errors
    asking = {name for name, value in registry.kind(kind).preset(slug).values.items() if "?]" in str(value)}
    missing = {"start_date", "place_name"} if model is EventPage else set()
    assert set(errors) == asking | missing
    assert errors["teaser"] == [
        "Beantworten Sie die Fragen in eckigen Klammern, oder löschen Sie sie mitsamt den Klammern: "
        + "["
        + registry.kind(kind).preset(slug).values["teaser"].partition("[")[2]
    ]
    again = data_of(soup(response))
    assert again["title"] == data["title"][0]


def test_an_answered_preset_is_published_as_anything_else(client, world, trusted):
    client.force_login(trusted)
    shown = soup(client.get(address(world, "offers", "founding-an-association")))
    data = dict(data_of(shown).lists())
    data["teaser"] = ["Von der Idee zur Satzung."]
    data["text"] = [without_questions(data_of(shown)["text"])]
    client.post(reverse_of(world, OfferPage), {**data, "action-publish": "1"})
    page = OfferPage.objects.get(locale=world.haus.locale)
    assert (page.live, page.title) == (True, "Einen Verein gründen: Wir helfen Ihnen")


def without_questions(content):
    return content.replace("?]", ".").replace('"text": "[', '"text": "')


def test_a_preset_that_is_no_more_opens_the_empty_form_and_says_so(client, world):
    client.force_login(world.partner)
    kind = registry.kind("events")
    shown = soup(client.get(add_url(kind, world.haus) + "?preset=volunteers-wanted"))
    assert texts(shown, ".messages li") == ["Diese Vorlage gibt es nicht mehr. Hier ist das leere Formular."]
    assert shown.select_one("input[name=title]").get("value", "") == ""


def test_an_ordinary_form_is_empty_and_says_nothing(client, world):
    client.force_login(world.partner)
    shown = soup(client.get(add_url(registry.kind("events"), world.haus)))
    assert texts(shown, ".messages li") == []
    assert shown.select_one("input[name=title]").get("value", "") == ""


def test_the_page_costs_the_same_with_many_organisations(client, world, django_assert_num_queries):
    for number in range(3):
        organisation = world.organisation(f"Verein {number}", world.kempten)
        world.partner.groups.add(Team.objects.get(subject=organisation.translation_key).group)
    assert OrganisationPage.objects.filter(locale=world.haus.locale).count() == 5
    client.force_login(world.partner)
    client.get(new(world.haus))
    with django_assert_num_queries(16):
        client.get(new(world.haus))
