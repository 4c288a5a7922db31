"""A partner's first visit, on a phone: from signing in to an invitation that everybody can read."""

import datetime
import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from content.mail.models import Mail
from events.models import EventPage
from tests.accounts.people import LOGIN, PASSWORD
from tests.partners.freshness.test_in_browser import press
from tests.partners.freshness.world import World
from tests.services.browser import follow
from tests.services.judges import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.django_db(transaction=True)]

INVITATION = (Path(__file__).parents[2] / "events" / "invitation.txt").read_text(encoding="utf-8")
PARAGRAPHS = [" ".join(part.split()) for part in INVITATION.split("\n\n") if part.strip()]
TITLE = "Einladung zum »World Café«"
PHONE = {"width": 360, "height": 740}


def open_tab(page, name):
    page.get_by_role("tab", name=re.compile(re.escape(name))).click()


def send(page):
    follow(page.locator("footer").get_by_role("button", name="Zur Freigabe schicken"))


def written(page):
    """Return the title and the words of the text that the form holds, whatever tab is open."""
    page.locator("[data-contentpath=text] [contenteditable=true]").wait_for(state="attached")
    blocks = page.locator("[data-contentpath=text] [contenteditable=true] [data-block]").all_text_contents()
    return page.locator("[name=title]").input_value(), " ".join(blocks).split()


def entry(page):
    return page.locator(".workspace-entry", has_text=TITLE)


def test_an_invitation_is_written_refused_kept_completed_approved_by_mail_and_read(
    page, chromium, live_server, mailoutbox, settings
):
    # What is kept here is kept by the button: without it the test could not tell who kept it.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    world = World()
    world.partner.set_password(PASSWORD)
    world.partner.save()
    page.set_viewport_size(PHONE)

    # The workspace is what comes after signing in.
    page.goto(LOGIN)
    page.get_by_label("Benutzername oder E-Mail-Adresse").fill("partner")
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    follow(page.get_by_role("button", name="Anmelden", exact=True))
    expect(page.locator("h1")).to_have_text("Haus International")
    assert axe_violations(page) == []
    follow(page.get_by_role("link", name="Veranstaltung anlegen"))
    follow(page.get_by_role("link", name="World Café"))

    # The invitation as it was sent: what it is about, but neither day nor time nor place. The hours that are usual
    # for a World Café are taken out, because nobody has said them.
    expect(page.locator("[name=event_type]")).to_have_value("world_cafe")
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=teaser]").fill("»MitmischerInnen« in Kempton gesucht")
    open_tab(page, "Wann und wo?")
    page.locator("[name=start_time]").fill("")
    page.locator("[name=end_time]").fill("")
    open_tab(page, "Was?")
    page.locator("[data-contentpath=text] [contenteditable=true]").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    for paragraph in PARAGRAPHS:
        page.keyboard.insert_text(paragraph)
        page.keyboard.press("Enter")
    # The editor hands on what was typed a quarter of a second later.
    expect(page.locator("[name=text]")).to_have_value(re.compile(re.escape(PARAGRAPHS[-1][-20:])))
    send(page)

    # Refused, with the three named, and nothing typed is lost.
    expect(page.locator(".to-mend li")).to_have_text(["Datum", "Uhrzeit", "Name des Ortes"])
    assert written(page) == (TITLE, " ".join(PARAGRAPHS).split())
    assert not Mail.objects.exists()

    # Kept as a draft, which stands in the workspace and nowhere else.
    page.locator("footer .w-dropdown__toggle").first.click()
    follow(page.locator("footer").get_by_role("button", name="Entwurf speichern"))
    page.locator(".messages .success").wait_for()
    event = EventPage.objects.get()
    assert (event.title, event.live) == (TITLE, False)
    follow(page.get_by_role("link", name="Meine Organisation").first)
    expect(entry(page).locator(".workspace-state")).to_have_text("Entwurf, noch nicht zu sehen")
    follow(entry(page).get_by_role("link", name="Bearbeiten"))
    assert written(page) == (TITLE, " ".join(PARAGRAPHS).split())

    # Completed and sent.
    day = timezone.localdate() + datetime.timedelta(days=20)
    open_tab(page, "Wann und wo?")
    page.locator("[name=start_date]").fill(day.isoformat())
    page.locator("[name=start_time]").fill("14:00")
    page.locator("[name=place_name]").fill("Haus International")
    page.locator("[name=street]").fill("Poststr. 22")
    page.locator("[name=postcode]").fill("87439")
    page.locator("[name=city]").fill("Kempten")
    send(page)
    expect(entry(page).locator(".workspace-state")).to_have_text("Wartet auf Freigabe")

    # The coordinator answers from the mail, without an account's password, and by keyboard alone.
    (mail,) = mailoutbox
    assert (mail.to, TITLE in mail.subject) == (["koordination@example.org"], True)
    (link,) = re.findall(r"https?://[^/\s]+(/\w+/review/\S+)", mail.body)
    context = chromium.new_context(base_url=live_server.url, locale="de-DE", viewport=PHONE)
    reader = context.new_page()
    reader.goto(link.replace("/de/", "/ar/"))
    assert reader.evaluate("document.dir") == "rtl"
    assert axe_violations(reader) == []
    reader.goto(link)
    assert TITLE in reader.locator("main").inner_text()
    assert axe_violations(reader) == []
    press(reader, "Veröffentlichen")
    expect(reader.locator("h1")).not_to_have_text("Darf das veröffentlicht werden?")

    # And everybody can read it.
    event.refresh_from_db()
    assert reader.goto(event.url).status == 200
    expect(reader.locator("h1")).to_have_text(TITLE)
    facts = reader.locator("main").inner_text()
    shown = [f"{day.day}.", "14:00", "Haus International", "Poststr. 22", "87439 Kempten"]
    assert [fact for fact in shown if fact not in facts] == []
    context.close()
