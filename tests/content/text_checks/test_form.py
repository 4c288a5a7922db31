"""The hints in edit forms: below each text of every kind, on load, when refused, and while a form saves itself."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import rich_text

from content import registry
from content.localisable import names_of_sentences
from content.text_checks.panels import hints_panels
from offers.models import OfferPage
from tests.factories.pages import EventPageFactory, OfferPageFactory, publish
from tests.partners.workspace.test_twins import fields_of
from tests.services.rebuilding import built_once

pytestmark = pytest.mark.django_db

BAD = (
    "<p>ACHTUNG!!!! <a href='https://example.org/'>Hier klicken</a> oder 0831 17138 oder haus@example.org. "
    f"{' '.join(['Vereinsgründungsberatung'] * 60)}.</p>"
)
GOOD = "<p>Wir kochen jeden Dienstag zusammen. Kommen Sie einfach vorbei.</p>"


def edit_address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def shown(html, field):
    """Return ``[(message, [words])]`` of the hints below a field, or the sentence that stands there instead."""
    place = BeautifulSoup(html, "html.parser").select_one(f"#text-hints-{field}")
    hints = [
        (hint.select_one(".text-hint__message").text.strip(), [words.text for words in hint.select("q")])
        for hint in place.select("li")
    ]
    return hints or place.text.strip()


@pytest.fixture
@built_once
def offer(site):
    return publish(OfferPageFactory(parent=site.organisation, title="Kochen", text=GOOD))


def save(client, page, text, **button):
    """Send the form of ``page`` with another text, as a browser does."""
    fields = fields_of(client.get(edit_address(page)))
    accept = {"headers": {"accept": "application/json"}} if button.pop("by_itself", False) else {}
    return client.post(edit_address(page), fields | {"text": rich_text(text)} | button, **accept)


def test_below_a_text_stands_what_could_be_better_and_how(admin_client, offer):
    offer.text = BAD
    offer.save_revision()
    html = admin_client.get(edit_address(offer)).content.decode()

    assert shown(html, "text") == [
        ("Im Text stehen Kontaktdaten.", ["0831 17138", "haus@example.org"]),
        ("Diese Wörter sagen nicht, wohin der Link führt.", ["Hier klicken"]),
        (
            "Für viele ist der Text schwer zu lesen: Sein Lesbarkeitsindex (LIX) ist 127, leicht ist es bis 50.",
            ["Vereinsgründungsberatung", "ACHTUNG", "klicken"],
        ),
        (
            "Ein Satz ist lang.",
            ["Hier klicken oder 0831 17138 oder haus@example.org. Vereinsgründungsberatung …"],
        ),
        ("Wörter in GROSSBUCHSTABEN lesen sich wie Rufen.", ["ACHTUNG"]),
        ("Im Text stehen 4 Ausrufezeichen.", []),
    ]


def test_a_good_text_is_praised_and_a_few_words_are_not(admin_client, offer):
    html = admin_client.get(edit_address(offer)).content.decode()
    assert shown(html, "text") == "Schön und gut lesbar."
    assert shown(html, "title") == ""
    assert shown(html, "teaser") == ""


def test_hints_keep_nobody_from_publishing(admin_client, offer):
    assert save(admin_client, offer, BAD, **{"action-publish": "1"}).status_code == 302
    assert "ACHTUNG" in OfferPage.objects.get(pk=offer.pk).text


def test_what_was_typed_is_looked_at_also_when_something_else_is_missing(admin_client, offer):
    response = save(admin_client, offer, BAD, teaser="", **{"action-publish": "1"})
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"teaser"}
    assert len(shown(response.content, "text")) == 6


def test_a_form_that_saves_itself_gets_its_hints_anew(admin_client, offer):
    html = save(admin_client, offer, BAD, by_itself=True).json()["html"]
    templates = {
        template["data-w-teleport-target-value"]: template
        for template in BeautifulSoup(html, "html.parser").select("template[data-w-teleport-target-value]")
    }
    assert {target for target in templates if target.startswith("#text-hints")} == {
        f"#text-hints-{name}" for name in names_of_sentences(OfferPage)
    }
    assert len(templates["#text-hints-text"].select("li")) == 6
    assert templates["#text-hints-text"]["data-w-teleport-mode-value"] == "innerHTML"


def test_the_form_of_a_new_page_has_places_for_the_hints_to_come(admin_client, site):
    address = reverse("wagtailadmin_pages:add", args=["offers", "offerpage", site.organisation.pk])
    html = admin_client.get(address).content.decode()
    assert [shown(html, name) for name in names_of_sentences(OfferPage)] == [""] * len(
        names_of_sentences(OfferPage)
    )


@pytest.fixture
def bound(admin_user, rf):
    """A function that returns the hints below the form of a page by the names of their fields, and the form."""

    def bind(page):
        handler = page.get_edit_handler()
        request = rf.get("/")
        request.user = admin_user
        form = handler.get_form_class()(instance=page, for_user=admin_user)
        panels = hints_panels(handler.get_bound_panel(instance=page, request=request, form=form))
        assert len({panel.html_id for panel in panels}) == len(panels)
        return {panel.field_name: panel for panel in panels}, form

    return bind


@pytest.mark.parametrize("kind", registry.all_kinds(), ids=lambda kind: kind.slug)
def test_every_sentence_in_the_form_of_every_kind_has_hints_and_no_fact_has(kind, bound):
    panels, form = bound(kind.page_model(locale=Locale.get_default()))
    in_form = [name for name in names_of_sentences(kind.page_model) if name in form.fields]
    assert set(panels) == set(in_form)
    assert "teaser" in in_form


@pytest.mark.parametrize(
    ("language", "messages", "is_good"),
    [("de", [], True), ("tr", ["Ein Satz ist lang."], False), ("ar", [], False)],
)
def test_a_text_is_read_in_the_language_of_its_page(site, bound, language, messages, is_good):
    """Seventeen words are long in Turkish and not in German; what an Arabic text reads like nobody can tell."""
    page = OfferPage(
        locale=Locale.objects.get(language_code=language), text=f"<p>{' '.join(['söz'] * 17)}.</p>"
    )
    panel = bound(page)[0]["text"]
    assert [hint.message for hint in panel.hints] == messages
    assert panel.is_good is is_good


def test_the_days_in_the_text_are_compared_with_the_date_of_the_event(admin_client, site):
    event = EventPageFactory(
        parent=site.organisation,
        start_date=datetime.date(2026, 6, 12),
        text="<p>Am Donnerstag, 12. Juni, reden wir miteinander.</p>",
    )
    html = admin_client.get(edit_address(event)).content.decode()
    assert shown(html, "text") == [("Der Wochentag passt nicht zur Veranstaltung.", ["Donnerstag, 12. Juni"])]


def test_words_of_a_hint_are_words_and_no_markup(admin_client, offer):
    offer.teaser = "&#60;IMG SRC=X ONERROR=ALERT(1)&#62; <b>x</b>"
    offer.save_revision()
    response = admin_client.get(edit_address(offer))
    assert shown(response.content, "teaser")[0][1] == ["<IMG SRC=X ONERROR=ALERT(1)>"]
    place = BeautifulSoup(response.content, "html.parser").select_one("#text-hints-teaser")
    assert place.select("img") == []


def test_hints_ask_the_database_nothing(admin_client, offer):
    def queries(text):
        offer.text = text
        offer.save_revision()
        with CaptureQueriesContext(connection) as captured:
            assert admin_client.get(edit_address(offer)).status_code == 200
        return len(captured)

    queries("")
    assert queries(BAD) == queries("")
