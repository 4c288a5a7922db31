"""All checks together: their order, what is shown of many finds, checks of other apps, and hostile texts."""

import time
from types import SimpleNamespace

import pytest
from wagtail import hooks

from content import registry
from content.registry import TextCheck
from content.text_checks.hints import Hint, hint, hints_for
from content.text_checks.texts import MOST_CHARACTERS, Text


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


# As much as is read of a text, less a word before it and an end behind it.
SIZE = MOST_CHARACTERS - 10
HOSTILE = {
    "digits": "0" * SIZE,
    "groups of digits": "0831 " * (SIZE // 5),
    "phone numbers": "+49 831 17138 " * (SIZE // 14),
    "pluses": "+" * SIZE,
    "brackets": "(" * SIZE,
    "at signs": "a@" * (SIZE // 2),
    "one at sign": "a" * SIZE + "@",
    "dots": "." * SIZE,
    "dots before a letter": "." * SIZE + "x",
    "quotes after a dot": "." + '"' * SIZE + "x",
    "short sentences": "...x " * (SIZE // 5),
    "spaces": " " * SIZE + "x",
    "capitals": "AB " * (SIZE // 3),
    "open tags": "<a " * (SIZE // 3),
    "links": "<a>" * (SIZE // 3),
    "closed links": "<a>hier</a>" * (SIZE // 11),
    "angles": "<" * SIZE,
    "paragraphs": "<p>" * (SIZE // 3),
    "weekdays": "Freitag, " * (SIZE // 9),
    "days": "12.6. " * (SIZE // 6),
    "wrong days": "Do., 12.06.2026 " * (SIZE // 16),
    "months": "Juni " * (SIZE // 5),
    "click here": "klicken Sie bitte " * (SIZE // 18),
    "exclamation marks": "!" * SIZE,
    "lines": "\n" * SIZE,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_of_a_hundred_kilobytes_is_read_at_once(name):
    """Each takes less than a quarter of a second; where time grows with the square of the length, far more."""
    text = f"Wort {HOSTILE[name]}".ljust(100_000, "x")
    begin = time.process_time()
    found = hints_for(text, "de")
    assert time.process_time() - begin < 2
    assert len(found) <= 12


@pytest.mark.parametrize("marks", ["." * 400_000, "!?" * 200_000, "." + '"' * 400_000, ". " * 200_000])
def test_sentences_are_found_in_time_in_proportion_to_the_length(marks):
    """A tenth of a second. Looking at the run of marks again from each of its marks takes three minutes."""
    begin = time.process_time()
    assert len(Text(f"Wort {marks}x").sentences) <= 2
    assert time.process_time() - begin < 5


def test_a_text_is_read_up_to_a_length():
    text = "Wort. " * (MOST_CHARACTERS // 6) + "cafe@example.org"
    assert hints_for(text, "de") == []
    assert len(hints_for(text[6 * 10 :], "de")) == 1
