"""One contact on many pages: changed once, right everywhere, and the list says where readers find it."""

import json
import secrets
import time

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth import get_user_model

from content.mail.models import Mail
from organisations import messages
from organisations.models import Contact
from partners.services import ensure_partner_group
from tests.factories.pages import (
    DirectoryPageFactory,
    EventPageFactory,
    OfferPageFactory,
    OrganisationPageFactory,
    publish,
)
from tests.services.rebuilding import built_once

pytestmark = pytest.mark.django_db

OLD, NEW = "+498999998017", "+498999998123"
OLD_MAIL, NEW_MAIL = "frueher@example.org", "jetzt@example.org"
LOCALES = [language.code for language in settings.LANGUAGE_TABLE]


@pytest.fixture
@built_once
def contact(site):
    return Contact.objects.create(
        organisation_key=site.organisation.translation_key, name="Lena Baumgart", phone=OLD, email=OLD_MAIL
    )


@pytest.fixture
@built_once
def sources(site, contact):
    """Return an organisation and an offer that name the contact, and an event that has its organisation's."""
    site.organisation.contact = contact
    organisation = publish(site.organisation)
    offer = publish(OfferPageFactory(parent=organisation, slug="kurs", contact=contact))
    event = publish(EventPageFactory(parent=organisation, slug="fest"))
    return [organisation, offer, event]


@pytest.fixture
@built_once
def pages(site, sources):
    """Return the three in all six languages."""
    assert len(LOCALES) == 6
    return [site.present(page, code) for page in sources for code in LOCALES]


@pytest.fixture
def partner(site):
    """Return somebody who works for the organisation and nothing else."""
    user = get_user_model().objects.create_user("paula", "paula@example.org")
    user.groups.add(ensure_partner_group(organisation=site.organisation))
    return user


