"""Freshness by link: from the mail, without login, by keyboard alone."""

import re

import pytest
from django.utils import timezone
from wagtail.models import Site

from offers.models import OfferPage
from partners.freshness import services
from tests.services.judges import axe_violations

from .world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def links(mail):
    """Return the paths of the links in a mail."""
    return re.findall(r"http://127\.0\.0\.1:8000(/\w\S+)", mail.body)


def press(page, words):
    """Go by Tab to the button or link that says ``words``, and press Enter on it."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText.trim()") == words:
            break
    else:
        pytest.fail(f"the keyboard does not reach “{words}”")
    assert page.evaluate("document.activeElement.matches(':focus-visible')")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_into(page, name, text):
    """Go by Tab to the field ``name`` and type."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            break
    page.keyboard.type(text)


@pytest.fixture
def entries():
    """An entry that waits for long, one more of the same organisation, and the mail about both."""
    world = World("ar")
    Site.objects.update(port=80)
    world.offer("Sprachkurs", offset=-500)
    world.offer("Beratung", offset=-500)
    services.remind()
    return world


def confirmed(title):
    return OfferPage.objects.get(title=title, locale__language_code="de").confirmed_on


def test_one_mail_answers_everything_by_keyboard_on_a_phone(page, entries, mailoutbox):
    today = timezone.localdate()
    (mail,) = mailoutbox
    right, change, gone = [link for link in links(mail) if "?answer=" in link][:3]
    (everything,) = [link for link in links(mail) if "/fresh/all/" in link]
    first = "Beratung" if mail.body.index("Beratung") < mail.body.index("Sprachkurs") else "Sprachkurs"
    page.set_viewport_size({"width": 360, "height": 740})

    # What has changed needs words; nothing typed is lost.
    page.goto(change)
    assert axe_violations(page) == []
    press(page, "Änderung schicken")
    assert page.locator("[role=alert]").count() == 1
    assert axe_violations(page) == []

    # The same link still takes the answer.
    page.goto(right)
    assert page.locator("button.button:not(.secondary)").all_inner_texts() == ["Ja, alles stimmt noch"]
    press(page, "Ja, alles stimmt noch")
    assert "Das ist erledigt" in page.inner_text("h1")
    assert confirmed(first) == today
    press(page, "Zur Seite")
    assert f"Bestätigt von Haus International am {today.day}." in page.inner_text(".confirmed")
    page.goto(gone)
    assert page.locator("h1").inner_text() == "Das ist schon erledigt."

    # The rest of the list at once.
    page.goto(everything)
    assert axe_violations(page) == []
    press(page, "Ja, alles stimmt noch")
    assert {confirmed("Beratung"), confirmed("Sprachkurs")} == {today}


def test_what_no_longer_exists_goes_and_comes_back_by_keyboard(page, entries, mailoutbox):
    (mail,) = mailoutbox
    gone = next(link for link in links(mail) if link.endswith("?answer=gone"))
    page.goto(gone)
    title = page.inner_text("h2#entry")
    offer = OfferPage.objects.get(title=title, locale__language_code="de")
    press(page, "Das gibt es nicht mehr")
    assert axe_violations(page) == []
    assert page.goto(offer.url).status == 410
    back = next(link for mail in mailoutbox for link in links(mail) if "/fresh/back/" in link)
    page.goto(back)
    assert axe_violations(page) == []
    press(page, "Ja, zurückholen")
    press(page, "Zur Seite")
    assert page.inner_text("h1") == title


def test_the_pages_behind_the_links_are_for_everybody_in_arabic(page, entries, mailoutbox):
    (mail,) = mailoutbox

    def judge(link):
        page.goto(link.replace("/de/", "/ar/"))
        assert page.evaluate("document.documentElement.dir") == "rtl"
        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    for link in links(mail)[:2]:
        judge(link)
    services.withdraw(page=OfferPage.objects.get(title="Beratung", locale__language_code="de"))
    judge(next(link for mail in mailoutbox for link in links(mail) if "/fresh/back/" in link))
