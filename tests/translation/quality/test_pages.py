"""All sentences of a page together, and sentences that nobody translated yet."""

from django.utils.translation import override

from translation.quality import Level, Unit, check_page, check_unit


def unit(source, target, language="en"):
    return Unit(source, target, "de", language)


def codes(units):
    return [(finding.code, finding.level, finding.units) for finding in check_page(units)]


def test_a_page_without_a_fault_has_no_finding():
    assert codes([unit("Tee", "Tea"), unit("Brot", "Bread"), unit("Tee", "Tea")]) == []


def test_sentences_without_a_translation_are_counted_and_the_first_is_named():
    (finding,) = check_page([unit("Tee", "Tea"), unit("<1>Brot</1>", ""), unit("Salz", " ")])
    with override("en"):
        assert str(finding.message) == (
            "Sentences without a translation: 2. Readers see the original there, for example: “Brot”"
        )
    assert finding.units == (1, 2)


def test_the_same_sentence_in_two_translations_is_told():
    assert codes([unit("Tee", "Tea"), unit("Tee", "A cup of tea")]) == [
        ("inconsistent", Level.WARNING, (0, 1))
    ]


def test_one_translation_for_two_sentences_is_told():
    assert codes([unit("Tee", "Tea"), unit("Brot", "Tea")]) == [("doubled", Level.WARNING, (0, 1))]


def test_a_sentence_without_a_translation_has_no_findings():
    assert check_unit(unit("Am 12. Juni 2026 um 14 Uhr", "")) == []
    assert check_unit(unit("Am <1>12. Juni</1> 2026", "<1></1>")) == []


def test_errors_come_before_warnings():
    findings = check_unit(unit("Raum 2 ist offen.", "Room  3 is open"))
    assert [(finding.level, finding.code) for finding in findings] == [
        (Level.ERROR, "numbers"),
        (Level.WARNING, "end_mark"),
        (Level.WARNING, "spaces"),
    ]
