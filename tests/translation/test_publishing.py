"""Publishing a translation: what is translated goes to readers, and nothing goes wrong silently."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from home.models import HomePage
from tests.factories.pages import OfferPageFactory, publish
from translation import selectors, services
from translation.errors import NothingTranslated, SourceNotPublished, TranslationInvalid
from translation.models import CarriedTranslation, State


def translation_into(page, locale):
    return Translation.objects.get(source__object_id=page.translation_key, target_locale=locale)


def translated(page, locale):
    return type(page).objects.get(translation_key=page.translation_key, locale=locale)


def state(page, locale):
    return selectors.states_for([page], locale)[page.translation_key]


def type_in(translation, **texts):
    """Save sentences the way wagtail-localize's editor does: one by one, as drafts."""
    for path, text in texts.items():
        segments = translation.source.stringsegment_set.filter(context__path=path).order_by("order")
        for segment, part in zip(segments, text if isinstance(text, list) else [text], strict=False):
            StringTranslation.objects.update_or_create(
                translation_of_id=segment.string_id,
                locale_id=translation.target_locale_id,
                context_id=segment.context_id,
                defaults={"data": part, "translation_type": "manual", "has_error": False, "field_error": ""},
            )


@pytest.fixture
def turkish(tree):
    return translation_into(tree.event, tree.tr)


def test_the_records_that_an_editor_needs_are_there_as_soon_as_a_page_is(tree):
    assert translation_into(tree.event, tree.tr).enabled
    assert translation_into(tree.event, tree.ar).source.stringsegment_set.count() == 4


def test_sentences_are_drafts_until_the_translation_is_published(tree, turkish, republish):
    type_in(turkish, title="Dünya Kafesi")
    republish(tree.event, place_name="Stadthalle")
    assert translated(tree.event, tree.tr).title == "World Café"


def test_the_first_publication_makes_an_alias_a_page_of_its_own(tree, turkish):
    user = get_user_model().objects.create_user("nuran")
    type_in(turkish, title="Dünya Kafesi", teaser="Konuşalım.")
    services.publish_translation(translation=turkish, user=user)
    page = translated(tree.event, tree.tr)
    assert page.alias_of_id is None
    assert page.title == page.draft_title == "Dünya Kafesi"
    assert page.live_revision.user == user
    assert page.get_latest_revision_as_object().title == "Dünya Kafesi"


def test_a_text_with_a_sentence_missing_shows_the_whole_german_text_and_says_so(tree, turkish):
    type_in(turkish, title="Dünya Kafesi", text=["Yiyecek içecek hazır."])
    result = services.publish_translation(translation=turkish)
    page = translated(tree.event, tree.tr)
    assert page.text == tree.event.text
    assert page.untranslated_fields == result.untranslated == ["teaser", "text"]
    assert page.language_of("text") == "de"
    assert page.language_of("title") == "tr"
    assert state(tree.event, tree.tr) == State.IN_WORK


def test_a_text_with_a_new_sentence_keeps_the_translation_that_readers_know(tree, turkish, republish):
    type_in(turkish, title="Dünya Kafesi", text=["Yiyecek içecek hazır.", "Herkes davetli."])
    services.publish_translation(translation=turkish)
    republish(tree.event, text=f"{tree.event.text}<p>Bringt Geschirr mit, bitte.</p>")
    result = services.publish_translation(translation=turkish)
    page = translated(tree.event, tree.tr)
    assert page.text == "<p>Yiyecek içecek hazır.</p><p>Herkes davetli.</p>"
    assert result.kept == ["text"]
    assert page.untranslated_fields == ["teaser"]
    assert state(tree.event, tree.tr) == State.OUTDATED


def test_publishing_carried_sentences_unseen_does_not_make_them_fresh(tree, turkish, republish):
    type_in(turkish, title="Dünya Kafesi", teaser="Konuşalım.", text=["Bir.", "İki."])
    services.publish_translation(translation=turkish)
    republish(tree.event, title="World Café am Abend")
    services.publish_translation(translation=turkish)
    assert state(tree.event, tree.tr) == State.OUTDATED
    type_in(turkish, title="Akşam Dünya Kafesi")
    assert not CarriedTranslation.objects.exists()
    services.publish_translation(translation=turkish)
    assert state(tree.event, tree.tr) == State.FRESH
    assert translated(tree.event, tree.tr).title == "Akşam Dünya Kafesi"


def test_a_sentence_that_is_too_long_is_refused_at_its_place_and_nothing_is_published(tree, turkish):
    type_in(turkish, title="Dünya Kafesi", teaser="a" * 161)
    with pytest.raises(TranslationInvalid) as refused:
        services.publish_translation(translation=turkish)
    segment = turkish.source.stringsegment_set.get(context__path="teaser")
    assert list(refused.value.message_dict) == ["teaser"]
    assert list(refused.value.segments) == [segment.pk]
    assert translated(tree.event, tree.tr).alias_of_id == tree.event.pk
    row = StringTranslation.objects.get(translation_of=segment.string, locale=tree.tr)
    assert "160" in row.field_error
    with pytest.raises(TranslationInvalid):
        services.publish_translation(translation=turkish)
    type_in(turkish, teaser="Konuşalım.")
    services.publish_translation(translation=turkish)
    assert translated(tree.event, tree.tr).teaser == "Konuşalım."


