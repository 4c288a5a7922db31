"""What the memory suggests."""

import datetime
import random

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from content.word_diffs import ADDED, DELETED, SAME
from tests.factories.pages import EventPageFactory
from translation import services as translation
from translation.memory import selectors, services
from translation.memory.models import MemoryUnit
from translation.memory.selectors import CONTEXT, EXACT, FUZZY, suggestions, suggestions_for
from translation.segments import read_source_text, source_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def turkish(db):
    return Locale.objects.get_or_create(language_code="tr")[0]


@pytest.fixture(autouse=True)
def nothing_kept():
    selectors._kept.clear()
    yield
    selectors._kept.clear()


def known(locale, source, target, context="", *, minutes_ago=0, region_key=""):
    unit = services.unit_of(
        locale=locale,
        source=source,
        target=target,
        context=context,
        region_key=region_key,
        approved_at=timezone.now() - datetime.timedelta(minutes=minutes_ago),
    )
    unit.save()
    return unit


def told(found):
    return [(one.target, one.percent, one.kind) for one in found]


@pytest.mark.both_databases
def test_the_same_place_is_surer_than_the_same_sentence(turkish):
    known(turkish, "Kontakt", "İletişim", "body.heading", minutes_ago=0)
    known(turkish, "Kontakt", "Bağlantı", "title", minutes_ago=5)
    assert told(suggestions("Kontakt", turkish, "title")) == [
        ("Bağlantı", 101, CONTEXT),
        ("İletişim", 100, EXACT),
    ]
    assert told(suggestions("Kontakt", turkish, "elsewhere")) == [
        ("İletişim", 100, EXACT),
        ("Bağlantı", 100, EXACT),
    ]


def test_units_without_a_place_are_no_match_of_places(turkish):
    known(turkish, "Kontakt", "İletişim")
    assert told(suggestions("Kontakt", turkish)) == [("İletişim", 100, EXACT)]


def test_the_latest_translation_comes_first_and_each_once(turkish):
    known(turkish, "Kontakt", "Bağlantı", "a", minutes_ago=9)
    known(turkish, "Kontakt", "İletişim", "b", minutes_ago=5)
    known(turkish, "Kontakt", "Bağlantı", "c", minutes_ago=1)
    assert told(suggestions("Kontakt", turkish)) == [("Bağlantı", 100, EXACT), ("İletişim", 100, EXACT)]


def test_among_equals_the_own_region_comes_first(turkish):
    known(turkish, "Kontakt", "İletişim", minutes_ago=1, region_key="roth")
    known(turkish, "Kontakt", "Bağlantı", minutes_ago=5, region_key="kempten")
    found = suggestions("Kontakt", turkish, region_key="kempten")
    assert [one.target for one in found] == ["Bağlantı", "İletişim"]


def test_a_sentence_alike_is_suggested_with_percent_and_what_differs(turkish):
    known(turkish, "Kommen Sie am Montag um acht.", "Pazartesi saat sekizde gelin.")
    known(turkish, "Etwas ganz anderes.", "Bambaşka bir şey.")
    (found,) = suggestions("Kommen Sie am Dienstag um acht.", turkish)
    assert (found.target, found.kind) == ("Pazartesi saat sekizde gelin.", FUZZY)
    assert found.percent == 90
    assert found.changes == [
        (SAME, "Kommen Sie am "),
        (DELETED, "Montag"),
        (ADDED, "Dienstag"),
        (SAME, " um acht."),
    ]


def test_sentences_that_are_not_the_same_are_never_wholly_alike(turkish):
    long = "Wort " * 200
    known(turkish, long.strip(), "çok")
    (found,) = suggestions(f"{long}!", turkish)
    assert (found.percent, found.kind) == (99, FUZZY)


def test_below_seventy_percent_nothing_is_suggested(turkish):
    known(turkish, "abcdefghij", "x")
    assert [one.percent for one in suggestions("abcdefg123", turkish)] == [70]
    assert suggestions("abcdef1234", turkish) == []


def test_nothing_comes_from_another_language(turkish):
    arabic = Locale.objects.get_or_create(language_code="ar")[0]
    known(arabic, "Kontakt", "للتواصل", "title")
    assert suggestions("Kontakt", turkish, "title") == []
    assert suggestions("Kontakte", turkish, "title") == []


def test_what_was_forgotten_is_not_suggested_and_hides_nothing(turkish):
    unit = known(turkish, "Kontakt", "Yanlış")
    known(turkish, "Kontakte", "Bağlantılar")
    services.forget(unit=unit, by=None)
    assert told(suggestions("Kontakt", turkish)) == [("Bağlantılar", 93, FUZZY)]


def test_at_most_as_many_as_asked_for(turkish):
    for number in range(9):
        known(turkish, f"Saal Nummer {number}", f"{number}. salon")
    assert len(suggestions("Saal Nummer X", turkish, limit=3)) == 3


