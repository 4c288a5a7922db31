"""The demo shows how translations can stand, and readers see which texts no native speaker has checked."""

from collections import Counter

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import Translation

from content import registry
from events.models import EventPage
from offers.models import OfferPage
from translation import selectors, services
from translation.models import CarriedTranslation, PageTranslationState, State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_content")]

LABELS = {
    "de-simple": "Das ist ein Beispiel. Niemand hat die Übersetzung geprüft.",
    "en": "Demo translation, not checked by a native speaker.",
    "tr": "Demo çevirisi, ana dili Türkçe olan biri tarafından kontrol edilmedi.",
    "uk": "Демонстраційний переклад, не перевірений носієм мови.",
    "ar": "ترجمة تجريبية، لم يراجعها متحدّث أصلي باللغة.",
}
every_label = pytest.mark.parametrize(("code", "label"), LABELS.items())


def page(model, slug, code="de"):
    return model.objects.get(slug=slug, locale__language_code=code)


def states(source):
    """Return ``{language code: State}`` of a page."""
    return selectors.states_by_language([source])[source.translation_key]


def read(client, shown):
    answer = client.get(shown.url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("model", "slug"), [(OfferPage, "engagementberatung"), (EventPage, "stadtgespraech")]
)
def test_a_source_that_changed_leaves_its_translations_outdated_and_readable(model, slug):
    source = page(model, slug)
    assert states(source) == dict.fromkeys(LABELS, State.OUTDATED)
    turkish = page(model, slug, "tr")
    assert turkish.live
    assert turkish.untranslated_fields == []


def test_a_minor_edit_leaves_the_translations_fresh():
    source = page(EventPage, "sprachcafe")
    texts = [
        revision.content["text"] for revision in Revision.objects.for_instance(source).order_by("created_at")
    ]
    assert "spricht und jemand der es gerade lernt" in texts[0]
    assert "spricht, und jemand, der es gerade lernt" in texts[-1]
    assert states(source) == dict.fromkeys(LABELS, State.FRESH)
    carried = CarriedTranslation.objects.filter(old_source__contains="jemand der es gerade lernt")
    assert not carried.exists()


def test_fresh_outdated_and_missing_are_there_in_every_language():
    for code in LABELS:
        of_language = PageTranslationState.objects.filter(locale__language_code=code)
        counted = Counter(of_language.values_list("state", flat=True))
        assert set(counted) == {State.FRESH, State.OUTDATED, State.MISSING}, code
        assert counted[State.OUTDATED] == 2


def test_no_state_is_other_than_what_the_sentences_say():
    assert services.recompute_states() == 0


@every_label
def test_a_translation_of_the_demo_says_that_no_native_speaker_checked_it(client, code, label):
    assert label in read(client, page(EventPage, "world-cafe-neuauflage", code))
    assert label in read(client, page(Page, "kempten", code))
    assert label in client.get(f"/{code}/").content.decode()


@every_label
def test_a_page_that_shows_the_german_text_is_no_translation_to_be_checked(client, code, label):
    shown = (
        EventPage.objects.filter(locale__language_code=code, alias_of__isnull=False).order_by("pk").first()
    )
    assert label not in read(client, shown)


def test_the_german_original_has_no_such_label(client):
    text = read(client, page(EventPage, "world-cafe-neuauflage"))
    assert "World Café – Neuauflage" in text
    assert "Demo-Übersetzung" not in text


def test_the_label_goes_when_a_translator_publishes_and_does_not_come_back(client):
    source, turkish = page(OfferPage, "hausaufgabenhilfe"), page(OfferPage, "hausaufgabenhilfe", "tr")
    assert LABELS["tr"] in read(client, turkish)
    services.publish_translation(
        translation=Translation.objects.get(
            source__object_id=source.translation_key, target_locale=Locale.objects.get(language_code="tr")
        ),
        user=get_user_model().objects.get(username="translator-tr"),
    )
    assert LABELS["tr"] not in read(client, turkish)
    call_command("demo", verbosity=0)
    assert LABELS["tr"] not in read(client, turkish)


def test_where_the_demo_is_off_nothing_is_asked_and_nothing_shown(client, settings):
    settings.DEMO = False
    assert LABELS["tr"] not in read(client, page(EventPage, "world-cafe-neuauflage", "tr"))


def test_a_text_written_outside_the_demo_is_none_of_it():
    source = page(OfferPage, "hausaufgabenhilfe")
    registry.localiser().write_translation(
        page=source, language_code="tr", sentences={"title": "Ödevlere yardım edenler aranıyor"}
    )
    assert not services.is_demo_translation(page=page(OfferPage, "hausaufgabenhilfe", "tr"))
