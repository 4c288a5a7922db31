"""Links that say nothing, contact details in the text, capital letters and exclamation marks."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.text_checks.texts import read
from content.text_checks.wording import (
    capitals,
    contact_details,
    exclamation_marks,
    vague_links,
)


def found(check, text, language="de"):
    return [words for hint in check(read(text), language) for words in hint.found]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "hier"),
        ("de", "Hier klicken!"),
        ("de", "mehr …"),
        ("de-simple", "Klicken Sie hier"),
        ("en", "Click here"),
        ("en", "read more"),
        ("tr", "buraya tıklayın"),
        ("tr", "Devamı"),
        ("uk", "Натисніть тут"),
        ("uk", "детальніше"),
        ("ar", "اضغط هنا"),
        ("ar", "المزيد"),
    ],
)
def test_a_link_that_does_not_say_where_it_leads_is_found_in_every_language(language, words):
    assert found(
        vague_links, f'<p>Text <a href="https://example.org/"><b>{words}</b></a>.</p>', language
    ) == [words]


def test_a_link_that_names_its_goal_is_good():
    text = '<p><a linktype="page" id="7">Zum Anmeldeformular</a>, hier im Haus, <a href="tel:0">mehr Termine</a></p>'
    assert found(vague_links, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Zur Anmeldung hier klicken.",
        "Bitte klicken Sie hier.",
        "To register, click here.",
        "Kayıt için buraya tıklayın.",
    ],
)
def test_click_here_is_found_where_no_link_is(text):
    assert len(found(vague_links, text)) == 1


def test_the_words_of_a_link_are_named_once():
    assert found(vague_links, '<p><a href="/">hier klicken</a> und <a href="/">hier klicken</a></p>') == [
        "hier klicken"
    ]


@pytest.mark.parametrize(
    "number",
    [
        "0831/17138",
        "0831 / 171 38",
        "(089) 99998-123",
        "+49 89 99998124",
        "089 99998-000",
        "+90 212 555 12 12",
        "0171 1234567",
    ],
)
def test_a_phone_number_in_the_text_belongs_to_the_contact(number):
    (hint,) = contact_details(read(f"<p>Rufen Sie an: {number}, gern auch abends.</p>"), "de")
    assert hint.found == (number,)
    assert "Kontakt" in hint.advice


@pytest.mark.parametrize(
    "text",
    [
        "87439 Kempten oder 01640 Coswig",
        "831 17138 Schritte",
        "von 09:00-12:00 und 14.00 – 16.30 Uhr",
        "IBAN DE89 3704 0044 0532 0130 00",
        "ISBN 978-3-16-148410-0",
        "in den Jahren 2015-2018 kamen 12 000 Menschen, das kostet 1.250,00 Euro",
        "am 01.02.2026, 02.03.2026 und 2026-03-04",
        "Raum 0.15, Hausnummer 22, Linie 4 / 5",
    ],
)
def test_other_numbers_are_no_phone_numbers(text):
    assert found(contact_details, text) == []


@given(
    st.lists(st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 1, 1)), min_size=1, max_size=4),
    st.data(),
)
def test_no_date_is_taken_for_a_phone_number(days, data):
    forms = ["%d.%m.%Y", "%d.%m.%y", "%d. %m. %Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.", "%d.%m.%Y, %H:%M Uhr"]
    text = data.draw(st.sampled_from([", ", " ", "–", "\n"])).join(
        day.strftime(data.draw(st.sampled_from(forms))) for day in days
    )
    assert found(contact_details, text) == []


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("Mail an cafe@example.org.", ["cafe@example.org"]),
        ("<p>a.b-c+d@post.example.org, x@y</p>", ["a.b-c+d@post.example.org"]),
        ("auf Instagram: @mitmischen", []),
        ("@@@ und a@ und @b.de", []),
        ("straße@beispiel.example", ["straße@beispiel.example"]),
    ],
)
def test_an_email_address_in_the_text_belongs_to_the_contact(text, addresses):
    assert found(contact_details, text) == addresses


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ACHTUNG: Der Raum ist neu.", ["ACHTUNG"]),
        ("Bitte HEUTE NOCH ANMELDEN! Danke.", ["HEUTE NOCH ANMELDEN"]),
        ("Gefördert von BAMF, LBE und AWO, UNESCO hilft.", []),
        ("TSV, VHS, BRK und DRK-BRK-VHS", []),
        ("WICHTIG\nAlles andere ist klein.", ["WICHTIG"]),
        ("ÜCRETSİZ etkinlik", ["ÜCRETSİZ"]),
        ("УВАГА, БЕЗКОШТОВНО!", ["БЕЗКОШТОВНО"]),
        ("نص بالعربية بلا أحرف كبيرة", []),
        ("Gruppe A B C im Raum XII", []),
    ],
)
def test_capital_letters_are_found_and_abbreviations_are_not(text, words):
    assert found(capitals, text) == words


def test_more_than_three_exclamation_marks_are_too_many():
    assert exclamation_marks(read("Ja! Ja! Ja!"), "de") == []
    (hint,) = exclamation_marks(read("Ja! Ja! Ja!!"), "de")
    assert hint.message == "Im Text stehen 4 Ausrufezeichen."
