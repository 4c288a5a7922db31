"""Questions that a text leaves open are named, and stand between a page and its readers."""

import pytest
from django.core.exceptions import ValidationError

from content.presets import open_questions
from offers.models import OfferPage
from tests.factories import pages


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("<p>Sie lernen [was?]</p>", ["[was?]"]),
        ("<p>[Wer <b>kommt</b>?] und [wann? ]</p>", ["[Wer kommt?]", "[wann? ]"]),
        ("<p>[Für Kinder &amp; Eltern?] [Für Kinder &amp; Eltern?]</p>", ["[Für Kinder & Eltern?]"]),
        ("<p>Kommen Sie [mit Anmeldung], ja? (Warum?) [1]</p>", []),
        ("<p>[erst das] und dann?</p>", []),
        ("", []),
    ],
)
def test_a_question_in_square_brackets_is_open_and_other_brackets_are_text(text, questions):
    assert open_questions(OfferPage(text=text)) == ({"text": questions} if questions else {})


def test_questions_are_found_in_every_text_that_people_write():
    page = OfferPage(title="Kurs: [Was?]", teaser="[Für wen?]", costs_amount="[Wie viel?]", slug="kurs")
    assert open_questions(page) == {
        "title": ["[Was?]"],
        "teaser": ["[Für wen?]"],
        "costs_amount": ["[Wie viel?]"],
    }


@pytest.mark.django_db
def test_a_page_that_still_asks_is_kept_as_a_draft_and_not_published():
    home = pages.publish(pages.start_site("de"))
    region = pages.publish(pages.RegionPageFactory(parent=home))
    organisation = pages.publish(pages.OrganisationPageFactory(parent=region))
    page = pages.OfferPageFactory(parent=organisation, teaser="Reden. [Mit wem?]", live=False)
    with pytest.raises(ValidationError) as refusal:
        page.save_revision().publish()
    assert refusal.value.message_dict == {
        "teaser": [
            "Beantworten Sie die Fragen in eckigen Klammern, oder löschen Sie sie mitsamt den Klammern: [Mit wem?]"
        ]
    }
    page.refresh_from_db()
    assert not page.live
    page.teaser = "Reden mit Elif."
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.live
