"""The workspace and its forms by keyboard alone, and in a browser that runs no scripts."""

import datetime
import re

import pytest
from django.utils import timezone
from django.utils.html import strip_tags
from playwright.sync_api import expect

from events.models import EventPage
from tests.partners.freshness.world import World
from tests.services.browser import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUSED = """() => {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    // The editor of a text has no name of its own.
    const field = element.isContentEditable ? element.closest("[data-contentpath]") : null;
    return {
        name: element.name || field?.dataset.contentpath || "",
        words: (element.getAttribute("aria-label") || element.innerText || "").replace(/\\s+/g, " ").trim(),
        isSeen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
        isPage: element === document.body,
        // The browser draws a ring of its own around the buttons in its fields for days and times.
        isPicker: ["date", "time"].includes(element.type),
    };
}"""


@pytest.fixture
def world(settings):
    # Only what the person at the keyboard does is to be kept.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    return World()


def signed_in(context, client, live_server, user):
    """Return a page of ``context`` on which ``user`` is signed in."""
    client.force_login(user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    return context.new_page()


def tab_to(page, *, words="", name="", key="Tab"):
    """Press Tab until that has the focus, which must be seen wherever it is; fail at a trap.

    ``key``: "Shift+Tab" goes back instead.
    """
    for _step in range(120):
        page.keyboard.press(key)
        focused = page.evaluate(FOCUSED)
        assert focused["isSeen"] or focused["isPage"] or focused["isPicker"], focused
        if (name and focused["name"] == name) or (words and focused["words"].startswith(words)):
            return
    pytest.fail(f"the keyboard does not reach “{words or name}”")


def test_an_entry_is_changed_and_sent_for_approval_by_keyboard_alone(page, client, live_server, world):
    offer = world.offer("Sprachkurs")
    page.set_viewport_size({"width": 1280, "height": 800})
    page = signed_in(page.context, client, live_server, world.partner)
    page.goto("/admin/")

    # The first thing leads past the menu; then everything in the order in which it is read.
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["words"] == "Zum Hauptinhalt springen"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    tab_to(page, words="Angebot anlegen")
    tab_to(page, words="Bearbeiten : Sprachkurs")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/admin/pages/{offer.pk}/edit/")

    # The tabs of the form are one stop; the arrows choose between them.
    expect(page.get_by_role("tab", name="Was?")).to_have_attribute("aria-selected", "true")
    tab_to(page, words="Was?")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Wann und wo?")).to_have_attribute("aria-selected", "true")
    # A tab that is left fades out; it would take along what comes back before it is gone.
    expect(page.locator("[name=teaser]")).to_be_hidden()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="Was?")).to_have_attribute("aria-selected", "true")
    expect(page.locator("[name=teaser]")).to_be_visible()
    tab_to(page, name="teaser")
    page.keyboard.press("Control+A")
    page.keyboard.type("Jetzt auch am Abend.")
    expect(page.locator("[name=teaser]")).to_have_value("Jetzt auch am Abend.")
    tab_to(page, name="action-submit")
    page.keyboard.press("Enter")

    entry = page.locator(".workspace-entry", has_text="Sprachkurs")
    expect(entry.locator(".workspace-state")).to_have_text("Wartet auf Freigabe")
    offer.refresh_from_db()
    assert offer.get_latest_revision_as_object().teaser == "Jetzt auch am Abend."


def go_to_next_tab(page, *, at, to, left, reached):
    """Go back from a field to the tabs of the form, at ``at``, and by arrow on to the next.

    ``left`` and ``reached``: names of fields of both. One that is left fades out and would take along the focus.
    """
    tab_to(page, words=at, key="Shift+Tab")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name=to)).to_have_attribute("aria-selected", "true")
    expect(page.locator(f"[name={left}]").first).to_be_hidden()
    expect(page.locator(f"[name={reached}]").first).to_be_visible()


