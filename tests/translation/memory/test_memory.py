"""What goes into the memory, and what does not."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import PageViewRestriction

from content.audit import AuditEntry
from tests.factories.pages import EventPageFactory
from translation import services as translation
from translation import tasks
from translation.memory import services
from translation.memory.models import MOST_CHARACTERS, MemoryUnit, UnitOrigin

pytestmark = pytest.mark.django_db

CANARY = "zzkanarie"


def kept(locale):
    """Return ``[(source, target, context)]`` of a language's memory, in the order in which they are offered."""
    rows = MemoryUnit.objects.remembered(locale).order_by("-approved_at", "-pk")
    return list(rows.values_list("source", "target", "context"))


@pytest.mark.both_databases
def test_an_approved_translation_is_remembered_once(tree):
    pairs = [("Kaffee & <1>Kuchen</1>", "Kahve ve <1>kek</1>", "text")]
    assert services.remember(locale=tree.tr, pairs=pairs, page=tree.event) == 1
    assert services.remember(locale=tree.tr, pairs=pairs * 2, page=tree.event) == 0
    unit = MemoryUnit.objects.get()
    assert (unit.source, unit.target, unit.context) == pairs[0]
    assert (unit.locale, unit.source_language, unit.origin) == (tree.tr, "de", UnitOrigin.APPROVED)
    assert unit.region_key == str(tree.region.translation_key)


def test_the_page_may_be_given_in_any_language(tree):
    page = tree.event.get_translation(tree.tr)
    assert services.remember(locale=tree.tr, pairs=[("Fest", "Şenlik", "title")], page=page) == 1


def test_the_author_is_whoever_approved_last(tree):
    people = [get_user_model().objects.create_user(name) for name in ("ayla", "murat")]
    for person in people:
        services.remember(locale=tree.tr, pairs=[("Fest", "Şenlik", "title")], page=tree.event, user=person)
    assert MemoryUnit.objects.get().author == people[1]


@pytest.mark.both_databases
def test_a_newer_translation_of_the_same_sentence_comes_first_and_the_older_one_stays(tree):
    for target in ("Bayram", "Şenlik", "Bayram"):
        services.remember(locale=tree.tr, pairs=[("Fest", target, "title")], page=tree.event)
    assert kept(tree.tr) == [("Fest", "Bayram", "title"), ("Fest", "Şenlik", "title")]


def test_each_language_and_place_has_its_own(tree):
    services.remember(locale=tree.tr, pairs=[("Fest", "Şenlik", "title")], page=tree.event)
    services.remember(locale=tree.tr, pairs=[("Fest", "Şenlik", "place_name")], page=tree.event)
    services.remember(locale=tree.ar, pairs=[("Fest", "حفل", "title")], page=tree.event)
    assert kept(tree.tr) == [("Fest", "Şenlik", "place_name"), ("Fest", "Şenlik", "title")]
    assert kept(tree.ar) == [("Fest", "حفل", "title")]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("", "Şenlik"),
        ("Fest", " \n"),
        ("Fest", "\x00"),
        ("F" * (MOST_CHARACTERS + 1), "Şenlik"),
        ("Fest", "Ş" * (MOST_CHARACTERS + 1)),
    ],
)
def test_what_is_empty_or_endless_is_left_out(tree, source, target):
    assert services.remember(locale=tree.tr, pairs=[(source, target, "title")], page=tree.event) == 0
    assert kept(tree.tr) == []


def test_characters_that_no_file_could_hold_are_left_out(tree):
    services.remember(locale=tree.tr, pairs=[("Fest\x00", "Şen\x0blik", "title")], page=tree.event)
    assert kept(tree.tr) == [("Fest", "Şenlik", "title")]


# --- Only what readers see ----------------------------------------------------------------------------------


def translate(page, code, committed, **sentences):
    with committed():
        translation.write_translation(page=page, language_code=code, sentences=sentences)


@pytest.mark.both_databases
def test_what_readers_see_translated_is_learnt(tree, committed):
    translate(
        tree.event, "tr", committed, title="Dünya Kafesi", text="<p>Yiyecek var.</p><p>Herkes gelsin.</p>"
    )
    assert services.learn_from_approved() == 3
    assert sorted(kept(tree.tr)) == [
        ("Alle sind willkommen.", "Herkes gelsin.", "text"),
        ("Für das leibliche Wohl ist gesorgt.", "Yiyecek var.", "text"),
        ("World Café", "Dünya Kafesi", "title"),
    ]
    assert services.learn_from_approved() == 0
    assert len(kept(tree.tr)) == 3


