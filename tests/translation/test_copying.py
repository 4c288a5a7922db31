"""A copy of a page brings its translations, and readers see them when the copy is published."""

import datetime
import uuid

import pytest
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation

from tests.factories.pages import publish
from tests.services.rebuilding import built_once
from translation import selectors, services
from translation.models import CarriedTranslation, PageTranslationState, State

TURKISH = {
    "title": "Dünya Kafesi",
    "teaser": "Birlikte konuşalım.",
    "text": "<p>Yiyecek içecek hazır.</p><p>Herkes davetli.</p>",
}
ARABIC = {"title": "المقهى العالمي"}


@pytest.fixture
@built_once
def copied(tree):
    """Return a draft copy of the event, which is translated into Turkish, and whose title is into Arabic."""
    services.write_translation(page=tree.event, language_code="tr", sentences=TURKISH)
    services.write_translation(page=tree.event, language_code="ar", sentences=ARABIC)
    return copy_of(tree.event)


def copy_of(page):
    copy = page.copy(
        copy_revisions=False,
        keep_live=False,
        update_attrs={"slug": f"kopie-{uuid.uuid4().hex[:6]}", "start_date": datetime.date(2027, 12, 11)},
    )
    return type(page).objects.get(pk=copy.pk)


def in_language(page, locale):
    return type(page).objects.get(translation_key=page.translation_key, locale=locale)


def state(page, locale):
    return selectors.states_for([page], locale)[page.translation_key]


def test_a_published_copy_is_translated_at_once(tree, copied, committed):
    assert services.copy_translations(original=tree.event, copy=copied) == ["tr", "ar"]
    assert list(Page.objects.filter(translation_key=copied.translation_key)) == [copied.page_ptr]
    with committed():
        publish(copied)
    turkish, arabic = in_language(copied, tree.tr), in_language(copied, tree.ar)
    assert {name: getattr(turkish, name) for name in TURKISH} == TURKISH
    assert (arabic.title, arabic.untranslated_fields) == (ARABIC["title"], ["teaser", "text"])
    assert turkish.start_date == arabic.start_date == datetime.date(2027, 12, 11)
    assert turkish.live
    assert (state(copied, tree.tr), state(copied, tree.ar)) == (State.FRESH, State.IN_WORK)
    # The original is as it was.
    assert in_language(tree.event, tree.tr).start_date == tree.event.start_date
    assert state(tree.event, tree.tr) == State.FRESH


def test_a_text_that_was_changed_shows_the_source_and_not_what_was_said_last_year(tree, copied, committed):
    services.copy_translations(original=tree.event, copy=copied)
    copied.teaser = "Wir reden am 11. Dezember miteinander."
    with committed():
        publish(copied)
    turkish = in_language(copied, tree.tr)
    assert (turkish.title, turkish.teaser) == (TURKISH["title"], copied.teaser)
    assert turkish.untranslated_fields == ["teaser"]
    # Whoever translates it finds what it was.
    carried = CarriedTranslation.objects.get(string_translation__translation_of__data=copied.teaser)
    assert carried.string_translation.data == TURKISH["teaser"]
    assert carried.old_source == tree.event.teaser
    assert state(copied, tree.tr) == State.IN_WORK


def test_a_copy_of_which_nothing_is_left_shows_the_source(tree, copied, committed):
    services.copy_translations(original=tree.event, copy=copied)
    copied.title = "Ganz anders"
    with committed():
        publish(copied)
    arabic = in_language(copied, tree.ar)
    assert (arabic.title, arabic.alias_of_id) == ("Ganz anders", copied.pk)
    assert state(copied, tree.ar) == State.MISSING
    # Publishing it again does not bring back what is gone.
    with committed():
        publish(type(copied).objects.get(pk=copied.pk))
    assert in_language(copied, tree.ar).alias_of_id == copied.pk


