"""The main job, done by its people in a real browser: a partner writes, a translator translates, a reader reads."""

import datetime
import re

import pytest
from django.utils import translation
from django.utils.formats import date_format
from wagtail.models import Locale

from content.demo_logins import DEMO_PASSWORD
from events.models import EventPage
from home.models import DirectoryPage
from tests.services.browser import follow

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("demo_content"),
]

SLUG = "world-cafe-neuauflage"
GERMAN_TEASER = "Zwölf Tische, viele Sprachen: Was wollen wir in Kempten gemeinsam anpacken?"
TURKISH_TEASER = "On iki masa, birçok dil: Kempten'de birlikte neler yapabiliriz?"


#: Opens the tab of Wagtail's form that a field is on.
SHOW_TAB_OF = """name => {
    const panel = document.querySelector(`[name=${name}]`).closest("[role=tabpanel]");
    document.querySelector(`[role=tab][href="#${panel.id}"]`).click();
}"""


def event(code):
    return EventPage.objects.get(slug=SLUG, locale=Locale.objects.get(language_code=code))


@pytest.fixture
def person(chromium, live_server):
    """Return a function that opens a browser for somebody: logged in, or a reader with a language."""
    contexts = []

    def open_browser(username="", **options):
        context = chromium.new_context(base_url=live_server.url, timezone_id="Europe/Berlin", **options)
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        if username:
            page.goto("/admin/login/")
            page.fill("[name=login]", username)
            page.fill("[name=password]", DEMO_PASSWORD)
            follow(page.locator("[type=submit]").first)
        return page

    yield open_browser
    for context in contexts:
        context.close()


def publish_as_partner(page, **fields):
    """Change ``fields`` of the German event in its form and publish it."""
    page.goto(f"/admin/pages/{event('de').pk}/edit/")
    for name, value in fields.items():
        field = page.locator(f"[name={name}]")
        page.evaluate(SHOW_TAB_OF, name)
        field.fill(value)
        field.press("Tab")
    page.locator("footer .w-dropdown__toggle").first.click()
    follow(page.locator("footer [name=action-publish]"))
    page.locator(".messages .success").wait_for()


def test_what_a_partner_writes_is_translated_and_read_and_stays_right(person, mailoutbox):
    # 1. The partner edits the World Café and publishes it.
    partner = person("partner-haus-international", locale="de-DE")
    publish_as_partner(partner, teaser=GERMAN_TEASER)
    assert event("de").teaser == GERMAN_TEASER
    old_turkish = event("tr").teaser
    assert old_turkish
    assert old_turkish != GERMAN_TEASER

    # 2. The translator finds the changed sentence and translates it; somebody else reads it and publishes it.
    translator = person("translator-tr", locale="tr-TR")
    translator.goto(f"/admin/pages/{event('tr').pk}/edit/")
    line = translator.locator(".bench-line.needs-work", has_text=GERMAN_TEASER)
    line.locator("textarea").fill(TURKISH_TEASER)
    follow(translator.locator("button[value=submit]"))
    assert event("tr").teaser == old_turkish
    (mail,) = mailoutbox[-1:]
    (link,) = re.findall(r"https?://[^/\s]+(/\w+/translation/review/\S+)", mail.body)
    coordinator = person(locale="de-DE")
    coordinator.goto(link)
    assert TURKISH_TEASER in coordinator.locator("main").inner_text()
    follow(coordinator.locator("button[value=approve]"))
    assert event("tr").teaser == TURKISH_TEASER

    # 3. A reader whose browser asks for Turkish finds it through the facets, without JavaScript.
    reader = person(locale="tr-TR", java_script_enabled=False)
    reader.goto("/")
    assert reader.url.endswith("/tr/")
    reader.goto(f"/tr/{_directory('events')}/")
    # The panel of facets is a <details>, closed on phones and open on wide screens.
    reader.locator("input[name=kind][value=world_cafe]").check()
    follow(reader.locator("form:has(input[name=kind]) button[type=submit]").first)
    assert "kind=world_cafe" in reader.url
    follow(reader.get_by_role("link", name=event("tr").title).first)
    assert reader.locator("html").get_attribute("lang") == "tr"
    assert TURKISH_TEASER in reader.locator("main").inner_text()
    assert _shown(event("tr").start_date) in reader.locator("main").inner_text()

    # 4. The date moves by a week in German; the Turkish page has the new date and the good old text.
    moved = event("de").start_date + datetime.timedelta(days=7)
    publish_as_partner(partner, start_date=moved.isoformat())
    assert event("de").start_date == moved
    reader.reload()
    text = reader.locator("main").inner_text()
    assert _shown(moved) in text
    assert _shown(moved - datetime.timedelta(days=7)) not in text
    assert TURKISH_TEASER in text


def _shown(day):
    with translation.override("tr"):
        return date_format(day, "j F")


def _directory(kind_slug):
    return DirectoryPage.objects.get(kind_slug=kind_slug, locale__language_code="de").slug
