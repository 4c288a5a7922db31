"""Where terms stand in texts."""

import time
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.glossary.matching import ENDINGS, Matcher


def found(text, *sources):
    """Return ``[(term, words in the text)]``."""
    hits = Matcher([SimpleNamespace(source=source) for source in sources]).hits(text)
    return [(hit.term.source, text[hit.start : hit.end]) for hit in hits]


@pytest.mark.parametrize(
    ("term", "text", "words"),
    [
        ("Verein", "Ein Verein für alle.", "Verein"),
        ("Verein", "EIN VEREIN FÜR ALLE", "VEREIN"),
        ("Verein", "Satzung des Vereins", "Vereins"),
        ("Verein", "Satzung des Vereines", "Vereines"),
        ("Verein", "Dem Vereine treu", "Vereine"),
        ("Verein", "mit Vereinen", "Vereinen"),
        ("Integrationslotse", "mit Integrationslotsen", "Integrationslotsen"),
        ("Kind", "Kinder sind willkommen", "Kinder"),
        ("Straße", "in der STRASSE", "STRASSE"),
        ("Runder Tisch", "am Runden Tisch", "Runden Tisch"),
        ("Runder Tisch", "des runden Tisches", "runden Tisches"),
        ("World Café", "im World-Café", "World-Café"),
        ("World-Café", "im World Café", "World Café"),
        ("Ehrenamt", "„Ehrenamt“ ist ein Wort", "Ehrenamt"),
        ("B2", "Deutsch B2.", "B2"),
        ("Landkreis Roth", "im Landkreis\u00a0Roth", "Landkreis\u00a0Roth"),
        ("İstanbul", "nach İstanbul", "İstanbul"),
    ],
)
def test_a_term_is_found_as_people_write_it(term, text, words):
    assert found(text, term) == [(term, words)]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Verein", "Vereinigung"),
        ("Verein", "Sportverein"),
        ("Amt", "Das Beamte"),
        ("Vereine", "Ein Verein"),
        ("Essen", "Sie hat es"),
        ("Rat Haus", "Guter Rat, Haus und Hof"),
        ("Rat Haus", "Rat. Haus"),
        ("World Café", "World Wide Café"),
        ("1", "Hier <1>klicken</1>"),
        ("…", "und so weiter …"),
        ("Verein", ""),
    ],
)
def test_other_words_are_not_the_term(term, text):
    assert found(text, term) == []


def test_a_term_is_found_across_tags_and_at_its_place_in_the_marked_text():
    text = "Kaffee im <1>Haus</1> International<2/>"
    assert found(text, "Haus International") == [("Haus International", "Haus</1> International")]


def test_a_name_that_is_not_translated_is_found_as_it_is_written_only():
    name = SimpleNamespace(source="MitMischen", rule="keep")
    words = "Bei MitMischen kann man mitmischen, MITMISCHEN und Mitmischen; MitMischens Ziel"
    hits = Matcher([name]).hits(words)
    assert [words[hit.start : hit.end] for hit in hits] == ["MitMischen", "MitMischens"]
    house = SimpleNamespace(source="Buntes Haus", rule="keep")
    words = "im Bunten Haus, im bunten Haus, im Bunten haus"
    assert [words[hit.start : hit.end] for hit in Matcher([house]).hits(words)] == ["Bunten Haus"]


def test_of_terms_that_overlap_the_longest_is_found():
    assert found("Das Haus International lädt ins Haus ein", "Haus", "Haus International") == [
        ("Haus International", "Haus International"),
        ("Haus", "Haus"),
    ]


def test_several_terms_for_the_same_words_are_all_found():
    terms = [SimpleNamespace(source="Verein"), SimpleNamespace(source="verein")]
    hits = Matcher(terms).hits("Vereine und Verein")
    assert [(hit.term is terms[0], hit.start, hit.end) for hit in hits] == [
        (True, 0, 7),
        (False, 0, 7),
        (True, 12, 18),
        (False, 12, 18),
    ]


WORDS = st.text(alphabet="abcdeinrsßÄ", min_size=3, max_size=12)


@given(word=WORDS, before=WORDS, ending=st.sampled_from(["", *ENDINGS]))
def test_every_word_is_found_with_every_ending(word, before, ending):
    if before.casefold() != word.casefold() and not before.casefold().startswith(word.casefold()):
        assert found(f"{before} {word}{ending}.", word) == [(word, f"{word}{ending}")]


@given(text=st.text(max_size=200), sources=st.lists(st.text(max_size=20), max_size=10))
def test_any_text_and_any_term_may_come(text, sources):
    hits = Matcher([SimpleNamespace(source=source) for source in sources]).hits(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert [hit.start for hit in hits] == sorted(hit.start for hit in hits)


def test_the_time_grows_with_the_text_and_hardly_with_the_terms():
    words = [f"Wort{number}" for number in range(5_000)]
    text = " ".join(words[number * 7 % 5_000] for number in range(5_000))

    def seconds(terms, text):
        matcher = Matcher([SimpleNamespace(source=word) for word in terms])
        start = time.process_time()
        matcher.hits(text)
        return time.process_time() - start

    few = min(seconds(words[:50], text) for _ in range(3))
    many = min(seconds(words, text) for _ in range(3))
    long = min(seconds(words[:50], text * 8) for _ in range(3))
    assert many < few * 5
    assert long < few * 24


@pytest.mark.parametrize("text", ["a " * 10_000, "e" * 20_000, "<1>" * 5_000, "a-" * 10_000])
def test_hostile_texts_take_no_long_time(text):
    terms = [
        SimpleNamespace(source="a " * 60 + "b"),
        SimpleNamespace(source="a"),
        SimpleNamespace(source="e"),
    ]
    start = time.process_time()
    Matcher(terms).hits(text)
    assert time.process_time() - start < 2
