"""Our few queries leave the same rows as wagtail-localize's many."""

import pytest
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    StringSegment,
    TemplateSegment,
    TranslationSource,
)

from home.models import PlainPage
from tests.factories.pages import OfferPageFactory, start_site
from translation.carrying import successors
from translation.segments import Sentence, refresh_source

RICH = (
    '<h3>Wer?</h3><p>Alle, mit <a href="https://example.org/a">Link</a> und '
    '<a href="https://example.org/b">noch einem</a>.</p><ul><li>eins</li><li>zwei &amp; drei</li></ul>'
)


def rows(source):
    strings = StringSegment.objects.filter(source=source).values_list(
        "order", "context__path", "context__field_path", "string__data", "attrs"
    )
    templates = TemplateSegment.objects.filter(source=source).values_list(
        "order", "context__path", "context__field_path", "template__template"
    )
    values = OverridableSegment.objects.filter(source=source).values_list(
        "order", "context__path", "context__field_path", "data_json"
    )
    objects = RelatedObjectSegment.objects.filter(source=source).values_list("order", "context__path")
    return [sorted(each) for each in (strings, templates, values, objects)]


def plain_page(home):
    page = PlainPage(title="Über uns", slug="ueber-uns", teaser="Kurz.")
    page.body = [
        {"type": "text", "value": RICH, "id": "t"},
        {"type": "quote", "value": {"quote": "Ich koche.", "source": ""}, "id": "q"},
        {"type": "steps", "value": {"heading": "So", "steps": ["Anrufen", "Kommen"]}, "id": "s"},
        {"type": "link", "value": {"label": "Los", "page": home.pk, "url": ""}, "id": "l"},
    ]
    home.add_child(instance=page)
    return PlainPage.objects.get(pk=page.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("make", [plain_page, lambda home: OfferPageFactory(parent=home, text=RICH)])
def test_the_rows_are_those_that_wagtail_localize_writes(make):
    page = make(start_site("tr"))
    refresh_source(page)
    source = TranslationSource.objects.get(object_id=page.translation_key)
    ours = rows(source)
    source.refresh_segments()
    assert rows(source) == ours
    StringSegment.objects.filter(source=source).delete()
    source.refresh_segments()
    assert rows(source) == ours


@pytest.mark.django_db
def test_after_a_change_the_rows_are_those_that_wagtail_localize_writes():
    page = OfferPageFactory(parent=start_site("tr"), text=RICH, first_step="Anrufen", what_to_bring="Nichts")
    refresh_source(page)
    page.text = RICH.replace("<li>eins</li>", "").replace("https://example.org/b", "https://example.org/c")
    page.first_step = ""
    page.save()
    refresh_source(type(page).objects.get(pk=page.pk))
    source = TranslationSource.objects.get(object_id=page.translation_key)
    ours = rows(source)
    source.refresh_segments()
    assert rows(source) == ours


@pytest.mark.django_db
def test_a_sentence_keeps_its_id_when_another_one_goes():
    page = OfferPageFactory(parent=start_site("tr"), text="<p>Eins.</p><p>Zwei.</p>")
    refresh_source(page)
    kept = StringSegment.objects.get(string__data="Zwei.").pk
    page.text = "<p>Zwei.</p>"
    page.save()
    refresh_source(type(page).objects.get(pk=page.pk))
    assert StringSegment.objects.get(string__data="Zwei.").pk == kept


def sentence(text, *, field="text", path=None, number=0):
    return Sentence(
        segment_id=number,
        field=field,
        path=path or field,
        order=number,
        string_id=hash(text),
        context_id=hash(path or field),
        text=text,
        key=text,
        attrs="null",
    )


def matched(before, after):
    return [(old.text, new.text) for old, new in successors(before, after)]


def test_a_field_of_one_sentence_is_followed_however_different_it_is():
    assert matched([sentence("World Café")], [sentence("Stadtgespräch")]) == [("World Café", "Stadtgespräch")]


def test_paragraphs_are_followed_by_the_most_similar_ones():
    before = [sentence("Für das leibliche Wohl ist gesorgt."), sentence("Alle sind willkommen.")]
    after = [
        sentence("Wir treffen uns im Hof."),
        sentence("Alle sind herzlich willkommen."),
        sentence("Für das leibliche Wohl ist bestens gesorgt."),
    ]
    assert sorted(matched(before, after)) == [
        ("Alle sind willkommen.", "Alle sind herzlich willkommen."),
        ("Für das leibliche Wohl ist gesorgt.", "Für das leibliche Wohl ist bestens gesorgt."),
    ]


def test_sentences_that_stay_are_not_matched_with_others():
    stays = sentence("Alle sind willkommen.")
    assert matched([stays], [stays, sentence("Alle sind sehr willkommen.")]) == []


def test_a_block_that_was_rebuilt_is_found_by_its_text():
    before = [
        sentence("Ich koche gern.", field="body", path="body.a"),
        sentence("Hallo", field="body", path="body.b"),
    ]
    after = [
        sentence("Ich koche gern.", field="body", path="body.c"),
        sentence("Hallo", field="body", path="body.b"),
    ]
    assert matched(before, after) == [("Ich koche gern.", "Ich koche gern.")]
