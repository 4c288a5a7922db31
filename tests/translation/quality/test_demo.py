"""The demo's translations, all of them, as translators would have sent them for approval."""

from collections import Counter

import pytest
from django.conf import settings

from tests.translation.demo_texts import sentences
from translation.quality import Level, Unit, check_unit


@pytest.mark.parametrize(
    ("language", "fewest"), [("de-simple", 170), ("en", 280), ("tr", 220), ("uk", 210), ("ar", 200)]
)
def test_no_translation_of_the_demo_has_an_error_and_hardly_any_a_warning(language, fewest):
    checked = [
        (place, Unit(source, target, settings.LANGUAGE_CODE, language))
        for place, source, target in sentences(language)
    ]
    assert len(checked) >= fewest
    errors, warned = [], Counter()
    for place, unit in checked:
        findings = check_unit(unit)
        errors += [(place, finding.code) for finding in findings if finding.level is Level.ERROR]
        warned[any(not finding.code.startswith("simple_") for finding in findings)] += 1
    assert errors == []
    # Without the rules of Leichte Sprache, which are hints: more than one in thirty would be noise.
    assert warned[True] <= len(checked) / 30
