"""What coordinators see of their region, and the network office of all."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.utils import timezone

from partners.models import Application, Idea, Report, Team, TeamKind
from tests.factories import pages
from tests.partners.freshness.world import World
from tests.services.rebuilding import built
from translation.services import follow_source, write_translation

pytestmark = pytest.mark.django_db

HOME = "/admin/"
IN_TURKISH = {"title": "Başlık", "teaser": "Herkes için.", "text": "<p>Herkes davetli.</p>"}


@pytest.fixture
def world():
    return built(World, "tr")


@pytest.fixture
def network(world):
    user = get_user_model().objects.create_user("netz", "netz@example.org")
    user.groups.add(Team.objects.get(kind=TeamKind.NETWORK).group)
    return user


def shown(client, user, address=HOME):
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").select_one("main")


def submitted(world, title, parent):
    page = pages.publish(
        pages.OfferPageFactory(parent=parent, title=title, confirmed_on=timezone.localdate())
    )
    page.get_workflow().start(page, world.partner)


def test_coordinators_see_their_region_and_nothing_of_another(world, client):
    submitted(world, "Wartet hier", world.haus)
    submitted(world, "Wartet anderswo", world.sv)
    for address in (HOME, f"{HOME}?region={world.roth.pk}", f"{HOME}?organisation={world.sv.pk}"):
        main = shown(client, world.coordinator, address)
        assert main.select_one("h1").get_text(strip=True) == "Kempten"
        panel = main.select_one(".workspace-panel-approve")
        assert [title.get_text() for title in panel.select("strong")] == ["Wartet hier"]
        assert "anderswo" not in main.get_text()
        assert main.select(".workspace-plot") == []


def test_every_panel_shows_coordinators_their_region_only_and_the_network_office_all(world, network, client):
    for region, owner in ((world.kempten, world.haus), (world.roth, world.sv)):
        name = region.title
        Idea.objects.create(region=region, title=f"Idee {name}", text="…", language="de", read_in="de")
        Application.objects.create(
            kind="join", region=region, name=f"Gruppe {name}", state="waiting", confirmed_at=timezone.now()
        )
        world.organisation(f"Verein {name}", region)
        offer = world.offer(f"Alt {name}", parent=owner, offset=-400)
        Report.objects.create(page=offer, reason="closed", language="de")
        submitted(world, f"Wartet {name}", owner)
    named = {
        "approve": "Wartet",
        "confirm": "Alt",
        "ideas": "Idee",
        "joining": "Gruppe",
        "new": "Verein",
        "reader-reports": "Alt",
    }

    def found(user):
        main = shown(client, user)
        texts = {key: main.select_one(f".workspace-panel-{key}").get_text() for key in named}
        return {
            key: [name for name in ("Kempten", "Roth") if f"{word} {name}" in texts[key]]
            for key, word in named.items()
        }

    assert found(world.coordinator) == {key: ["Kempten"] for key in named}
    assert found(network) == {key: ["Kempten", "Roth"] for key in named}


def test_the_network_office_sees_numbers_of_all_regions_as_table_and_drawing(world, network, client):
    world.offer("Eins")
    world.offer("Zwei")
    world.event("Drei", parent=world.sv)
    main = shown(client, network)
    rows = main.select(".workspace-panel-content tbody tr")
    assert [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in rows] == [
        ["Kempten", "2", "0", "1"],
        ["Roth", "0", "1", "1"],
    ]
    bars = main.select(".workspace-panel-content svg")
    assert [[part["width"] for part in bar.select("rect")[1:]] for bar in bars] == [
        ["66.67", "33.33"],
        ["33.33", "33.33"],
    ]


def test_the_network_office_sees_how_much_is_translated_and_how_much_is_confirmed(world, network, client):
    course, late = world.offer("Sprachkurs"), world.offer("Beratung", offset=-400)
    fest = world.event("Fest", parent=world.sv)
    for page in (course, late, fest):
        write_translation(page=page, language_code="tr", sentences=IN_TURKISH)
    # What is written anew is not translated any more, until somebody has looked at it.
    late.refresh_from_db()
    late.teaser = "Von Montag bis Freitag."
    late.save_revision().publish()
    follow_source(page=late)
    main = shown(client, network)

    def cells(key):
        return [row.select("th, td") for row in main.select(f".workspace-panel-{key} tr")]

    def words(row):
        return [cell.get_text(strip=True) for cell in row]

    def widths(drawn):
        return [part["width"] for part in drawn.select("svg rect")[1:]]

    # Of two offers and the organisation one is as it stands in German; of the fest and its organisation, too.
    heading, *rows = cells("languages")
    turkish = words(heading).index("Türkçe")
    assert [(words(row)[0], words(row)[turkish], widths(row[turkish])) for row in rows] == [
        ("Kempten", "33 %", ["33"]),
        ("Roth", "50 %", ["50"]),
    ]
    # Of two offers and the organisation nobody has confirmed one; of the fest and its organisation neither is due.
    _heading, *rows = cells("freshness")
    assert [words(row) for row in rows] == [["Kempten", "2", "1"], ["Roth", "2", "0"]]
    bars = main.select(".workspace-panel-freshness .workspace-plot-rows > div")
    assert [widths(bar) for bar in bars] == [["66.67", "33.33"], ["100.0"]]


@pytest.mark.parametrize(("who", "expected"), [("coordinator", 24), ("network", 25)])
def test_queries_do_not_grow_with_what_is_in_the_regions(
    world, network, client, who, expected, django_assert_num_queries
):
    user = network if who == "network" else world.coordinator
    for number in range(3):
        submitted(world, f"Nummer {number}", world.haus)
    offer = world.offer("Angebot", offset=-400)
    shown(client, user)
    with django_assert_num_queries(expected):
        client.get(HOME)
    for number in range(3, 12):
        submitted(world, f"Nummer {number}", world.haus)
    for number in range(300):
        owner = world.sv if number % 2 else world.haus
        copy = pages.OfferPageFactory.build(
            title=f"Angebot {number}", slug=f"angebot-{number}", confirmed_on=offer.confirmed_on
        )
        copy.locale, copy.first_published_at = offer.locale, offer.first_published_at
        owner.add_child(instance=copy)
    # What was published since is written into the index by whoever asks first.
    shown(client, user)
    with django_assert_num_queries(expected):
        main = BeautifulSoup(client.get(HOME).content, "html.parser")
    due = {"coordinator": 151, "network": 301}[who]
    assert main.select_one(".workspace-panel-confirm .workspace-count").get_text() == str(due)