def test_broken_markup_is_refused_at_its_place(tree, turkish):
    type_in(turkish, title="Dünya Kafesi", text=["<h1>Yiyecek</h1>", "Herkes davetli."])
    with pytest.raises(TranslationInvalid) as refused:
        services.publish_translation(translation=turkish)
    assert list(refused.value.message_dict) == ["text"]


def test_an_empty_translation_is_refused(tree, turkish):
    with pytest.raises(NothingTranslated):
        services.publish_translation(translation=turkish)


def test_a_translation_of_a_hidden_page_is_refused(tree, turkish):
    type_in(turkish, title="Dünya Kafesi")
    tree.event.unpublish()
    with pytest.raises(SourceNotPublished):
        services.publish_translation(translation=turkish)


@pytest.mark.parametrize("title", ["помощь 24", "مقهى العالم"])
def test_a_title_in_another_script_never_changes_the_address(tree, title):
    services.write_translation(page=tree.event, language_code="ar", sentences={"title": title})
    page = translated(tree.event, tree.ar)
    assert page.title == title
    assert page.slug == "world-cafe"
    assert page.url_path.endswith("/kempten/haus-international/world-cafe/")


def test_an_address_in_another_script_is_the_same_in_every_language(tree, committed):
    with committed():
        page = publish(OfferPageFactory(parent=tree.organisation, title="Помощь 24", slug="помощь-24"))
    services.write_translation(page=page, language_code="tr", sentences={"title": "Yardım 24"})
    assert translated(page, tree.tr).slug == "помощь-24"


def test_a_changed_address_is_changed_in_every_language(tree, republish):
    services.write_translation(page=tree.organisation, language_code="tr", sentences={"teaser": "Ev."})
    republish(tree.organisation, slug="haus")
    for locale in (tree.tr, tree.ar):
        assert translated(tree.organisation, locale).slug == "haus"
        assert translated(tree.event, locale).url_path.endswith("/haus/world-cafe/")


def test_start_pages_are_siblings_and_keep_their_own_addresses(tree, republish):
    services.write_translation(page=tree.home, language_code="tr", sentences={"headline": "Fikirler"})
    republish(tree.home, teaser="Neu")
    assert HomePage.objects.get(locale=tree.tr).slug == "mitmischen-tr"


def test_written_sentences_can_be_read_back_and_written_again_without_effect(tree):
    sentences = {"title": "Dünya Kafesi", "text": "<p>Yiyecek <b>ve</b> içecek.</p><p>Herkes davetli.</p>"}
    assert services.write_translation(page=tree.event, language_code="tr", sentences=sentences)
    assert services.read_translation(page=tree.event, language_code="tr") == sentences
    revisions = translated(tree.event, tree.tr).revisions.count()
    assert not services.write_translation(page=tree.event, language_code="tr", sentences=sentences)
    assert translated(tree.event, tree.tr).revisions.count() == revisions


def test_nothing_is_read_where_nothing_is_translated(tree):
    assert services.read_translation(page=tree.event, language_code="tr") == {}


@pytest.mark.parametrize(
    ("sentences", "field"),
    [
        ({"text": "<p>Yalnız bir.</p>"}, "text"),
        ({"place_name": "Salon"}, "place_name"),
        ({"weather_note": "Yağmurda salonda."}, "weather_note"),
        ({"text": '<p><a href="https://example.org">Bir</a></p><p>İki</p>'}, "text"),
    ],
)
def test_sentences_that_do_not_fit_the_source_are_refused_by_field(tree, sentences, field):
    with pytest.raises(ValidationError) as refused:
        services.write_translation(page=tree.event, language_code="tr", sentences=sentences)
    assert list(refused.value.message_dict) == [field]
    assert not StringTranslation.objects.exists()


def test_a_translation_into_a_language_that_the_region_does_without_is_refused(tree, republish):
    republish(tree.region, languages=["ar"])
    with pytest.raises(ValidationError):
        services.write_translation(page=tree.event, language_code="tr", sentences={"title": "Dünya Kafesi"})


def test_the_source_text_can_be_as_long_as_the_title_allows(tree):
    with pytest.raises(TranslationInvalid):
        services.write_translation(page=tree.event, language_code="tr", sentences={"title": "a" * 81})
    assert Page.objects.get(translation_key=tree.event.translation_key, locale=tree.tr).title == "World Café"


def test_written_sentences_do_not_take_a_translators_drafts_along(tree, turkish):
    type_in(turkish, title="Taslak", teaser="Taslak")
    services.write_translation(page=tree.event, language_code="tr", sentences={"title": "Dünya Kafesi"})
    page = translated(tree.event, tree.tr)
    assert page.title == "Dünya Kafesi"
    assert page.teaser == tree.event.teaser
    assert page.untranslated_fields == ["teaser", "text"]