def soup_of(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def numbers_on(client, page):
    links = soup_of(client.get(page.url)).select('.contact-list a[href^="tel:"]')
    return [link["href"].removeprefix("tel:") for link in links]


def revealed_on(client, page):
    """Press the button behind which a page's contact is, and return the addresses and numbers."""
    address = f"/{page.locale.language_code}/contact/{page.pk}/"
    button = soup_of(client.get(address)).select_one("input[name=token]")
    answer = soup_of(client.post(address, {"token": button["value"], "website": ""}))
    return [link["href"] for link in answer.select('main a[href^="mailto:"], main a[href^="tel:"]')]


def change(contact):
    contact.phone, contact.email = NEW, NEW_MAIL
    contact.save()


def test_a_changed_phone_is_right_on_every_page_in_every_language_at_once(client, contact, pages):
    assert [numbers_on(client, page) for page in pages] == [[OLD]] * 18

    change(contact)

    assert [numbers_on(client, page) for page in pages] == [[NEW]] * 18


def test_so_is_what_stands_behind_the_button_that_shows_the_address(client, contact, pages):
    assert [revealed_on(client, page) for page in pages] == [[f"mailto:{OLD_MAIL}", f"tel:{OLD}"]] * 18

    change(contact)

    assert [revealed_on(client, page) for page in pages] == [[f"mailto:{NEW_MAIL}", f"tel:{NEW}"]] * 18


def test_messages_from_every_language_go_to_the_new_address(client, contact, sources, site):
    change(contact)

    for number, code in enumerate(LOCALES):
        page = site.present(sources[2], code)
        form = messages.MessageForm(subject=page.pk)
        gate = form._signer.sign_object([time.time() - 60, str(page.pk), secrets.token_urlsafe(9)])
        data = {
            "gate": gate,
            "message": f"Frage {number}",
            "address": "leserin@example.org",
            "language": code,
        }
        answer = client.post(f"/{code}/contact/{page.pk}/message/", data, REMOTE_ADDR=f"192.0.2.{number + 1}")
        assert answer.status_code == 200

    assert list(Mail.objects.values_list("to", flat=True)) == [NEW_MAIL] * 6


def test_what_machines_read_holds_no_contact_that_could_go_stale(client, contact, pages, site):
    """Structured data, feeds, calendars and the interface: copies live on elsewhere, so no number is in them."""
    events = publish(
        DirectoryPageFactory(parent=site.home, title="Termine", slug="termine", kind_slug="events")
    )
    texts = []
    for page in pages:
        blocks = soup_of(client.get(page.url)).select('script[type="application/ld+json"]')
        assert [json.loads(block.text) for block in blocks] != []
        texts += [block.text for block in blocks]
        if page.slug == "fest":
            texts.append(client.get(f"{page.url}event.ics").content.decode())
            assert "BEGIN:VEVENT" in texts[-1]
    for page in (site.offers, events):
        for code in LOCALES:
            texts.append(client.get(f"{site.present(page, code).url}feed.atom").content.decode())
            assert "<entry" in texts[-1]

    bare = OLD.removeprefix("+49")
    assert [text for text in texts if bare in text.replace(" ", "") or OLD_MAIL in text] == []


# --- Where it is used ---


def listed(client):
    """Return ``[(address, words)]`` of what the list of contacts says about where each is used."""
    links = soup_of(client.get("/admin/contacts/")).select('main a[href*="/contacts/usage/"]')
    return [(link["href"], link.text.strip()) for link in links]


def test_people_of_an_organisation_read_on_how_many_pages_each_contact_is(
    client, site, contact, pages, partner
):
    """The organisation, the offer that names it and the event that has its organisation's; not times six."""
    unused = Contact.objects.create(
        organisation_key=site.organisation.translation_key, name="Zoe Frei", phone=OLD
    )
    client.force_login(partner)

    assert listed(client) == [
        (f"/admin/contacts/usage/{contact.pk}/", "auf 3 Seiten"),
        (f"/admin/contacts/usage/{unused.pk}/", "auf keiner Seite"),
    ]


def test_the_number_leads_to_these_pages(client, contact, sources, pages, partner):
    client.force_login(partner)

    rows = soup_of(client.get(f"/admin/contacts/usage/{contact.pk}/")).select("main table tbody tr")

    found = {
        row.a["href"]: [" ".join(cell.text.split()) for cell in row.select("td:not(.title)")] for row in rows
    }
    organisation, offer, event = (f"/admin/pages/{page.pk}/edit/" for page in sources)
    assert found == {
        organisation: ["Organisation", "hier ausgewählt"],
        offer: ["Angebot", "hier ausgewählt"],
        event: ["Veranstaltung", "von der Organisation übernommen"],
    }


def test_drafts_of_others_that_name_the_contact_are_not_told(client, site, contact, sources, partner):
    others = OrganisationPageFactory(parent=site.region, title="Geheimer Plan", slug="plan", live=False)
    type(others).objects.filter(pk=others.pk).update(contact=contact)
    client.force_login(partner)

    assert listed(client) == [(f"/admin/contacts/usage/{contact.pk}/", "auf 3 Seiten")]
    usage = client.get(f"/admin/contacts/usage/{contact.pk}/").content.decode()
    assert "Geheimer Plan" not in usage

    client.force_login(get_user_model().objects.create_superuser("amt", "amt@example.org", "geheim-geheim"))
    assert listed(client) == [(f"/admin/contacts/usage/{contact.pk}/", "auf 4 Seiten")]


@pytest.mark.parametrize("what", ["edit", "delete"])
def test_forms_say_it_before_a_contact_is_changed_or_deleted(client, contact, sources, partner, what):
    client.force_login(partner)

    soup = soup_of(client.get(f"/admin/contacts/{what}/{contact.pk}/"))

    (link,) = soup.select(f'main a[href^="/admin/contacts/usage/{contact.pk}/"]')
    assert link.text == "Leser:innen finden diesen Kontakt auf 3 Seiten"
