"""Latin words and numbers in a text that is read from right to left."""

import pytest

from .units import found

LRM, RLM, LRI, PDI, RLO, LRE, PDF = "\u200e", "\u200f", "\u2066", "\u2069", "\u202e", "\u202a", "\u202c"
PHONE = "+49 831 99998-123"


def test_a_phone_number_with_spaces_is_held_together():
    source = f"Rufen Sie an: {PHONE} jederzeit"
    assert found(source, f"اتصلوا: {PHONE} دائمًا", "ar") == [("warning", "direction", PHONE)]
    assert found(source, f"اتصلوا: {LRM}{PHONE}{LRM} دائمًا", "ar") == []
    assert found(source, f"اتصلوا: {LRI}{PHONE}{PDI} دائمًا", "ar") == []
    # The hyphen alone holds: between digits it is part of the number.
    assert found("Anruf: 0831-9999812 jederzeit", "اتصلوا: 0831-9999812 دائمًا", "ar") == []


def test_a_latin_name_that_ends_in_a_sign_is_held_together():
    assert found("Der Verein Mosaik e.V. hilft", "جمعية Mosaik e.V. تساعد", "ar") == [
        ("warning", "direction", "e.V.")
    ]
    assert found("Der Verein Mosaik e.V. hilft", f"جمعية Mosaik {LRM}e.V.{LRM} تساعد", "ar") == []
    assert found("Wir sind im Haus International", "نحن في Haus International", "ar") == []


@pytest.mark.parametrize(
    ("target", "language", "span"),
    [
        (f"Wel{LRM}come", "en", LRM),
        (f"Hoş {LRM}geldiniz", "tr", LRM),
        (f"أهلا (Kempten){RLM} بكم", "ar", None),
        (f"أه{RLM}لا", "ar", RLM),
        (f"{RLM}أهلا", "ar", RLM),
        (f"أهلا {LRM}{LRM}Kempten", "ar", LRM),
        (f"أهلا {PDI}بكم", "ar", PDI),
        (f"أهلا {LRI}Kempten", "ar", LRI),
        (f"أهلا {LRE}Kempten{PDF}", "ar", None),
        (f"أهلا {RLO}Kempten{PDF}", "ar", RLO),
    ],
)
def test_an_invisible_mark_without_use_is_told(target, language, span):
    assert found("Willkommen", target, language) == ([("warning", "direction", span)] if span else [])
