"""Writing to a contact by a form: the mail, what stays hidden, and what is refused."""

import datetime
import secrets
import time

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from django.utils import timezone

from content.mail.models import Mail
from content.mail.services import deliver_waiting
from organisations import messages
from organisations.models import Contact
from tests.factories.pages import OfferPageFactory, publish
from tests.hostile.judge import harm_in, parsed
from tests.hostile.strings import STRINGS
from tests.services.rebuilding import built_once

pytestmark = pytest.mark.django_db


@pytest.fixture
@built_once
def contact(site):
    return Contact.objects.create(
        organisation_key=site.organisation.translation_key,
        name="Aylin Demir",
        email="aylin@example.org",
        phone="+498999998123",
        languages=["de", "tr"],
    )


@pytest.fixture
@built_once
def offer(site, contact):
    return publish(OfferPageFactory(parent=site.organisation, title="Nähkurs", slug="kurs", contact=contact))


@pytest.fixture
def reader():
    return Client(enforce_csrf_checks=True)


def opened(page, seconds_ago=60):
    form = messages.MessageForm(subject=page.pk)
    return form._signer.sign_object([time.time() - seconds_ago, str(page.pk), secrets.token_urlsafe(9)])


def send(reader, page, *, language="de", token=None, sender="192.0.2.1", **fields):
    data = {
        "gate": token or opened(page),
        "message": "Gibt es noch einen Platz?",
        "address": "leserin@example.org",
        "name": "",
        "language": language,
        **fields,
    }
    return reader.post(f"/{language}/contact/{page.pk}/message/", data, REMOTE_ADDR=sender)


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def test_the_page_leads_to_a_form_and_shows_no_address(offer, reader):
    (link,) = soup(reader.get(offer.url)).select(f'a[href="/de/contact/{offer.pk}/"]')
    assert link.text == "Nachricht schreiben"
    response = reader.get(link["href"])

    assert b"aylin@example.org" not in response.content
    assert not response.cookies
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    form = soup(response).find("form", action=f"/de/contact/{offer.pk}/message/")
    assert [tag["name"] for tag in form.select("textarea, input:not([type=hidden]), select")] == [
        "message",
        "address",
        "name",
        "language",
        "website",
    ]
    assert form.select_one("option[selected]")["value"] == "de"


def test_the_message_goes_to_the_contact_who_answers_the_reader(offer, reader):
    response = send(reader, offer, name="Olena", message="Gibt es noch\neinen Platz?", language="de")

    mail = Mail.objects.get()
    assert (response.status_code, soup(response).h1.text) == (200, "Vielen Dank!")
    assert "leserin@example.org" in soup(response).main.text
    assert b"aylin@example.org" not in response.content
    assert (mail.to, mail.language, mail.headers) == (
        "aylin@example.org",
        "de",
        {"Reply-To": "leserin@example.org"},
    )
    assert mail.subject == "Mitmischen: eine Nachricht zu „Nähkurs“"
    assert "Olena hat Ihnen über das Formular bei „Nähkurs“ geschrieben:" in mail.text
    assert "  > Gibt es noch\n  > einen Platz?\n" in mail.text
    assert f"http://127.0.0.1:8000{offer.url}" in mail.text


def test_the_mail_says_in_which_language_the_reader_would_like_the_answer(offer, reader):
    data = {"gate": opened(offer), "message": "Merhaba", "address": "okur@example.org", "language": "tr"}
    reader.post(f"/de/contact/{offer.pk}/message/", data)

    assert "Sprache für die Antwort: Türkçe" in Mail.objects.get().text


def test_the_reader_gets_no_copy_and_nothing_of_the_message_is_kept_once_it_is_sent(offer, reader):
    send(reader, offer)
    deliver_waiting()

    mail = Mail.objects.get()
    assert (mail.to, mail.state) == ("aylin@example.org", "sent")
    assert (mail.text, mail.html, mail.headers) == ("", "", {})


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"message": ""}, "Schreiben Sie, was Sie fragen oder sagen möchten."),
        ({"address": ""}, "Geben Sie Ihre E-Mail-Adresse an."),
        ({"address": "leserin"}, "gültige E-Mail-Adresse"),
        ({"address": "a@example.org\nBcc: b@example.org"}, "gültige E-Mail-Adresse"),
        ({"message": "x" * 3001}, "3000"),
    ],
)
def test_what_is_missing_is_named_and_what_was_typed_is_kept(offer, reader, fields, message):
    response = send(reader, offer, **{"name": "Olena", **fields})

    page = soup(response)
    assert response.status_code == 422
    assert message in page.select_one(".error-summary").text
    assert page.select_one("[name=name]")["value"] == "Olena"
    typed = fields.get("message", "Gibt es noch einen Platz?")
    assert page.select_one("textarea").text.strip() == typed
    assert Mail.objects.count() == 0


