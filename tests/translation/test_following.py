"""When the German page changes, facts are right everywhere at once and good translations stay."""

import datetime

from wagtail_localize.models import StringTranslation

from content.models import TaggedPage, Topic
from events.models import EventOrganiser
from home.models import PlainPage
from organisations.models import RegionRole
from tests.factories.pages import OrganisationPageFactory, publish
from translation import selectors, services
from translation.models import CarriedTranslation, PageTranslationState, State

TURKISH = {
    "title": "Dünya Kafesi",
    "teaser": "Birlikte konuşalım.",
    "text": "<p>Yiyecek içecek hazır.</p><p>Herkes davetli.</p>",
}


def translated(page, locale):
    return type(page).objects.get(translation_key=page.translation_key, locale=locale)


def state(page, locale):
    return selectors.states_for([page], locale)[page.translation_key]


def write_turkish(tree, **changes):
    services.write_translation(page=tree.event, language_code="tr", sentences=TURKISH | changes)


def test_a_moved_date_is_right_in_every_language_and_the_translation_stays(tree, republish):
    write_turkish(tree)
    republish(tree.event, start_date=datetime.date(2026, 12, 19))
    turkish, arabic = translated(tree.event, tree.tr), translated(tree.event, tree.ar)
    assert turkish.start_date == arabic.start_date == datetime.date(2026, 12, 19)
    assert turkish.title == "Dünya Kafesi"
    assert turkish.text == TURKISH["text"]
    assert state(tree.event, tree.tr) == State.FRESH


def test_one_changed_sentence_does_not_put_german_into_a_live_translation(tree, republish):
    write_turkish(tree)
    republish(
        tree.event, text="<p>Für das leibliche Wohl ist reichlich gesorgt.</p><p>Alle sind willkommen.</p>"
    )
    turkish = translated(tree.event, tree.tr)
    assert turkish.text == TURKISH["text"]
    assert turkish.live
    assert state(tree.event, tree.tr) == State.OUTDATED


def test_a_carried_translation_remembers_the_sentence_it_was_made_for(tree, republish):
    write_turkish(tree)
    republish(tree.event, title="World Café am Abend")
    republish(tree.event, title="World Café am späten Abend")
    carried = CarriedTranslation.objects.select_related("string_translation__translation_of").get(
        string_translation__translation_of__data="World Café am späten Abend"
    )
    assert carried.old_source == "World Café"
    assert carried.string_translation.data == "Dünya Kafesi"


def test_paragraphs_that_stay_or_move_are_not_outdated(tree, republish):
    write_turkish(tree)
    republish(tree.event, text="<p>Alle sind willkommen.</p><p>Für das leibliche Wohl ist gesorgt.</p>")
    assert translated(tree.event, tree.tr).text == "<p>Herkes davetli.</p><p>Yiyecek içecek hazır.</p>"
    assert state(tree.event, tree.tr) == State.FRESH


def test_a_removed_paragraph_goes_from_the_translation_too(tree, republish):
    write_turkish(tree)
    republish(tree.event, text="<p>Alle sind willkommen.</p>")
    assert translated(tree.event, tree.tr).text == "<p>Herkes davetli.</p>"
    assert state(tree.event, tree.tr) == State.FRESH


def test_a_changed_link_is_a_fact(tree, republish):
    republish(tree.event, text='<p>Mehr auf <a href="https://old.example.org">der Seite</a>.</p>')
    write_turkish(tree, text='<p>Daha fazlası <a id="a1">sayfada</a>.</p>')
    assert 'href="https://old.example.org"' in translated(tree.event, tree.tr).text
    republish(tree.event, text='<p>Mehr auf <a href="https://new.example.org">der Seite</a>.</p>')
    assert (
        translated(tree.event, tree.tr).text
        == '<p>Daha fazlası <a href="https://new.example.org">sayfada</a>.</p>'
    )


def test_an_emptied_note_is_emptied_everywhere(tree, republish):
    republish(tree.event, weather_note="Bei Regen im Saal.")
    write_turkish(tree, weather_note="Yağmurda salonda.")
    republish(tree.event, weather_note="")
    assert translated(tree.event, tree.tr).weather_note == ""
    assert state(tree.event, tree.tr) == State.FRESH


def test_a_new_note_is_shown_in_german_and_says_so(tree, republish):
    write_turkish(tree)
    republish(tree.event, weather_note="Bei Regen im Saal.")
    turkish = translated(tree.event, tree.tr)
    assert turkish.weather_note == "Bei Regen im Saal."
    assert turkish.language_of("weather_note") == "de"
    assert turkish.language_of("title") == "tr"
    republish(tree.event, weather_note="Bei Regen im Foyer.")
    assert translated(tree.event, tree.tr).weather_note == "Bei Regen im Foyer."


def test_lists_relations_and_topics_are_facts(tree, republish, committed):
    write_turkish(tree)
    with committed():
        helper = OrganisationPageFactory(parent=tree.region)
    topic = Topic.objects.create(name="Sprache", slug="sprache")
    event = republish(
        tree.event,
        target_groups=["everybody", "women"],
        organisers=[EventOrganiser(organisation=helper)],
        tagged_topics=[TaggedPage(tag=topic)],
        place_name="Stadthalle",
    )
    turkish = translated(event, tree.tr)
    assert turkish.target_groups == ["everybody", "women"]
    assert [row.organisation for row in turkish.organisers.all()] == [helper]
    assert list(turkish.topics.all()) == [topic]
    assert turkish.place_name == "Stadthalle"
    kept = list(turkish.organisers.values_list("pk", flat=True))
    republish(event, place_name="Haus International")
    assert list(turkish.organisers.values_list("pk", flat=True)) == kept
    republish(event, organisers=[], tagged_topics=[])
    assert not turkish.organisers.exists()
    assert not turkish.tagged_topics.exists()


