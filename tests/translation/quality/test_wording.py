"""What a translator should look at again."""

import pytest

from .units import found


@pytest.mark.parametrize(
    ("source", "target", "language", "findings"),
    [
        ("Kommen Sie. Wir kochen.", "Come. We cook.", "en", []),
        ("Kommen Sie. Wir kochen.", "Come along.", "en", [("warning", "sentences", None)]),
        ("Wir kochen gern.", "We cook. We like it.", "en", [("warning", "sentences", None)]),
        ("Wer kommt? Alle!", "من يأتي؟ الكل!", "ar", []),
        ("Wir suchen: Menschen.", "We look for people.", "en", []),
        ("Wir kochen gern.", "Wir kochen. Das mögen wir.", "de-simple", []),
        (
            "Wir kochen. Wir essen.",
            "We cook now. We cook now.",
            "en",
            [("warning", "sentence_doubled", "We cook now.")],
        ),
        ("Ja. Wir gehen. Ja. Wir gehen.", "Yes. We go. Yes. We go.", "en", []),
    ],
)
def test_sentences_are_neither_left_out_nor_doubled(source, target, language, findings):
    assert found(source, target, language) == findings


@pytest.mark.parametrize(
    ("source", "target", "language", "findings"),
    [
        ("Wer kommt?", "Who comes?", "en", []),
        ("Wer kommt?", "من يأتي؟", "ar", []),
        ("Wer kommt?", "من يأتي?", "ar", [("warning", "marks", "?")]),
        ("Wer kommt?", "Kim geliyor", "tr", [("warning", "end_mark", "r")]),
        ("Alle kommen.", "Усі приходять", "uk", [("warning", "end_mark", "ь")]),
        ("Alle kommen.", "Всі йдуть?", "uk", [("warning", "end_mark", "?")]),
        ("Offener Treff", "Open meeting.", "en", [("warning", "end_mark", ".")]),
        ("Alle kommen.", "Everybody comes!", "en", []),
        ("„Alle kommen.“", "«Усі приходять.»", "uk", []),
        ("Donnerstags, 9 Uhr", "Thursdays, 9 a.m.", "en", []),
        ("Mosaik Frauen e.V.", "Mosaik Frauen", "en", []),
    ],
)
def test_a_translation_ends_as_its_source_does(source, target, language, findings):
    assert found(source, target, language) == findings


def test_arabic_has_its_own_comma_and_semicolon():
    assert found("Tee, Kaffee und Brot", "شاي, قهوة وخبز", "ar") == [("warning", "marks", ",")]
    assert found("Tee; Kaffee und Brot", "شاي; قهوة وخبز", "ar") == [("warning", "marks", ";")]
    assert found("Tee, Kaffee und Brot", "شاي، قهوة وخبز", "ar") == []
    assert found("1.500,5 Euro", "1,500.5 يورو", "ar") == []


def test_spaces_stand_where_they_belong():
    assert found("Wir kochen gern", "We  like cooking") == [("warning", "spaces", "  ")]
    assert found("Wir kochen gern", " We like cooking ") == [
        ("warning", "spaces", " "),
        ("warning", "spaces", " "),
    ]
    assert found("und kochen ", "and cook ") == []
    assert found("Wir kochen, gern", "We cook , gladly") == [("warning", "spaces", " ,")]


def test_brackets_and_quotation_marks_have_partners():
    assert found("Kempten (Allgäu)", "Kempten (Allgäu") == [("warning", "brackets", "(")]
    assert found("Kempten (Allgäu)", "Kempten Allgäu)") == [("warning", "brackets", ")")]
    assert found("Das Wort „hier“", "Слово «тут", "uk") == [("warning", "brackets", "«")]
    assert found("a) Erstens", "a) Firstly") == []


@pytest.mark.parametrize(
    ("text", "language", "findings"),
    [
        ("Wir kochen zusammen im Haus.", "tr", [("warning", "unchanged", None)]),
        ("Haus International", "tr", []),
        ("Mosaik Frauen e.V.", "en", []),
        ("Familienzentrum am Markt", "uk", []),
        ("Wir kochen zusammen im Haus.", "de-simple", []),
    ],
)
def test_a_sentence_that_nobody_translated_is_told_and_a_name_is_not(text, language, findings):
    assert [finding for finding in found(text, text, language) if finding[1] == "unchanged"] == findings


def test_a_translation_is_about_as_long_as_its_source():
    source = "Wir treffen uns jede Woche und sprechen über alles Mögliche"
    assert found(source, "We meet") == [("warning", "length_ratio", None)]
    long = "We meet" + " and talk about this or that" * 5
    assert found(source, long) == [("warning", "length_ratio", None)]
    assert found(source, "We meet every week and talk about all sorts of things") == []
    assert found(source, "Wir reden viel", "de-simple") == []
    assert found("Los!", "Everybody let us go together now!") == []


@pytest.mark.parametrize(
    ("target", "language", "findings"),
    [
        ("We cook the the soup", "en", [("warning", "word_doubled", "the the")]),
        ("People who join in in Kempten", "en", []),
        ("Yavaş yavaş pişiriyoruz", "tr", []),
        ("Çay ve ve kahve", "tr", [("warning", "word_doubled", "ve ve")]),
        ("Ми варимо варимо суп", "uk", [("warning", "word_doubled", "варимо варимо")]),
        ("Wir kochen für die, die die Suppe mögen", "de-simple", []),
    ],
)
def test_a_word_stands_there_once(target, language, findings):
    assert found("Wir kochen eine Suppe", target, language) == findings


def test_what_the_source_says_twice_may_stand_there_twice():
    assert found("Wir kochen sehr sehr gern", "We very very much like cooking") == []


def test_a_word_is_written_in_one_alphabet():
    assert found("Das Haus", "Будинoк", "uk") == [("warning", "script", "o")]
    assert found("Das Haus", "The hоuse") == [("warning", "script", "о")]
    assert found("IT-Kurs", "IT-курс з WhatsApp’ом", "uk") == []
