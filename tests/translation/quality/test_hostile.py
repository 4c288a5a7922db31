"""Whatever stands in a text: no check fails, and the work grows as the text does."""

import importlib
import pkgutil
import re
import sys
from re import _constants as constants
from re import _parser as parser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translation import quality
from translation.quality import Term, Unit, check_page, check_unit
from translation.quality.reading import DIRECTION_MARKS

LANGUAGES = ["de-simple", "en", "tr", "uk", "ar"]
TERMS = (Term("a a", "a a b", "forbidden"), Term("aa", "", "keep"), Term("a", "ab ba", "required"))
SIZE = 1_500
HOSTILE = {
    "digits": "1",
    "phone": "0 1",
    "dots": ".",
    "dotted digits": "1.",
    "times": "1:1.1:",
    "at": "a@",
    "address": "a.a@",
    "hosts": "www.a.",
    "opening": "<1>",
    "closing": "</1>",
    "both": "<1></1>",
    "angles": "<",
    "ampersands": "&a",
    "words": "a ",
    "one word": "ge",
    "sentences": "Wird gegessen. ",
    "spaces": " ",
    "brackets": "((",
    "closing brackets": "))",
    "dates": "12. Mai ",
    "slashes": "1/1/1",
    "marks": "؟",
    "isolates": "\u2066",
    "overrides": "\u202e",
    "directions": "\u200f",
    "mixed": "aб",
    "Latin in Arabic": "A.V. ",
    "number words": "zwei und zwanzig ",
    "genitives": "des des ",
    "compounds": "Kinder-",
    "commas": ",",
    "thousands": "1 000 ",
}

characters = st.one_of(
    st.sampled_from(list(HOSTILE.values())),
    st.sampled_from(
        [
            "12. Mai 2026",
            "14:30",
            "p.m.",
            "1.500",
            "٣٫٥",
            "ı",
            "İ",
            "<2/>",
            "0831 99998",
            "🙂",
            "\n",
            "\u0301",
        ]
    ),
    st.text(max_size=3),
    st.sampled_from(list(DIRECTION_MARKS)),
)
texts = st.lists(characters, max_size=12).map("".join)


@settings(max_examples=150, deadline=None)
@given(texts, texts, st.sampled_from(LANGUAGES), st.booleans())
def test_no_text_breaks_a_check_and_every_span_lies_in_it(source, target, language, is_single_line):
    unit = Unit(source, target, "de", language, limit=10, terms=TERMS, is_single_line=is_single_line)
    for finding in check_unit(unit):
        assert str(finding.message)
        if finding.span is not None:
            start, end = finding.span
            assert 0 <= start < end <= len(target)
    check_page([unit, unit])


@settings(max_examples=100, deadline=None)
@given(texts, st.sampled_from(["de", "de-simple"]))
def test_a_text_has_the_same_facts_as_itself(text, language):
    facts = {"phone", "email", "url", "date", "numbers", "month"}
    assert [
        finding.code for finding in check_unit(Unit(text, text, "de", language)) if finding.code in facts
    ] == []


def work(text, language):
    """Return how many calls of functions, Python's and ours, the checks of a text take."""
    count = 0

    def called(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    unit = Unit(text, text[::-1], "de", language, limit=10, terms=TERMS)
    sys.setprofile(called)
    try:
        check_unit(unit)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("part", HOSTILE.values(), ids=HOSTILE.keys())
def test_twice_the_text_is_at_most_about_twice_the_work(part):
    # Leichte Sprache and a text from right to left have the most checks; one of them stands for all languages.
    language = "ar" if set(part) & set("؟\u2066\u202e\u200fA(") else "de-simple"
    text = part * (SIZE // len(part))
    work("Wort", language)  # Tables and regular expressions are made once.
    once, twice = work(text, language), work(text * 2, language)
    assert twice <= 2.1 * once + 2_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_twenty_thousand_characters_take_a_bounded_number_of_steps(language):
    text = "".join(part * 100 for part in HOSTILE.values())
    text *= 20_000 // len(text) + 1
    work("Wort", language)
    assert work(text[:20_000], language) <= 60 * 20_000


def repeats(pattern, inside=1):
    """Yield ``(unbounded, most steps)`` of each repetition in a parsed pattern, those it stands in multiplied."""
    for operation, argument in pattern:
        if operation in (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT):
            least, most, body = argument
            is_unbounded = most == constants.MAXREPEAT
            steps = inside * (1 if least == most else most)
            yield is_unbounded, 0 if is_unbounded else steps
            yield from repeats(body, inside if is_unbounded else steps)
        elif operation is constants.SUBPATTERN:
            yield from repeats(argument[-1], inside)
        elif operation is constants.BRANCH:
            for branch in argument[1]:
                yield from repeats(branch, inside)
        elif operation in (constants.ASSERT, constants.ASSERT_NOT):
            yield from repeats(argument[1], inside)


def patterns():
    for module in pkgutil.iter_modules(quality.__path__, f"{quality.__name__}."):
        for name, value in vars(importlib.import_module(module.name)).items():
            found = value.values() if isinstance(value, dict) else [value]
            for pattern in found:
                if isinstance(pattern, re.Pattern):
                    yield f"{module.name}.{name}", pattern


def test_no_regular_expression_can_take_more_than_a_fixed_number_of_steps_at_one_place():
    """A search tries every place once; so where each try is bounded, the whole takes time in proportion to the text."""
    checked = list(patterns())
    assert len(checked) >= 30
    wrong = [
        (name, steps)
        for name, pattern in checked
        for is_unbounded, steps in repeats(parser.parse(pattern.pattern, pattern.flags))
        if is_unbounded or steps > 500
    ]
    assert wrong == []