def test_roles_of_a_region_are_facts(tree, republish):
    services.write_translation(page=tree.region, language_code="tr", sentences={"title": "Kempten şehri"})
    republish(
        tree.region,
        roles=[RegionRole(organisation=tree.organisation, role="carrier")],
        places=["Sankt Mang", "Thingers"],
    )
    turkish = translated(tree.region, tree.tr)
    assert [row.role for row in turkish.roles.all()] == ["carrier"]
    assert turkish.places == ["Sankt Mang", "Thingers"]
    assert turkish.title == "Kempten şehri"


def test_a_later_publication_of_the_translation_does_not_bring_old_facts_back(tree, republish, committed):
    write_turkish(tree)
    draft = translated(tree.event, tree.tr)
    draft.teaser = "Taslak"
    draft.save_revision()
    republish(tree.event, start_date=datetime.date(2026, 12, 19))
    latest = translated(tree.event, tree.tr).get_latest_revision()
    assert latest.as_object().start_date == datetime.date(2026, 12, 19)
    with committed():
        latest.publish()
    turkish = translated(tree.event, tree.tr)
    assert turkish.teaser == "Taslak"
    assert turkish.start_date == datetime.date(2026, 12, 19)


def test_an_old_revision_that_is_published_gets_todays_facts(tree, republish, committed):
    write_turkish(tree)
    old = translated(tree.event, tree.tr).get_latest_revision()
    write_turkish(tree, title="Dünya Kahvesi")
    republish(tree.event, start_date=datetime.date(2026, 12, 19))
    with committed():
        old.publish()
    assert translated(tree.event, tree.tr).start_date == datetime.date(2026, 12, 19)


def test_a_minor_edit_outdates_nothing(tree, committed):
    write_turkish(tree)
    page = type(tree.event).objects.get(pk=tree.event.pk)
    page.title = "World-Café"
    with committed(), services.minor_edit():
        publish(page)
    assert state(tree.event, tree.tr) == State.FRESH
    assert not CarriedTranslation.objects.exists()
    assert translated(tree.event, tree.tr).title == "Dünya Kafesi"


def test_a_change_that_is_taken_back_is_fresh_again(tree, republish):
    write_turkish(tree)
    republish(tree.event, title="Stadtgespräch")
    assert state(tree.event, tree.tr) == State.OUTDATED
    republish(tree.event, title="World Café")
    assert state(tree.event, tree.tr) == State.FRESH


def test_states_can_be_computed_anew_from_hashes(tree, republish):
    write_turkish(tree)
    republish(tree.event, title="Stadtgespräch")
    PageTranslationState.objects.update(state=State.NOT_WANTED)
    services.recompute_states()
    assert state(tree.event, tree.tr) == State.OUTDATED
    assert state(tree.event, tree.ar) == State.MISSING
    assert services.recompute_states() == 0


def test_states_of_many_pages_are_read_at_once(tree, django_assert_num_queries):
    with django_assert_num_queries(1):
        selectors.states_for([tree.event, tree.organisation, tree.region], tree.tr)


def test_a_lost_publication_is_caught_up(tree):
    write_turkish(tree)
    page = type(tree.event).objects.get(pk=tree.event.pk)
    page.place_name = "Stadthalle"
    publish(page)
    services.catch_up()
    assert translated(tree.event, tree.tr).place_name == "Stadthalle"
    assert selectors.pages_not_followed() == []


def test_blocks_of_a_plain_page_keep_their_translation_when_another_block_changes(tree, committed, republish):
    with committed():
        page = PlainPage(title="Über uns", slug="ueber-uns")
        page.body = [
            {"type": "quote", "value": {"quote": "Ich koche gern.", "source": "Nina"}, "id": "a"},
            {"type": "text", "value": "<p>Wir sind viele.</p>", "id": "b"},
        ]
        tree.home.add_child(instance=page)
    services.write_translation(
        page=page,
        language_code="tr",
        sentences={
            "title": "Hakkımızda",
            "body": {"a.quote": "Yemek yaparım.", "a.source": "Nina", "b": "<p>Çoğuz.</p>"},
        },
    )
    turkish = translated(page, tree.tr)
    assert turkish.body[0].value["quote"] == "Yemek yaparım."
    page = PlainPage.objects.get(pk=page.pk)
    page.body[0].value["quote"] = "Ich koche sehr gern."
    with committed():
        publish(page)
    turkish = translated(page, tree.tr)
    assert turkish.body[0].value["quote"] == "Yemek yaparım."
    assert state(page, tree.tr) == State.OUTDATED


def test_two_sentences_that_become_the_same_keep_one_translation(tree, republish):
    republish(tree.event, text="<p>Alle sind heute willkommen.</p><p>Alle sind morgen willkommen.</p>")
    texts = "<p>Bugün herkes davetli.</p><p>Yarın herkes davetli.</p>"
    services.write_translation(page=tree.event, language_code="tr", sentences={"text": texts})
    republish(tree.event, text="<p>Alle sind immer willkommen.</p><p>Alle sind immer willkommen.</p>")
    turkish = type(tree.event).objects.get(translation_key=tree.event.translation_key, locale=tree.tr)
    assert "davetli" in turkish.text
    assert "willkommen" not in turkish.text
    assert StringTranslation.objects.filter(translation_of__data="Alle sind immer willkommen.").count() == 1
