"""Long sentences and the readability index, in each language as far as somebody has measured it."""

from pathlib import Path

import pytest
from django.conf import settings

from content.text_checks.readability import LIMITS, hard_to_read, lix, long_sentences, long_words
from content.text_checks.texts import Text, read

INVITATION = (Path(settings.BASE_DIR) / "tests" / "events" / "invitation.txt").read_text()
#: What the invitation says, for people who learn German.
PLAIN = """Einladung zum World Café
Möchten Sie in Kempten etwas bewegen? Dann kommen Sie zu uns.
Wir reden an kleinen Tischen. Es geht darum, wie Menschen sich in ihrer Freizeit für andere einsetzen.
Alle sind willkommen. Es ist egal, woher Sie kommen. Es ist auch egal, ob Sie in einem Verein sind.
Haben Sie eine Idee? Oder suchen Sie andere, die mitmachen? Auch dann sind Sie bei uns richtig.
Zum Essen und Trinken gibt es genug. Bitte sagen Sie uns bis zum 10. Dezember, ob Sie kommen.
Der Abend gehört zu einem Projekt. Es heißt „MitMischen“. Es läuft bis April 2018."""


def sentence(words):
    return " ".join(["Wort"] * words) + "."


def test_lix_is_words_per_sentence_and_percent_of_words_with_more_than_six_letters():
    text = read("Wir treffen uns montags. Die Kinder lernen, spielen und lachen.")
    # 10 words in 2 sentences; "treffen", "montags" and "spielen" have seven letters, "Kinder" and "lernen" six.
    assert [word.strip(".,") for word in long_words(text)] == ["treffen", "montags", "spielen"]
    assert lix(text) == 10 / 2 + 100 * 3 / 10


def test_nothing_has_no_lix():
    assert lix(read("")) == 0


def test_the_invitation_is_hard_and_a_plain_version_of_it_is_easy():
    assert round(lix(read(INVITATION)), 1) == 61.5
    assert round(lix(read(PLAIN))) == 22
    assert len(hard_to_read(read(INVITATION), "de")) == 1
    assert hard_to_read(read(PLAIN), "de") == []
    assert long_sentences(read(PLAIN), "de") == []


def test_a_hard_text_is_told_by_its_number_and_its_longest_words():
    (hint,) = hard_to_read(read(INVITATION), "de")
    assert "(LIX) ist 61" in hint.message
    assert hint.found == ("Migrantenorganisationen", "zivilgesellschaftlichen", "Unterstützungsangeboten")


@pytest.mark.parametrize("language", sorted(LIMITS))
def test_a_sentence_is_long_from_one_word_more_than_the_limit(language):
    limit = LIMITS[language].words
    assert long_sentences(read(sentence(limit)), language) == []
    (hint,) = long_sentences(read(sentence(limit + 1)), language)
    assert hint.found == (sentence(limit + 1),)
    assert str(limit) in hint.advice


@pytest.mark.parametrize("language", sorted(LIMITS))
def test_a_text_is_hard_above_the_limit_of_its_language(language):
    limit = LIMITS[language].lix

    def text(long):
        # 100 words in 20 sentences: five words per sentence, and so many percent long words.
        words = ["Wörterbuch"] * long + ["Wort"] * (100 - long)
        return read(" ".join(f"{word}." if place % 5 == 4 else word for place, word in enumerate(words)))

    assert hard_to_read(text(limit - 5), language) == []
    assert len(hard_to_read(text(limit - 4), language)) == 1


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_nothing_is_said_about_languages_that_were_not_measured(language):
    text = read(INVITATION)
    assert long_sentences(text, language) == []
    assert hard_to_read(text, language) == []


def test_a_few_words_are_not_judged_by_their_length():
    words = ["Mitmachmöglichkeiten"] * 50
    assert hard_to_read(read(" ".join(words[:49])), "de") == []
    assert len(hard_to_read(read(" ".join(words)), "de")) == 1


@pytest.mark.parametrize(
    ("plain", "sentences"),
    [
        ("Kommen Sie! Es gibt Tee. Und dann?", ["Kommen Sie!", "Es gibt Tee.", "Und dann?"]),
        ("Am 12. Juni um 14.30 Uhr geht es los.", ["Am 12. Juni um 14.30 Uhr geht es los."]),
        (
            "Der Verein Mosaik e. V. lädt ein, z. B. Frauen.",
            ["Der Verein Mosaik e. V. lädt ein, z. B. Frauen."],
        ),
        ("Das LBE Bayern e.V. (LBE) hilft.", ["Das LBE Bayern e.V. (LBE) hilft."]),
        ("Tee, Kaffee usw. gibt es. Hunger?", ["Tee, Kaffee usw. gibt es.", "Hunger?"]),
        ("Rufen Sie Dr. Yılmaz an. Gern.", ["Rufen Sie Dr. Yılmaz an.", "Gern."]),
        ("„Kommst du?“ Ja … Vielleicht!", ["„Kommst du?“", "Ja …", "Vielleicht!"]),
        ("Was?! Wirklich!!! Ja.", ["Was?!", "Wirklich!!!", "Ja."]),
        ("Es gibt: Tee und Kuchen.", ["Es gibt:", "Tee und Kuchen."]),
        (
            "Зустріч о 14 год. Чекаємо на вул. Садова. Так",
            ["Зустріч о 14 год.", "Чекаємо на вул. Садова.", "Так"],
        ),
        ("Що викинули б. Можна прийти.", ["Що викинули б.", "Можна прийти."]),
        ("Erste Zeile\nzweite Zeile\n\n–\n", ["Erste Zeile", "zweite Zeile"]),
    ],
)
def test_sentences_end_where_a_reader_takes_a_breath(plain, sentences):
    assert Text(plain).sentences == sentences


def test_headings_paragraphs_and_list_items_are_sentences_of_their_own():
    text = read("<h3>Was wir tun</h3><p>Wir <b>kochen</b>.</p><ul><li>montags</li><li>dienstags</li></ul>")
    assert text.sentences == ["Was wir tun", "Wir kochen.", "montags", "dienstags"]
