"""Search finds what readers mean, in their language and in the source language, the same on both databases."""

import datetime
import random

import pytest
from django.http import QueryDict
from django.utils import timezone
from wagtail.models import Locale

from content import registry
from content.directory import DirectoryQuery, search_all
from content.index.pending import indexing_later
from content.index.words import indexed_words, normalise, plain_text, words_of
from tests.content.index_site import SmallSite, found, in_language
from tests.factories.pages import PlainPageFactory
from tests.services.rebuilding import built


@pytest.fixture
def site(db):
    return built(SmallSite)


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("Vereinsgründung", "VEREINSGRUNDUNG"),
        ("Straße", "strasse"),
        ("İŞ ÇAĞRISI", "iş çağrısı"),
        ("ISPARTA", "ısparta"),
        ("Işık", "ışık"),
        ("مُسَاعَدَة", "مساعدة"),
        ("إستشارة", "استشاره"),
        ("الجمعيـــات", "الجمعيات"),
        ("ґанок", "ганок"),
        ("п'ять", "п’ять"),
        ("Їжак", "їжак"),
        ("café", "cafe\u0301"),
    ],
)
def test_what_readers_write_in_several_ways_is_one_word(written, searched):
    assert words_of(written) == words_of(searched)


def test_words_end_where_a_tag_or_a_sign_is():
    assert words_of(plain_text("<p>Kochen</p><p>und&nbsp;Essen-Gehen &amp; mehr</p>")) == [
        "kochen",
        "und",
        "essen",
        "gehen",
        "mehr",
    ]


def test_stems_stand_beside_words_in_the_language_of_each_text():
    assert indexed_words(("Beratungen", "de")) == "beratungen berat"
    assert indexed_words(("dernekler", "tr"), ("Vereine", "de")) == "dernekler vereine dernek verein"


def test_normalising_is_idempotent():
    for text in ("İstanbul", "Straße", "مُسَاعَدَة", "Їжак", "ﬁnden"):
        assert normalise(normalise(text)) == normalise(text)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "query",
    [
        "beratung",
        "Beratungen",
        "BERATUNG",
        "berat",
        "Arbeit Beratung",
        "haus international",
        "Poststr",
        "kempten",
        "Kempton",
        "bewerbung",
        "Sport",
        "Thingers",
    ],
)
def test_an_offer_is_found_by_title_text_organisation_topic_and_place(site, query):
    page = site.offer(
        "Beratung zur Arbeit",
        teaser="Wir hören zu.",
        text="<p>Hilfe bei der <b>Bewerbung</b></p>",
        topics=["sport"],
        place_name="Haus",
        street="Poststr. 22",
        places=["Thingers"],
    )
    site.offer("Tandem", parent=site.netzwerk)
    assert found(query, kinds=["offers"]) == [page.pk]


@pytest.mark.both_databases
def test_kempton_and_kempten_find_the_same(site):
    site.offer("Kurs")
    site.offer("Ausflug nach Kempten", parent=site.netzwerk)
    site.offer("Kempton Treffen", parent=site.netzwerk)
    site.offer("Kemptener Abend", parent=site.netzwerk)
    site.offer("In Roth", parent=site.netzwerk)

    everything = found("Kempten")

    assert len(everything) == 6  # the four above that name it, the region, and the organisation there
    for query in ("Kempton", "KEMPTON", "kempten", "Kempten (Allgäu)"):
        assert set(found(query)) >= set(found("Kempten", kinds=["organisations"]))
    assert set(found("Kempton")) == set(everything)
    assert set(found("Kempton Kurs")) == set(found("Kurs Kempten"))


@pytest.mark.both_databases
def test_a_name_of_two_words_has_other_spellings(site):
    site.roth.name_variants = ["Rother Land"]
    site.roth.save()
    page = site.offer("Kurs", parent=site.netzwerk)
    site.offer("Landkreis und Roth", teaser="Das Rother Land")

    assert page.pk in found("rother land")
    assert set(found("Landkreis Roth")) == set(found("Rother Land"))


