"""One form makes one page, whatever is saved by itself while somebody presses a button."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from offers.models import OfferPage
from tests.partners.freshness.world import World
from tests.services.rebuilding import built_once

pytestmark = pytest.mark.django_db


@pytest.fixture
@built_once
def world():
    return World()


@pytest.fixture
def address(world, client):
    client.force_login(world.partner)
    return reverse("wagtailadmin_pages:add", args=["offers", "offerpage", world.haus.pk])


def fields_of(response):
    """Return what the browser would send from the form of a new page, as it stands."""
    soup = BeautifulSoup(response.content, "html.parser")
    fields = {}
    for field in soup.select("#page-edit-form [name], [name][form=page-edit-form]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            fields[field["name"]] = chosen["value"]
        elif field.name == "textarea":
            fields[field["name"]] = field.text.strip()
        elif field.name == "input" and (
            field.get("type") not in ("checkbox", "radio", "submit") or field.has_attr("checked")
        ):
            fields[field["name"]] = field.get("value", "")
    return fields


@pytest.fixture
def send(client, address, django_capture_on_commit_callbacks):
    """Send a form, ``by_itself`` or by a button, and return the response."""

    def send(fields, *, by_itself=False, **button):
        accept = "application/json" if by_itself else "text/html"
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, fields | button, headers={"accept": accept})

    return send


def titles():
    return list(OfferPage.objects.order_by("pk").values_list("title", flat=True))


def test_what_was_saved_by_itself_goes_when_a_button_saves_the_same_form(client, address, send):
    fields = fields_of(client.get(address))
    assert send(fields | {"title": "Sprachk"}, by_itself=True).json()["success"]
    assert titles() == ["Sprachk"]

    send(fields | {"title": "Sprachkurs"})

    assert titles() == ["Sprachkurs"]


def test_what_saves_itself_too_late_does_not_stay(client, address, send):
    fields = fields_of(client.get(address))
    send(fields | {"title": "Sprachkurs"})

    assert send(fields | {"title": "Sprachk"}, by_itself=True).status_code == 200

    assert titles() == ["Sprachkurs"]


def test_a_form_that_was_refused_goes_on_with_the_same_page(client, address, send):
    fields = fields_of(client.get(address)) | {"title": "Sprachkurs"}
    send(fields, by_itself=True)
    refused = send(fields, **{"action-submit": "1"})
    assert refused.status_code == 200
    assert titles() == ["Sprachkurs"]

    send(fields_of(refused) | {"title": "Sprachkurs am Abend"}, by_itself=True)

    assert titles() == ["Sprachkurs am Abend"]


def test_two_forms_make_two_pages(client, address, send):
    for title in ("Sprachkurs", "Nähkurs"):
        send(fields_of(client.get(address)) | {"title": title}, by_itself=True)
        send(fields_of(client.get(address)) | {"title": title})

    assert titles() == ["Sprachkurs", "Sprachkurs", "Nähkurs", "Nähkurs"]


def test_what_others_made_or_what_was_read_is_never_taken_away(client, address, send, world):
    fields = fields_of(client.get(address))
    send(fields | {"title": "Gelesen"}, by_itself=True)
    OfferPage.objects.get().save_revision()
    OfferPage.objects.update(live=True)
    send(fields | {"title": "Zwilling"})
    assert titles() == ["Gelesen", "Zwilling"]

    client.force_login(world.coordinator)
    send(fields | {"title": "Von der Koordination"})
    assert titles() == ["Gelesen", "Zwilling", "Von der Koordination"]