def test_a_program_is_thanked_and_nothing_is_sent(offer, reader):
    response = send(reader, offer, website="https://example.org")

    assert (response.status_code, soup(response).h1.text) == (200, "Vielen Dank!")
    assert Mail.objects.count() == 0


def test_a_double_click_is_one_mail(offer, reader):
    token = opened(offer)
    for _each in range(2):
        assert send(reader, offer, token=token).status_code == 200
    assert Mail.objects.count() == 1


def test_a_contact_gets_only_so_many_messages_a_day_from_everybody_together(offer, reader, monkeypatch):
    monkeypatch.setattr(messages, "PER_CONTACT_AND_DAY", 2)
    answers = [send(reader, offer, sender=f"192.0.2.{number}") for number in range(3)]

    assert [response.status_code for response in answers] == [200, 200, 422]
    assert "Bitte versuchen Sie es morgen noch einmal" in answers[2].content.decode()
    assert Mail.objects.count() == 2
    # Nothing was done with it, so it is no double when it is sent tomorrow.
    monkeypatch.setattr(messages, "PER_CONTACT_AND_DAY", 3)
    token = soup(answers[2]).select_one("[name=gate]")["value"]
    assert send(reader, offer, sender="192.0.2.2", token=token).status_code == 200
    assert Mail.objects.count() == 3


def test_one_sender_writes_ten_messages_a_day(offer, reader):
    statuses = [send(reader, offer, message=f"Nr. {number}").status_code for number in range(11)]

    assert statuses == [200] * 10 + [422]


def test_there_is_no_form_without_an_address_and_the_phone_is_shown_on_request(offer, contact, reader):
    contact.email = ""
    contact.save()
    page = soup(reader.get(f"/de/contact/{offer.pk}/"))

    assert page.select("textarea") == []
    assert send(reader, offer).status_code == 404
    token = page.select_one("[name=token]")["value"]
    shown = reader.post(f"/de/contact/{offer.pk}/", {"token": token})
    assert 'href="tel:+498999998123"' in shown.content.decode()


def test_the_address_is_shown_to_who_asks_for_it(offer, reader):
    token = soup(reader.get(f"/de/contact/{offer.pk}/")).select_one("[name=token]")["value"]

    shown = reader.post(f"/de/contact/{offer.pk}/", {"token": token})
    forged = reader.post(f"/de/contact/{offer.pk}/", {"token": "forged"})
    trapped = reader.post(f"/de/contact/{offer.pk}/", {"token": token, "website": "x"})
    assert b"mailto:aylin@example.org" in shown.content
    assert b"aylin@example.org" not in forged.content + trapped.content


def test_nobody_writes_to_a_page_that_is_hidden_or_in_a_region_that_has_ended(site, offer, reader):
    token = opened(offer)
    site.region.runs_until = timezone.localdate() - datetime.timedelta(days=1)
    publish(site.region)
    assert send(reader, offer, token=token).status_code == 404
    assert reader.get(f"/de/contact/{offer.pk}/").status_code == 404

    site.region.runs_until = None
    publish(site.region)
    offer.unpublish()
    assert send(reader, offer, token=token).status_code == 404
    assert Mail.objects.count() == 0


def test_hostile_words_are_words_in_the_form_and_in_the_mail(offer, contact, reader):
    for number, words in enumerate(STRINGS):
        again = send(reader, offer, message=words, name=words, address=words)
        assert (again.status_code, harm_in(parsed(again.content))) == (422, [])
        if "\0" in words:
            # A byte that no database takes.
            assert send(reader, offer, message=words).status_code == 422
            continue
        with transaction.atomic():
            messages.send_message(
                contact=contact,
                page=offer,
                message=words,
                name=words[:80],
                address="leserin@example.org",
                language_code="de",
                key=str(number),
            )
            mail = Mail.objects.order_by("-pk").first()
        assert harm_in(parsed(mail.html)) == []
        assert mail.headers == {"Reply-To": "leserin@example.org"}
        assert mail.subject == "Mitmischen: eine Nachricht zu „Nähkurs“"
        if number % 30 == 29:
            _next_day()


def _next_day():
    """Let the messages that a contact got so far be those of another day."""
    from content.gate import Tally

    Tally.objects.all().delete()