@pytest.mark.both_databases
def test_titles_weigh_more_than_organisation_then_teaser_then_text(site):
    in_text = site.offer("Eins", text="<p>Garten Garten Garten Garten</p>")
    in_teaser = site.offer("Zwei", teaser="Im Garten.")
    in_place = site.offer("Drei", place_name="Garten")
    in_title = site.offer("Garten für alle")
    in_place.save()

    assert found("garten") == [in_title.pk, in_place.pk, in_teaser.pk, in_text.pk]


@pytest.mark.both_databases
def test_an_exact_title_comes_before_titles_that_begin_with_it_have_it_in_them_or_have_its_words(site):
    text = site.offer("Eins", text="<p>Kochen für alle</p>")
    words = site.offer("Alle für Kochen")
    unfinished = site.offer("Kochen für Allerlei")
    inside = site.offer("Zusammen: Kochen für alle")
    beginning = site.offer("Kochen für alle am Abend")
    same = site.offer("Kochen für alle!")
    for number, page in enumerate((same, beginning, inside, unfinished, words, text), start=1):
        # By date alone they would stand the other way round.
        page.first_published_at = timezone.now() - datetime.timedelta(days=9 - number)
        page.save()
    order = [page.pk for page in (same, beginning, inside, words, unfinished, text)]

    assert found("kochen für alle") == order
    listed = DirectoryQuery(registry.kind("offers"), Locale.get_default(), QueryDict("q=Kochen für alle"))
    assert listed.page_ids() == order
    assert [listed.page_ids(3), listed._ids(listed._everything(), 2, 5)] == [order[:3], order[2:5]]


@pytest.mark.both_databases
def test_the_group_with_the_best_title_comes_first(site):
    site.offer("Garten")
    site.event("Garten im Winter")
    site.offer("Chor", teaser="Gesang")
    site.event("Gesang")

    def kinds(query):
        return [group.kind.slug for group in search_all(query, Locale.get_default()).groups]

    assert [kinds("garten"), kinds("gesang")] == [["offers", "events"], ["events", "offers"]]


@pytest.mark.both_databases
def test_what_looks_like_the_index_inside_is_a_word_like_others(site):
    page = site.offer("kind0de0offers und de0kurs und 0de0offers")
    site.offer("Kurs")

    for query in ("kind0de0offers", "de0kurs", "0de0offers"):
        assert found(query) == [page.pk]


@pytest.mark.both_databases
def test_every_word_has_to_be_there(site):
    page = site.offer("Kochen und Sprache")
    site.offer("Kochen")
    assert found("sprache kochen") == [page.pk]


@pytest.mark.both_databases
def test_a_translation_is_found_in_both_languages_and_an_alias_in_the_source(site):
    page = site.offer("Vereinsgründung", teaser="Wie ein Verein entsteht.")
    translated = in_language(page, "tr", title="Dernek kurma", teaser="Bir dernek nasıl kurulur?")
    alias = in_language(page, "ar", alias=True)
    ukrainian = in_language(page, "uk", title="Заснування об’єднання", teaser="Як створити")

    assert found("dernek kurma", language="tr") == [translated.pk]
    assert found("DERNEKLER", language="tr") == [translated.pk]
    assert found("verein", language="tr", kinds=["offers"]) == [translated.pk]
    assert found("vereinsgründung", language="ar") == [alias.pk]
    assert found("обєднання", language="uk") == [ukrainian.pk]
    assert found("dernek") == []


@pytest.mark.both_databases
def test_topics_are_found_under_their_label_in_the_readers_language(site):
    page = site.offer("Kurs", topics=["sprache"])
    turkish = in_language(page, "tr", title="Kurs")
    assert found("dil", language="tr") == [turkish.pk]


@pytest.mark.both_databases
@pytest.mark.parametrize("slip", ["Fereinsgründung", "Vereinsgrüntung", "Vereinsgrnüdung"])
def test_a_slip_still_finds_it_and_says_what_was_understood(site, slip):
    page = site.offer("Vereinsgründung, Recht und Steuern")

    result = search_all(slip, Locale.get_default())

    assert [item.pk for group in result.groups for item in group.items] == [page.pk]
    assert result.understood == "vereinsgrundung"


