"""One contact on many pages: changed once, right everywhere, and the list says where it is used."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth import get_user_model

from organisations.models import Contact
from tests.factories.pages import EventPageFactory, OfferPageFactory, publish

pytestmark = pytest.mark.django_db

OLD, NEW = "+498999998017", "+498999998123"
LOCALES = [language.code for language in settings.LANGUAGE_TABLE]


@pytest.fixture
def contact(site):
    return Contact.objects.create(
        organisation_key=site.organisation.translation_key, name="Lena Baumgart", phone=OLD
    )


@pytest.fixture
def sources(site, contact):
    """Return an organisation and an offer that name the contact, and an event that has its organisation's."""
    site.organisation.contact = contact
    organisation = publish(site.organisation)
    offer = publish(OfferPageFactory(parent=organisation, slug="kurs", contact=contact))
    event = publish(EventPageFactory(parent=organisation, slug="fest"))
    return [organisation, offer, event]


def numbers_on(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    links = BeautifulSoup(response.content, "html.parser").select('.contact-list a[href^="tel:"]')
    return [link["href"].removeprefix("tel:") for link in links]


def test_a_changed_phone_is_right_on_every_page_in_every_language_at_once(client, site, contact, sources):
    pages = [site.present(page, code) for page in sources for code in LOCALES]
    assert len(LOCALES) == 6
    assert [numbers_on(client, page) for page in pages] == [[OLD]] * 18

    contact.phone = NEW
    contact.save()

    assert [numbers_on(client, page) for page in pages] == [[NEW]] * 18


def numbers_in(link):
    return [int(word) for word in link.text.split() if word.isdigit()]


def listed(client):
    response = client.get("/admin/contacts/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").select('main a[href*="/contacts/usage/"]')


def test_the_list_says_how_often_each_contact_is_used_and_links_to_where(client, site, contact, sources):
    unused = Contact.objects.create(
        organisation_key=site.organisation.translation_key, name="Zoe Frei", phone=OLD
    )
    client.force_login(get_user_model().objects.create_superuser("amt", "amt@example.org", "geheim-geheim"))

    links = listed(client)

    assert [(link["href"], numbers_in(link)) for link in links] == [
        (f"/admin/contacts/usage/{contact.pk}/", [2]),
        (f"/admin/contacts/usage/{unused.pk}/", [0]),
    ]


def test_before_a_contact_is_deleted_the_form_says_how_often_it_is_used(client, contact, sources):
    client.force_login(get_user_model().objects.create_superuser("amt", "amt@example.org", "geheim-geheim"))

    soup = BeautifulSoup(client.get(f"/admin/contacts/delete/{contact.pk}/").content, "html.parser")

    (link,) = soup.select(f'main a[href^="/admin/contacts/usage/{contact.pk}/"]')
    assert numbers_in(link) == [2]


def test_pages_in_other_languages_count_as_pages_too(client, site, contact, sources):
    site.present(sources[1], "tr")
    client.force_login(get_user_model().objects.create_superuser("amt", "amt@example.org", "geheim-geheim"))

    (link,) = listed(client)

    assert numbers_in(link) == [4]
