"""All checks together: their order, what is shown of many finds, checks of other apps, and hostile texts."""

import re
import sys
from types import SimpleNamespace

import pytest
from wagtail import hooks

from content import registry, sanitise
from content.registry import TextCheck
from content.text_checks import texts, wording, written_dates
from content.text_checks.hints import Hint, hint, hints_for
from content.text_checks.texts import MOST_CHARACTERS
from tests.content.text_checks.steps import Walk


@pytest.fixture
def only(monkeypatch):
    """Return a function that registers checks for the time of a test; there are no others."""
    monkeypatch.setitem(hooks._hooks, "register_content_text_checks", [])

    def add(*checks):
        for check in checks:
            hooks.register("register_content_text_checks", lambda check=check: check)
        registry.clear()

    yield add
    registry.clear()


def test_what_misleads_comes_before_what_is_a_matter_of_style():
    text = (
        "<p>Am Donnerstag, 12.06.2026: ACHTUNG!!!! <a href='/'>Hier</a> oder 0831 17138. "
        f"{' '.join(['Vereinsgründungsberatung'] * 60)}.</p>"
    )
    first_words = [each.message.split()[0] for each in hints_for(text, "de")]
    assert first_words == ["Der", "Im", "Diese", "Für", "Ein", "Wörter", "Im"]


def test_a_text_with_nothing_to_mend_gets_no_hint():
    assert hints_for("<p>Wir kochen jeden Dienstag. Kommen Sie einfach vorbei!</p>", "de") == []


@pytest.mark.parametrize("nothing", ["", "   ", "<p></p>", "–"])
def test_no_text_is_asked_about_nothing(only, nothing):
    only(TextCheck("always", find=lambda text, language: hint("Da.", "Weg.")))
    assert hints_for(nothing, "de") == []


def test_of_many_finds_three_are_shown_shortened_and_the_rest_is_counted():
    each = Hint("Viele.", "Weniger.", ("kurz", "Wort " * 40, "W" * 200, "vier", "fünf"))
    assert each.shown == ["kurz", f"{' '.join(['Wort'] * 16)} …", f"{'W' * 80} …"]
    assert each.further == 2
    assert Hint("Eines.", "Keines.").further == 0


def test_a_check_that_compares_is_asked_about_pages_of_its_kinds_only(only, monkeypatch):
    only(
        TextCheck(
            "here",
            compare=lambda text, language, page: hint(page.title, language, text.words),
            kinds=("plays",),
        ),
        TextCheck("all", compare=lambda text, language, page: hint("Alle.", ""), order=5),
        TextCheck("pure", find=lambda text, language: hint("Rein.", ""), order=7),
    )
    monkeypatch.setattr(registry, "kind_of", lambda model: getattr(model, "kind", None))
    play = type("Play", (SimpleNamespace,), {"kind": SimpleNamespace(slug="plays")})(title="Faust")

    assert [each.message for each in hints_for("ein Text", "tr", play)] == ["Alle.", "Rein.", "Faust"]
    assert [each.message for each in hints_for("ein Text", "tr", SimpleNamespace(title="x"))] == [
        "Alle.",
        "Rein.",
    ]
    assert [each.message for each in hints_for("ein Text", "tr")] == ["Rein."]


#: What would take long to read if anything looked at the same characters again and again; each is repeated.
HOSTILE = {
    "digits": "0",
    "groups of digits": "0831 ",
    "phone numbers": "+49 831 17138 ",
    "pluses": "+",
    "brackets": "(",
    "at signs": "a@",
    "letters": "a",
    "dots": ".",
    "marks": "!?",
    "quotes": '"',
    "short sentences": "...x ",
    "sentences": ". ",
    "spaces": " ",
    "capitals": "AB ",
    "open tags": "<a ",
    "links": "<a>",
    "closed links": "<a>hier</a>",
    "angles": "<",
    "paragraphs": "<p>",
    "weekdays": "Freitag, ",
    "days": "12.6. ",
    "wrong days": "Do., 12.06.2026 ",
    "months": "Juni ",
    "click here": "klicken Sie bitte ",
    "exclamation marks": "!",
    "lines": "\n",
}
PATTERNS = {
    "ends of sentences": texts._END,
    "links": texts._LINK,
    "ends of links": texts._LINK_END,
    "click here": wording._CLICK_HERE,
    "days and times": wording._MOMENT,
    "letters": wording._LETTERS,
    "tags": sanitise._TAG,
    "ends of blocks": sanitise._BLOCK_END,
    **{f"dates {code}": written_dates._pattern(code) for code in ("de", "en", "tr", "uk", "ar")},
}


def hostile(name, length):
    """Return a text of about ``length`` characters, with a word before and a letter behind what is repeated."""
    return f"Wort .{HOSTILE[name] * (length // len(HOSTILE[name]))}x"


def calls_of(function, *arguments):
    """Return how many functions are called, those written in C too, while ``function`` runs."""
    count = 0

    def note(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        function(*arguments)
    finally:
        sys.setprofile(before)
    return count


def grows_with_the_square(small, large):
    """Return whether twice the length took much more than twice as much."""
    return large > 2.5 * small + 50


@pytest.mark.parametrize("name", HOSTILE)
def test_a_text_twice_as_long_takes_twice_as_many_calls(name):
    small, large = (calls_of(hints_for, hostile(name, length), "de") for length in (4_000, 8_000))
    assert not grows_with_the_square(small, large), (small, large)


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_takes_twice_as_many_steps_on_a_text_twice_as_long(name):
    for text in HOSTILE:
        small, large = (Walk(PATTERNS[name], hostile(text, length)) for length in (100, 200))
        for walk in (small, large):
            assert walk.spans == [found.span() for found in PATTERNS[name].finditer(walk.text)], text
        assert not grows_with_the_square(small.steps, large.steps), (text, small.steps, large.steps)


def test_steps_show_what_grows_with_the_square():
    """The end of a sentence, looked for again from each of its marks."""
    careless = re.compile(texts._END.pattern.replace("(?<![.!?…:])", ""))
    small, large = (Walk(careless, hostile("dots", length)) for length in (100, 200))
    assert grows_with_the_square(small.steps, large.steps)
    assert not grows_with_the_square(*(Walk(texts._END, walk.text).steps for walk in (small, large)))


@pytest.mark.parametrize("name", HOSTILE)
def test_checks_are_given_so_much_of_a_text_and_no_more_and_say_little(only, name):
    given = []
    text = hostile(name, 100_000)
    assert len(hints_for(text, "de")) <= 12
    only(TextCheck("given", find=lambda read, language: given.append(read) or []))
    hints_for(text, "de")
    (read,) = given
    assert len(read.plain) <= MOST_CHARACTERS
    assert sum(map(len, read.links)) <= MOST_CHARACTERS


def test_a_text_is_read_up_to_a_length():
    text = "Wort. " * (MOST_CHARACTERS // 6) + "cafe@example.org"
    assert hints_for(text, "de") == []
    assert len(hints_for(text[6 * 10 :], "de")) == 1