@pytest.mark.both_databases
def test_an_umlaut_may_be_written_as_two_letters(site):
    page = site.offer("Vereinsgründung")
    assert found("Vereinsgruendung") == [page.pk]


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "* OR *",
        "NEAR(a b)",
        "title:kurs",
        "kurs AND NOT",
        "-kurs",
        "^kurs",
        "(((",
        "{title} : x",
        "a & !b | <-> :*",
        "\x00kurs\x00",
        "%s %(x)s %",
        "\\",
        "kurs" * 500,
        " ".join(["wort"] * 400),
        "🤝",
        "'; DROP TABLE content_indexedtext; --",
        "\ud800",
    ],
)
def test_hostile_words_are_words(site, query):
    site.offer("Kurs")
    assert isinstance(found(query), list)
    assert search_all(query, Locale.get_default()).total >= 0


@pytest.mark.both_databases
def test_plain_pages_are_found_too(site):
    PlainPageFactory(parent=site.home, title="Impressum", teaser="Wer verantwortlich ist")

    (group,) = search_all("impressum", Locale.get_default()).groups

    assert group.kind is None
    assert [page.title for page in group.items] == ["Impressum"]
    assert found("impressum", kinds=["offers"]) == []


@pytest.mark.both_databases
def test_the_best_comes_first_however_many_match_and_all_are_counted(site):
    best = site.offer("Sprachcafé")
    with indexing_later():
        for number in range(12):
            site.offer(f"Angebot {number}", text="<p>Auch im Sprachcafé</p>")
    assert found("sprachcafe", limit=3)[0] == best.pk
    assert search_all("sprachcafe", Locale.get_default(), limit_per_group=3).total == 13


@pytest.mark.both_databases
def test_a_town_and_an_organisation_come_before_the_many_pages_that_are_found_by_their_names(site):
    with indexing_later():
        for number in range(12):
            site.offer(f"Angebot {number}", place_name="Haus International", city="Kempten")

    assert found("kempten")[0] == site.kempten.pk
    assert found("haus international")[0] == site.haus.pk


@pytest.mark.both_databases
def test_a_kind_with_lesser_matches_than_many_of_another_is_found_and_counted(site):
    site.event("Fest", text="<p>Auch hier gibt es Beratung.</p>")
    with indexing_later():
        for number in range(12):
            site.offer(f"Beratung {number}")

    result = search_all("beratung", Locale.get_default())

    assert [(group.kind.slug, group.total) for group in result.groups] == [("offers", 12), ("events", 1)]
    assert [page.title for page in result.groups[1].items] == ["Fest"]


@pytest.mark.both_databases
def test_lists_find_exactly_the_pages_that_have_the_word_in_them(site):
    """Nothing is left out, however often a word occurs: compared with reading every page."""
    chance = random.Random(7)
    words = ["Garten", "Beratung", "Fahrrad", "Küche", "Straße", "Verein", "Nähen", "Chor"]
    with indexing_later():
        pages = [
            site.offer(
                f"Angebot {number} {' '.join(chance.sample(words, chance.randint(0, 2)))}",
                teaser=" ".join(chance.sample(words, chance.randint(1, 2))),
                text=f"<p>{' '.join(chance.sample(words, chance.randint(0, 3)))}</p>",
            )
            for number in range(40)
        ]
    for word in words:
        wanted = {page.pk for page in pages if word in f"{page.title} {page.teaser} {page.text}"}
        assert 5 < len(wanted) < 40
        for typed in (word, word.upper(), word.lower()[:-1]):
            answer = DirectoryQuery(registry.kind("offers"), Locale.get_default(), QueryDict(f"q={typed}"))
            assert set(answer.page_ids()) == wanted, typed


def test_what_a_removed_plugin_left_in_the_index_is_not_found(site, monkeypatch):
    site.offer("Nähkurs")
    assert search_all("Nähkurs", Locale.get_default()).total == 1
    others = {slug: kind for slug, kind in registry._kinds().items() if slug != "offers"}
    monkeypatch.setattr(registry, "_kinds", lambda: others)
    assert search_all("Nähkurs", Locale.get_default()).groups == []