@pytest.mark.parametrize("text", ["", " ", "x" * 30_000, "\x00", "<1></1>"])
def test_any_text_may_be_asked_about(turkish, text):
    known(turkish, "Kontakt", "İletişim")
    assert suggestions(text, turkish) == []


# --- Cost ---------------------------------------------------------------------------------------------------


def fill(locale, number):
    chance = random.Random(number)
    words = [
        "Verein",
        "Fest",
        "Treffen",
        "Kurs",
        "Garten",
        "Sprache",
        "Abend",
        "Kinder",
        "gemeinsam",
        "offen",
    ]
    units = [
        services.unit_of(
            locale=locale, source=f"{' '.join(chance.choices(words, k=8))} {row}", target=f"çeviri {row}"
        )
        for row in range(number)
    ]
    MemoryUnit.objects.bulk_create(units)
    return [unit.source for unit in units]


@pytest.mark.parametrize("size", [1, 60])
def test_a_page_full_of_sentences_takes_three_queries(turkish, django_assert_num_queries, size):
    sources = fill(turkish, 100)
    asked = [(f"{source}!", "text") for source in sources[:size]]
    with django_assert_num_queries(3):
        found = suggestions_for(asked, turkish)
    assert [each[0].target for each in found.values()] == [f"çeviri {row}" for row in range(size)]


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_a_process_reads_sentences_once_and_then_only_new_ones(django_assert_num_queries):
    turkish = Locale.objects.create(language_code="tr")
    fill(turkish, 20)
    suggestions("Verein Fest", turkish)
    with django_assert_num_queries(2):
        assert suggestions("Neuer Satz hier", turkish) == []
    known(turkish, "Neuer Satz hier.", "Yeni cümle.")
    with django_assert_num_queries(3) as asked:
        assert told(suggestions("Neuer Satz hier", turkish)) == [("Yeni cümle.", 96, FUZZY)]
    assert len(selectors._kept[turkish.pk].sources) == 21
    assert '"id" >' in asked.captured_queries[1]["sql"]


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_what_was_forgotten_or_came_late_is_noticed():
    turkish = Locale.objects.create(language_code="tr")
    first = known(turkish, "Der erste Satz.", "Birinci.")
    known(turkish, "Ein anderer Satz.", "Öteki.")
    assert told(suggestions("Der erste Satz", turkish)) == [("Birinci.", 96, FUZZY)]
    services.forget(unit=first, by=None)
    assert suggestions("Der erste Satz", turkish) == []
    key = first.pk
    first.delete()
    late = services.unit_of(locale=turkish, source="Ganz spät dran.", target="Geç.")
    late.pk = key
    known(turkish, "Noch etwas Neues.", "Yeni.")
    late.save(force_insert=True)
    suggestions("Ganz spät", turkish)
    assert told(suggestions("Ganz spät dran", turkish)) == [("Geç.", 96, FUZZY)]


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_not_kept():
    turkish = Locale.objects.create(language_code="tr")
    with transaction.atomic():
        known(turkish, "Nie gewesen.", "Hiç.")
        assert told(suggestions("Nie gewesen", turkish)) == [("Hiç.", 95, FUZZY)]
        transaction.set_rollback(True)
    assert selectors._kept == {}
    assert suggestions("Nie gewesen", turkish) == []


# --- Places that say the same -------------------------------------------------------------------------------


def sentence_of(page, path):
    return next(one for one in read_source_text(source_of(page)).sentences if one.path == path)


@pytest.fixture
def twins(tree, committed):
    with committed():
        return [
            EventPageFactory(
                parent=tree.organisation, title="World Café", slug=f"cafe-{number}", text="<p>Anders.</p>"
            )
            for number in range(3)
        ]


def test_other_places_with_the_same_sentence_are_found(tree, twins, committed):
    with committed():
        translation.write_translation(page=twins[0], language_code="tr", sentences={"title": "Dünya Kafesi"})
    found = selectors.identical(sentence_of(tree.event, "title"), tree.tr)
    assert [(twin.page.pk, twin.path, twin.target) for twin in found] == [
        (twins[0].pk, "title", "Dünya Kafesi"),
        (twins[1].pk, "title", ""),
        (twins[2].pk, "title", ""),
    ]


def test_places_that_not_everybody_may_read_are_not_shown(tree, twins, committed):
    PageViewRestriction.objects.create(page=twins[0], restriction_type="password", password="x")
    with committed():
        twins[1].unpublish()
    found = selectors.identical(sentence_of(tree.event, "title"), tree.tr)
    assert [twin.page.pk for twin in found] == [twins[2].pk]


@pytest.mark.parametrize("number", [1, 3])
def test_places_are_found_in_as_many_queries_however_many_there_are(
    tree, committed, number, django_assert_num_queries
):
    with committed():
        for each in range(number):
            EventPageFactory(parent=tree.organisation, title="World Café", slug=f"cafe-{each}")
    sentence = sentence_of(tree.event, "title")
    selectors.identical(sentence, tree.tr)
    with django_assert_num_queries(IDENTICAL):
        assert len(selectors.identical(sentence, tree.tr)) == number


IDENTICAL = 6