def test_only_what_was_approved_for_the_sentence_of_today_comes_along(tree, republish):
    services.write_translation(page=tree.event, language_code="tr", sentences=TURKISH)
    changed = republish(tree.event, teaser="Wir reden anders miteinander.")
    copy = copy_of(changed)
    services.copy_translations(original=changed, copy=copy)
    own = StringTranslation.objects.filter(context__object_id=copy.translation_key)
    assert set(own.values_list("data", flat=True)) == {
        "Dünya Kafesi",
        "Yiyecek içecek hazır.",
        "Herkes davetli.",
    }


def test_what_a_translator_is_still_writing_does_not_come_along(tree, copied):
    row = StringTranslation.objects.get(context__object_id=tree.event.translation_key, data=TURKISH["teaser"])
    row.data = "Yarım kalmış"
    row.save()
    services.copy_translations(original=tree.event, copy=copied)
    own = StringTranslation.objects.filter(context__object_id=copied.translation_key, locale=tree.tr)
    assert "Yarım kalmış" not in own.values_list("data", flat=True)
    assert own.count() == 3


def test_a_language_that_was_taken_from_readers_does_not_come_along(tree, copied):
    in_language(tree.event, tree.ar).unpublish()
    assert services.copy_translations(original=tree.event, copy=copied) == ["tr"]


def test_translations_of_what_was_taken_down_come_along(tree, copied, committed):
    with committed():
        tree.event.unpublish()
    assert services.copy_translations(original=tree.event, copy=copied) == ["tr", "ar"]


def test_a_copy_of_a_copy_that_nobody_has_seen_has_them_too(tree, copied, committed):
    services.copy_translations(original=tree.event, copy=copied)
    again = copy_of(copied)
    assert services.copy_translations(original=copied, copy=again) == ["tr", "ar"]
    with committed():
        publish(again)
    assert in_language(again, tree.tr).title == TURKISH["title"]


def test_copying_twice_changes_nothing(tree, copied):
    services.copy_translations(original=tree.event, copy=copied)
    before = (
        list(StringTranslation.objects.order_by("pk").values()),
        list(PageTranslationState.objects.order_by("pk").values()),
    )
    assert services.copy_translations(original=tree.event, copy=copied) == []
    assert before == (
        list(StringTranslation.objects.order_by("pk").values()),
        list(PageTranslationState.objects.order_by("pk").values()),
    )


def test_a_demo_translation_stays_one(tree, committed):
    with services.demo_translations():
        services.write_translation(page=tree.event, language_code="tr", sentences=TURKISH)
    copy = copy_of(tree.event)
    services.copy_translations(original=tree.event, copy=copy)
    with committed():
        publish(copy)
    assert services.is_demo_translation(page=in_language(copy, tree.tr))


def test_a_replaced_link_comes_along(tree, republish, committed):
    linked = republish(tree.event, text='<p>Mehr auf <a href="https://de.example.org">der Seite</a>.</p>')
    services.write_translation(
        page=linked, language_code="tr", sentences={"text": '<p>Daha fazlası <a id="a1">sayfada</a>.</p>'}
    )
    place = services.ensure_translation(source_page=linked, locale=tree.tr).source.overridablesegment_set.get(
        data_json='"https://de.example.org"'
    )
    SegmentOverride.objects.create(
        locale=tree.tr, context=place.context, data_json='"https://tr.example.org"'
    )
    copy = copy_of(linked)
    services.copy_translations(original=linked, copy=copy)
    with committed():
        publish(copy)
    assert (
        in_language(copy, tree.tr).text == '<p>Daha fazlası <a href="https://tr.example.org">sayfada</a>.</p>'
    )


def test_a_page_without_translations_brings_none(tree):
    assert services.copy_translations(original=tree.event, copy=copy_of(tree.event)) == []


@pytest.mark.parametrize("codes", [["tr"], ["tr", "ar"]])
def test_another_language_costs_one_more_query(tree, codes, django_assert_num_queries):
    for code in codes:
        services.write_translation(page=tree.event, language_code=code, sentences=TURKISH)
    copy = copy_of(tree.event)
    with django_assert_num_queries(38 + len(codes)):
        services.copy_translations(original=tree.event, copy=copy)
