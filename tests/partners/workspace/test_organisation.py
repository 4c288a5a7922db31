"""What a partner finds after signing in: what to do, what can be made, and the own entries."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, WorkflowState

from content.models import Picture, ReadCount
from partners.models import Team
from partners.services import set_trust
from tests.factories import pages
from tests.factories.sites import picture
from tests.partners.freshness.world import World
from tests.services.rebuilding import built
from translation.models import PageTranslationState, State

pytestmark = pytest.mark.django_db

HOME = "/admin/"
TODAY = timezone.localdate


@pytest.fixture
def world():
    world = built(World, "tr")
    now = {"confirmed_on": TODAY(), "review_interval": 12}
    world.now = now
    type(world.haus).objects.filter(pk__in=(world.haus.pk, world.sv.pk)).update(**now)
    return world


@pytest.fixture
def shown(client, world):
    def show(address=HOME, user=world.partner):
        client.force_login(user)
        response = client.get(address)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser").select_one("main")

    return show


def offer(world, title="Sprachkurs", **facts):
    return pages.publish(
        pages.OfferPageFactory(parent=facts.pop("parent", world.haus), title=title, **{**world.now, **facts})
    )


def texts(soup, selector):
    return [" ".join(found.get_text(" ").split()) for found in soup.select(selector)]


def labels(soup):
    return texts(soup, ".workspace-task strong")


def test_without_anything_to_do_people_are_thanked(shown):
    main = shown()
    assert texts(main, "h1") == ["Haus International"]
    assert labels(main) == []
    assert texts(main, ".workspace-done") == ["Alles erledigt. Vielen Dank!"]


def test_four_buttons_lead_to_what_partners_do(world, shown, client):
    main = shown()
    assert texts(main, ".workspace-button") == [
        "Angebot anlegen",
        "Veranstaltung anlegen",
        "Bild hinzufügen",
        "Kontakt ändern",
    ]
    addresses = [link["href"] for link in main.select(".workspace-button")]
    assert addresses[3] == reverse("contacts:edit", args=[world.contact.pk])
    assert [client.get(address).status_code for address in addresses] == [200] * 4


def test_help_is_one_tap_away(shown, client):
    (link,) = shown().select(".workspace-head a")
    assert link.get_text(strip=True) == "So geht das"
    guide = BeautifulSoup(client.get(link["href"]).content, "html.parser")
    tasks = {found["href"] for found in guide.select("article a[href^='/admin/help/']")}
    assert {"/admin/help/add-an-event/", "/admin/help/confirm/", "/admin/help/copy/"} <= tasks


def test_the_most_urgent_is_first_and_five_are_shown(world, shown):
    dated = {"reply_by": TODAY() + datetime.timedelta(days=5), **world.now}
    world.event("Stadtgespräch", reply_mode="please", reply_channels=["email"], **dated)
    returned = offer(world, "Zurück")
    offer(world, "Alt", confirmed_on=TODAY() - datetime.timedelta(days=400))
    photo = Picture.objects.get(pk=picture().pk)
    photo.collection = Team.objects.get(subject=world.haus.translation_key).collection
    photo.save()
    offer(world, "Mit Bild", image=photo)
    translated = offer(world, "Übersetzt")
    PageTranslationState.objects.update_or_create(
        translation_key=translated.translation_key,
        locale=Locale.objects.get(language_code="tr"),
        defaults={"state": State.OUTDATED},
    )
    draft = pages.OfferPageFactory(parent=world.haus, title="Liegen geblieben", live=False)
    draft.save_revision()
    type(draft).objects.filter(pk=draft.pk).update(
        latest_revision_created_at=timezone.now() - datetime.timedelta(days=30)
    )
    state = returned.get_workflow().start(returned, world.partner)
    state.current_task_state.reject(user=world.coordinator, comment="Bitte mit Uhrzeit.")

    main = shown()
    day = (TODAY() + datetime.timedelta(days=5)).strftime("%d.%m.%Y")
    assert labels(main) == [
        "Bestätigen: „Alt“",
        "„Zurück“ kam zu Ihnen zurück",
        f"„Stadtgespräch“: Antworten bis {day}",
        "Sagen Sie, was auf dem Bild von „Mit Bild“ zu sehen ist",
        "Übersetzungen von „Übersetzt“ sind älter als Ihr Text",
        "Stellen Sie „Liegen geblieben“ fertig",
    ]
    assert len(main.select("section > .workspace-tasks .workspace-task")) == 5
    assert len(main.select("details .workspace-task")) == 1
    assert texts(main, ".workspace-note") == ["Bitte mit Uhrzeit."]
    assert "Bitte mit Uhrzeit." in texts(main, ".workspace-task-text span")


def test_pictures_of_others_are_nobodys_task_here(world, shown):
    offer(world, "Mit Bild", image=picture())
    assert labels(shown()) == []


def test_an_entry_shows_state_languages_end_and_reads(world, shown):
    until = TODAY() + datetime.timedelta(days=40)
    page = offer(world, valid_until=until)
    ReadCount.objects.create(translation_key=page.translation_key, day=TODAY(), count=7)
    PageTranslationState.objects.update_or_create(
        translation_key=page.translation_key,
        locale=Locale.objects.get(language_code="tr"),
        defaults={"state": State.FRESH},
    )
    card = shown().select(".workspace-entry")[1]
    assert texts(card, "h3") == ["Sprachkurs"]
    assert texts(card, ".workspace-state") == ["Öffentlich"]
    facts = dict(zip(texts(card, "dt"), texts(card, "dd"), strict=True))
    assert facts["Gültig bis"] == until.strftime("%d.%m.%Y")
    assert facts["In 30 Tagen gelesen"] == "7"
    assert "tr Türkçe : aktuell" in facts["Sprachen"]
    assert [link.get_text(" ").split(":")[0].strip() for link in card.select(".workspace-action")] == [
        "Bearbeiten",
        "Kopieren",
        "So sehen es alle",
    ]


def test_one_tap_confirms_and_leads_back(world, shown, client):
    page = offer(world, confirmed_on=TODAY() - datetime.timedelta(days=400))
    form = shown().select_one(".workspace-entry form")
    data = {field["name"]: field["value"] for field in form.select("input")}
    answer = client.post(form["action"], data)
    assert answer.url == HOME
    page.refresh_from_db()
    assert page.confirmed_on == TODAY()
    assert client.post(form["action"], {"next": "https://example.com/"}).url == reverse("partners_freshness")


@pytest.mark.parametrize(
    ("make", "state"),
    [
        (lambda world: offer(world), "Öffentlich"),
        (lambda world: pages.OfferPageFactory(parent=world.haus, live=False), "Entwurf, noch nicht zu sehen"),
        (lambda world: offer(world).save_revision(), "Öffentlich, mit Änderungen, die noch niemand sieht"),
        (lambda world: _submitted(world), "Wartet auf Freigabe"),
        (lambda world: offer(world, valid_until=TODAY() - datetime.timedelta(days=1)), "Vorbei"),
    ],
)
def test_every_state_has_plain_words(world, shown, make, state):
    make(world)
    assert texts(shown(), ".workspace-state") == ["Öffentlich", state]


def _submitted(world):
    page = offer(world)
    page.get_workflow().start(page, world.partner)
    assert WorkflowState.objects.active().count() == 1


def test_nothing_of_others_is_shown_whatever_is_asked_for(world, shown):
    offer(world, "Eigenes")
    offer(world, "Fremdes Geheimnis", parent=world.sv)
    for address in (
        HOME,
        f"{HOME}?organisation={world.sv.pk}",
        f"{HOME}?region={world.roth.pk}",
        f"{HOME}?regions",
    ):
        text = shown(address).get_text()
        assert "Eigenes" in text
        assert "Fremdes Geheimnis" not in text
        assert "SV Roth" not in text


def test_people_of_two_organisations_change_between_them(world, shown):
    offer(world, "Eigenes")
    offer(world, "Zweites", parent=world.sv)
    world.partner.groups.add(Team.objects.get(subject=world.sv.translation_key).group)
    rooms = shown().select(".workspace-rooms a")
    assert [room.get_text(strip=True) for room in rooms] == ["Haus International", "SV Roth"]
    second = shown(HOME + rooms[1]["href"].removeprefix(HOME))
    assert texts(second, "h1") == ["SV Roth"]
    assert texts(second, ".workspace-entry h3") == ["SV Roth", "Zweites"]


@pytest.mark.parametrize("trusted", [True, False])
def test_queries_do_not_grow_with_entries(world, client, django_assert_num_queries, trusted):
    set_trust(team=Team.objects.get(subject=world.haus.translation_key), publishes_at_once=trusted)
    client.force_login(world.partner)
    facts = {"confirmed_on": TODAY() - datetime.timedelta(days=400)}
    for number in range(3):
        offer(world, f"Nummer {number}", **facts)
    client.get(HOME)
    with django_assert_num_queries(22):
        client.get(HOME)
    source = pages.OfferPageFactory._meta.model.objects.last()
    for number in range(3, 300):
        copy = pages.OfferPageFactory.build(title=f"Nummer {number}", slug=f"nummer-{number}", **facts)
        copy.locale, copy.first_published_at = source.locale, source.first_published_at
        world.haus.add_child(instance=copy)
    world.haus.refresh_from_db()
    with django_assert_num_queries(22):
        response = client.get(HOME)
    soup = BeautifulSoup(response.content, "html.parser")
    assert len(soup.select(".workspace-entry")) == 20
    assert texts(soup, ".workspace-pages span") == ["Seite 1 von 16"]
    assert labels(soup)[0] == "Einträge zu bestätigen: 300"


def test_when_the_regions_project_is_over_nothing_is_asked_and_nothing_changed(world, shown):
    offer(world, confirmed_on=TODAY() - datetime.timedelta(days=400))
    type(world.kempten).objects.update(runs_until=TODAY() - datetime.timedelta(days=1))
    main = shown()
    assert len(main.select(".workspace-over")) == 1
    assert main.select(".workspace-task, .workspace-button, form") == []
    assert [text.split(":")[0].strip() for text in texts(main, ".workspace-action")] == [
        "So sehen es alle"
    ] * 2


def test_the_coordinators_phone_is_one_tap_away_and_a_face_only_with_consent(world, shown):
    contact = type(world.contact).objects.create(
        organisation_key=world.kempten.translation_key,
        name="Katrin Demir",
        phone="+498999998002",
        photo=picture(),
        photo_consent=True,
    )
    type(world.kempten).objects.filter(pk=world.kempten.pk).update(contact=contact)
    aside = shown().select_one("aside")
    assert aside.select_one(".workspace-phone")["href"] == "tel:+498999998002"
    assert len(aside.select("img")) == 1
    type(contact).objects.update(photo_consent=False)
    assert shown().select("aside img") == []


def test_translators_and_administrators_keep_what_wagtail_shows(client, admin_user, world):
    client.force_login(admin_user)
    response = client.get(HOME)
    assert response.status_code == 200
    assert "wagtailadmin/home.html" in response.template_name