def test_one_language_or_one_page_can_be_learnt_alone(tree, committed):
    translate(tree.event, "tr", committed, title="Dünya Kafesi")
    translate(tree.event, "ar", committed, title="مقهى العالم")
    translate(tree.organisation, "ar", committed, teaser="بيت للجميع")
    assert services.learn_from_approved(locale=tree.tr) == 1
    assert services.learn_from_approved(page=tree.organisation) == 1
    assert kept(tree.ar) == [(tree.organisation.teaser, "بيت للجميع", "teaser")]


def test_a_translation_of_an_older_sentence_is_learnt_for_that_sentence(tree, committed, republish):
    translate(tree.event, "tr", committed, title="Dünya Kafesi")
    republish(tree.event, title="World Café am Abend")
    services.learn_from_approved()
    assert kept(tree.tr) == [("World Café", "Dünya Kafesi", "title")]


def test_a_draft_is_not_learnt(tree, committed):
    translate(tree.event, "tr", committed, title="Dünya Kafesi")
    row = translation.ensure_translation(source_page=tree.event, locale=tree.tr)
    segment = row.source.stringsegment_set.get(context__path="title")
    segment.string.translations.filter(locale=tree.tr).update(data=f"{CANARY} taslak")
    assert services.learn_from_approved() == 0
    assert kept(tree.tr) == []


@pytest.mark.parametrize("hidden", ["page", "above", "translation", "unpublished"])
def test_what_not_everybody_may_read_is_not_remembered(tree, committed, hidden):
    translate(tree.event, "tr", committed, title=CANARY)
    if hidden == "unpublished":
        with committed():
            tree.event.unpublish()
    else:
        page = {
            "page": tree.event,
            "above": tree.organisation,
            "translation": tree.event.get_translation(tree.tr),
        }[hidden]
        PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
    assert services.learn_from_approved() == 0
    pairs = [("Geheim", CANARY, "title")]
    assert services.remember(locale=tree.tr, pairs=pairs, page=tree.event) == 0
    assert kept(tree.tr) == []


def test_learning_takes_as_many_queries_for_three_pages_as_for_one(
    tree, committed, django_assert_num_queries
):
    translate(tree.event, "tr", committed, title="Dünya Kafesi")
    services.learn_from_approved()
    with django_assert_num_queries(LEARNING):
        services.learn_from_approved()
    for number in range(3):
        with committed():
            page = EventPageFactory(parent=tree.organisation, title=f"Fest {number}", slug=f"fest-{number}")
        translate(page, "tr", committed, title=f"Şenlik {number}")
    services.learn_from_approved()
    with django_assert_num_queries(LEARNING):
        services.learn_from_approved()


LEARNING = 11


# --- Forgetting ---------------------------------------------------------------------------------------------


def test_what_is_wrong_can_be_forgotten_and_the_log_says_by_whom(tree):
    services.remember(locale=tree.tr, pairs=[("Fest", CANARY, "title")], page=tree.event)
    person = get_user_model().objects.create_user("ayla")
    services.forget(unit=MemoryUnit.objects.get(), by=person)
    assert kept(tree.tr) == []
    entry = AuditEntry.objects.get(action=services.FORGOTTEN)
    assert (entry.actor_label, entry.detail) == ("ayla", {"language": "tr"})
    assert CANARY not in f"{entry.subject_label}{entry.detail}"


def test_what_was_forgotten_is_not_learnt_again_from_a_page_that_has_it(tree, committed):
    translate(tree.event, "tr", committed, title="Dünya Kafesi")
    services.learn_from_approved()
    services.forget(unit=MemoryUnit.objects.get(), by=None)
    tasks.remember_what_is_translated()
    assert kept(tree.tr) == []
    pairs = [("World Café", "Dünya Kafesi", "title")]
    services.remember(locale=tree.tr, pairs=pairs, page=tree.event)
    assert kept(tree.tr) == pairs