def test_a_new_event_is_written_from_the_empty_form_and_sent_for_approval_by_keyboard_alone(
    page, client, live_server, world
):
    # Whether the browser's field asks for the day or the month first, these digits are this day.
    day = datetime.date(timezone.localdate().year + 1, 11, 11)
    page.set_viewport_size({"width": 1280, "height": 800})
    page = signed_in(page.context, client, live_server, world.partner)
    page.goto("/admin/")
    for words in ("Veranstaltung anlegen", "Etwas anderes"):
        tab_to(page, words=words)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="Was?")).to_have_attribute("aria-selected", "true")
    expect(page.locator("[data-contentpath=text] [contenteditable=true]")).to_be_visible()
    assert page.locator("[name=title]").input_value() == ""

    typed = {"title": "Martinsumzug", "teaser": "Mit Laternen durch die Altstadt."}
    for name, text in typed.items():
        tab_to(page, name=name)
        page.keyboard.type(text)
    tab_to(page, name="event_type")
    page.keyboard.type("World")
    tab_to(page, name="text")
    page.keyboard.type("Wir singen und laufen zusammen.")
    expect(page.locator("[name=text]")).to_have_value(re.compile("laufen zusammen"))

    go_to_next_tab(page, at="Was?", to="Wann und wo?", left="teaser", reached="start_date")
    tab_to(page, name="start_date")
    page.keyboard.type(f"1111{day.year}")
    expect(page.locator("[name=start_date]")).to_have_value(day.isoformat())
    tab_to(page, name="start_time")
    # Where the field asks for the half of the day, the letter answers; elsewhere it is nothing.
    page.keyboard.type("1030A")
    expect(page.locator("[name=start_time]")).to_have_value("10:30")
    place = {
        "place_name": "Haus International",
        "street": "Poststr. 22",
        "postcode": "87439",
        "city": "Kempten",
    }
    for name, text in place.items():
        tab_to(page, name=name)
        page.keyboard.type(text)

    go_to_next_tab(page, at="Wann und wo?", to="Für wen?", left="city", reached="target_groups")
    tab_to(page, name="target_groups")
    page.keyboard.press("Space")
    tab_to(page, name="action-submit")
    page.keyboard.press("Enter")

    entry = page.locator(".workspace-entry", has_text=typed["title"])
    expect(entry.locator(".workspace-state")).to_have_text("Wartet auf Freigabe")
    sent = EventPage.objects.get().get_latest_revision_as_object()
    facts = {**typed, **place, "event_type": "world_cafe", "start_date": day, "target_groups": ["everybody"]}
    facts |= {"start_time": datetime.time(10, 30)}
    assert {name: getattr(sent, name) for name in facts} == facts
    assert strip_tags(sent.text) == "Wir singen und laufen zusammen."


def test_an_event_is_moved_and_sent_for_approval_without_scripts(chromium, client, live_server, world):
    event = world.event("Fest der Nachbarschaft")
    day = timezone.localdate() + datetime.timedelta(days=40)
    context = chromium.new_context(
        base_url=live_server.url,
        locale="de-DE",
        java_script_enabled=False,
        viewport={"width": 360, "height": 740},
    )
    page = signed_in(context, client, live_server, world.partner)
    page.goto("/admin/")
    assert page.locator(".plain-menu a").all_inner_texts() == ["Übersicht", "Mein Konto", "Abmelden"]
    entry = page.locator(".workspace-entry", has_text="Fest der Nachbarschaft")
    # A click that reaches its aim also shows that nothing lies over it.
    follow(entry.get_by_role("link", name="Bearbeiten"))

    # First what is missing is named, with all that was typed; then it is right.
    page.locator("[name=start_date]").fill("")
    page.locator("[name=how_to_find]").fill("Eingang im Hof")
    follow(page.locator("footer").get_by_role("button", name="Zur Freigabe schicken"))
    assert page.locator(".to-mend li").all_inner_texts() == ["Datum"]
    assert page.locator("[name=how_to_find]").input_value() == "Eingang im Hof"
    page.locator("[name=start_date]").fill(day.isoformat())
    follow(page.locator("footer").get_by_role("button", name="Entwurf speichern"))
    event.refresh_from_db()
    draft = event.get_latest_revision_as_object()
    words = strip_tags(draft.text)
    assert (draft.start_date, draft.how_to_find, words) == (day, "Eingang im Hof", strip_tags(event.text))
    follow(page.locator("footer").get_by_role("button", name="Zur Freigabe schicken"))

    expect(entry.locator(".workspace-state")).to_have_text("Wartet auf Freigabe")
    context.close()
