"""What stands around the workspace: the menu, the ways back, and the words under a form."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.admin.menu import admin_menu

from tests.factories import pages
from tests.partners.freshness.world import World
from tests.services.rebuilding import built

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return built(World, "tr")


def menu(user, rf):
    # Lists and contacts join the menu when the addresses are loaded.
    request = rf.get(reverse("wagtailadmin_home"))
    request.user = user
    return {item.name for item in admin_menu.menu_items_for_request(request)}


def test_partners_have_a_short_menu_and_coordinators_keep_pages(world, rf):
    found = menu(world.partner, rf)
    assert {"workspace", "images", "help"} <= found
    assert found & {"kind_offers", "documents", "freshness", "workspace-regions"} == set()
    found = menu(world.coordinator, rf)
    assert {"workspace-regions", "kind_offers", "freshness"} <= found
    assert "workspace" not in found


def test_forms_speak_plainly_and_know_no_tree(world, client):
    offer = pages.publish(pages.OfferPageFactory(parent=world.haus, title="Sprachkurs"))
    address = reverse("wagtailadmin_pages:edit", args=[offer.pk])
    client.force_login(world.partner)
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    assert soup.select_one("[name=action-submit]").get_text(strip=True) == "Zur Freigabe schicken"
    assert [link["href"] for link in soup.select(".workspace-way-back")] == [
        f"/admin/?organisation={world.haus.pk}"
    ]
    assert soup.select(".w-breadcrumbs") == []
    client.force_login(world.coordinator)
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    assert soup.select(".workspace-way-back") == []
    assert soup.select(".w-breadcrumbs") != []


def test_people_of_an_organisation_are_led_from_the_tree_to_their_workspace(world, client):
    """And nothing in the address tells whose a page of others is."""
    offer = pages.publish(pages.OfferPageFactory(parent=world.haus, title="Sprachkurs"))
    foreign = pages.OfferPageFactory(parent=world.sv, title="Geheim", live=False)
    own = f"/admin/?organisation={world.haus.pk}"
    addresses = {"": "/admin/", "?q=Geheim": "/admin/", f"{world.haus.pk}/": own, f"{offer.pk}/?q=a": own}
    addresses |= {f"{page.pk}/": "/admin/" for page in (world.kempten, world.sv, foreign)}
    client.force_login(world.partner)
    found = {address: client.get(f"/admin/pages/{address}") for address in addresses}
    assert {address: answer["Location"] for address, answer in found.items()} == addresses
    assert "Geheim" not in client.get("/admin/pages/?q=Geheim", follow=True).content.decode()
    client.force_login(world.coordinator)
    assert client.get(f"/admin/pages/{world.haus.pk}/").status_code == 200


def test_who_takes_an_entry_down_is_led_back_to_the_workspace(world, client):
    offer = pages.publish(pages.OfferPageFactory(parent=world.haus, title="Sprachkurs"))
    client.force_login(world.coordinator)
    response = client.post(reverse("wagtailadmin_pages:unpublish", args=[offer.pk]))
    assert response.url == f"/admin/?organisation={world.haus.pk}"


def test_the_bar_above_a_form_says_what_the_form_is_about(world, client):
    offer = pages.publish(pages.OfferPageFactory(parent=world.haus, title="Sprachkurs"))
    client.force_login(world.partner)
    found = {}
    for name, arguments in (
        ("edit", [offer.pk]),
        ("add", ["offers", "offerpage", world.haus.pk]),
    ):
        address = reverse(f"wagtailadmin_pages:{name}", args=arguments)
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        found[name] = [heading.text for heading in soup.select("h1")]
        assert soup.select(".to-mend") == []
    assert found == {"edit": ["Bearbeite Angebot: Sprachkurs"], "add": ["Neu: Angebot"]}


def test_what_is_missing_is_named_above_the_form_whatever_tab_it_is_on(world, client):
    offer = pages.OfferPageFactory(parent=world.haus, title="Sprachkurs", live=False)
    client.force_login(world.partner)
    address = reverse("wagtailadmin_pages:edit", args=[offer.pk])
    response = client.post(address, {"title": "Sprachkurs", "slug": "kurs", "action-submit": "1"})
    soup = BeautifulSoup(response.content, "html.parser")
    named = [item.text for item in soup.select(".to-mend li")]
    form = response.context["form"]
    assert sorted(named) == sorted(capfirst(form[name].label) for name in form.errors)
    assert {"Kurztext", "Art des Angebots", "Für wen"} <= set(named)
    assert form.errors["target_groups"] == [
        "„Für wen“ fehlt. Ohne diese Angabe kann die Seite nicht veröffentlicht werden."
    ]
