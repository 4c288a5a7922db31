"""The rules of Leichte Sprache."""

import pytest

from translation.quality import Level, Unit, check_page

from .units import found

TWELVE = "Wir treffen uns am Montag im Haus und kochen dort alle gern."


@pytest.mark.parametrize(
    ("target", "findings"),
    [
        (TWELVE, []),
        (TWELVE.replace("gern", "sehr gern"), [("simple_sentence", TWELVE.replace("gern", "sehr gern"))]),
        ("Das Essen wird von uns gekocht.", [("simple_passive", "wird von uns gekocht")]),
        ("Die Kinder werden am Abend betreut.", [("simple_passive", "werden am Abend betreut")]),
        ("Das ist verboten worden.", [("simple_passive", "verboten worden")]),
        ("Hier wird repariert.", [("simple_passive", "wird repariert")]),
        ("Es wird kalt.", []),
        ("Wir werden bald gehen.", []),
        ("Das wird Ihnen gefallen.", []),
        ("Wir haben gekocht.", []),
        ("Es gibt Gebärdensprache.", [("simple_compound", "Gebärdensprache")]),
        ("Es gibt Gebärden-Sprache.", []),
        ("Es gibt Gebärden·sprache.", []),
        ("Es gibt eine Warteliste.", []),
        ("Sie könnten mitmachen.", [("simple_subjunctive", "könnten")]),
        ("Möchten Sie mitmachen?", []),
        ("Das ist nicht schwer.", [("simple_negation", "nicht")]),
        ("Sie brauchen keinen Termin.", [("simple_negation", "keinen")]),
        ("Das ist das Haus des Vereins.", [("simple_genitive", "des Vereins")]),
        ("Das ist das Haus von dem Verein.", []),
        ("Es gibt z. B. Tee.", [("simple_abbreviation", "z. B.")]),
        ("Es gibt zum Beispiel Tee.", []),
        ("Wir haben zwölf Tische.", [("simple_number", "zwölf")]),
        ("Wir haben 12 Tische.", []),
    ],
)
def test_what_the_rules_advise_against_is_told(target, findings):
    source = "Wir haben 12 Tische." if "12 " in target else "Ein Satz, zwölf Wörter."
    source = source[:-1] + target[-1]
    assert found(source, target, "de-simple") == [("warning", *finding) for finding in findings]


def test_an_address_is_no_word():
    source = "Mehr auf www.integrationsbeirat.example.org/nicht."
    assert found(source, source, "de-simple") == []


def test_the_rules_are_those_of_one_language():
    assert found("Das Essen wird gekocht.", "Das Essen wird nicht von uns gekocht.", "en") == []


def test_each_sentence_of_a_paragraph_should_stand_on_a_line_of_its_own():
    def unit(target, **kwargs):
        return Unit(target, target, "de", kwargs.pop("language", "de-simple"), **kwargs)

    units = [
        unit("Wir kochen. Sie essen."),
        unit("Wir reden.\nSie hören zu."),
        unit("Titel. Noch einer.", is_single_line=True),
        unit("Wir lesen. Sie schreiben."),
        unit("We cook. You eat.", language="en"),
    ]
    (finding,) = check_page(units)
    assert (finding.code, finding.level, finding.units) == ("simple_lines", Level.WARNING, (0, 3))
