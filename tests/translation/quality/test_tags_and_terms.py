"""Tags, the glossary, and the room that a field has."""

import pytest

from translation.quality import Term

from .units import found, said

SOURCE = "Kaffee & <1>Kuchen</1> <2>hier</2><3/>im Haus"


def test_all_tags_in_any_order_are_right():
    assert found(SOURCE, "<2><1>Pasta</1> burada</2><3/>& kahve, evde", "tr") == []


@pytest.mark.parametrize(
    ("target", "finding"),
    [
        ("Coffee & <1>cake</1> here<3/>inside", ("error", "tags", None)),
        ("Coffee & <1>cake <2>here</1></2><3/>inside", ("error", "tags", None)),
        ("Coffee & <1>cake</1> <2>here</2><3/>inside <4>now</4>", ("error", "tags", "<4>")),
    ],
)
def test_a_tag_that_is_missing_crossed_or_unknown_is_an_error(target, finding):
    assert found(SOURCE, target)[0] == finding


def test_a_number_in_brackets_that_the_author_typed_is_no_tag():
    assert found("Siehe <1> und <2>hier</2>", "See <1> and <2>here</2>") == []


def test_html_that_readers_would_see_is_told():
    assert found("Wichtig", "<b>Important</b> &amp; new") == [
        ("warning", "markup", "<b>"),
        ("warning", "markup", "</b>"),
        ("warning", "markup", "&amp;"),
    ]
    assert found("Schreiben Sie <br> dazu", "Write <br> with it") == []


def test_a_field_takes_as_many_characters_as_it_has_room_for():
    assert found("Titel hier", "x" * 80, limit=80) == []
    assert found("Titel hier", "<1>" + "x" * 81 + "</1>", limit=80)[-1] == ("error", "length", "x")
    assert found("<1>Titel</1> hier", "<1>" + "x" * 76 + "</1> yyy", limit=80) == []
    assert said("Titel hier", "x" * 81, limit=80) == ["Too long: 81 characters, and 80 fit. Shorten it."]


KEPT = Term("Haus International", "", "keep")


@pytest.mark.parametrize(
    ("term", "target", "language", "findings"),
    [
        (KEPT, "Haus International’da buluşuyoruz", "tr", []),
        (KEPT, "Ми зустрічаємося в Haus\u00a0International", "uk", []),
        (KEPT, "We meet at the House International", "en", [("error", "term_kept", None)]),
        (KEPT, "We meet at Kochhaus International", "en", [("error", "term_kept", None)]),
        (Term("Ausländer", "foreigners", "forbidden"), "For Foreigners and others", "en",
         [("error", "term_forbidden", "Foreigners")]),
        (Term("Ausländer", "foreigner", "forbidden"), "For foreign guests", "en", []),
        (Term("Ehrenamt", "gönüllülük", "required"), "Gönüllülüğü seviyoruz", "tr", []),
        (Term("Ehrenamt", "волонтерство", "required"), "Про волонтерства багато", "uk", []),
        (Term("Ehrenamt", "volunteering", "required"), "We work here", "en", [("warning", "term_required", None)]),
        (Term("Ehrenamt", "volunteering", "suggested"), "We work for others", "en", []),
    ],
)  # fmt: skip
def test_the_glossary_is_heeded(term, target, language, findings):
    assert found("Ein Satz ohne Zahl", target, language, terms=(term,)) == findings
