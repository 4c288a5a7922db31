"""The public site in a real browser: with and without scripts, in both directions, on narrow and wide screens."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from content.models import Topic
from events.services import materialise_dates
from organisations.models import Contact
from tests.factories.pages import (
    DirectoryPageFactory,
    EventPageFactory,
    OfferPageFactory,
    PlainPageFactory,
    publish,
)
from tests.services.browser import follow
from tests.services.judges import axe_violations, html_errors

pytestmark = pytest.mark.browser


@pytest.fixture
def furnished(site):
    """A small site with one page of each type, in German, plain German and Arabic."""
    site.organisation.contact = Contact.objects.create(
        organisation_key=site.organisation.translation_key,
        name="Lena Baumgart",
        phone="+498999998017",
        email="lena@example.org",
        hours="Mo-Fr 09:00-12:00",
    )
    site.organisation.opening_hours = "Mo-Th 09:00-12:00"
    site.organisation.step_free = "yes"
    site.organisation = publish(site.organisation)
    topic = Topic.objects.create(name="Sprache", slug="sprache")
    for title, topics in (("Sprachkurs", [topic]), ("Nähkurs", [])):
        page = OfferPageFactory(
            parent=site.organisation, title=title, step_free="yes", availability=["mo-morning", "tu-evening"]
        )
        page.topics.add(*topics)
        publish(page)
    event = EventPageFactory(
        parent=site.organisation,
        title="Sprachcafé",
        slug="sprachcafe",
        start_date=timezone.localdate() + datetime.timedelta(days=2),
        rrule="FREQ=WEEKLY",
        press_text="Liebe Presse",
    )
    materialise_dates(page=publish(event))
    publish(DirectoryPageFactory(parent=site.home, title="Termine", slug="events", kind_slug="events"))
    body = [
        ("text", "<h2>Worum es geht</h2><p>Um dich.</p>"),
        ("question", {"question": "Muss ich Deutsch können?", "answer": "<p>Nein.</p>"}),
        ("callout", {"heading": "Gut zu wissen", "text": "<p>Kostenlos.</p>"}),
    ]
    publish(PlainPageFactory(parent=site.home, title="Über uns", slug="ueber-uns", body=body))
    for code in ("ar", "de-simple"):
        for page in site.home.get_descendants().order_by("path").specific():
            site.present(page, code)
    return site


PATHS = (
    "",
    "offers/",
    "offers/?q=xyzzy&topic=sprache",
    "events/",
    "search/?q=Sprache",
    "ueber-uns/",
    "kempten/",
    "kempten/haus/",
    "kempten/haus/sprachcafe/",
    "kempten/haus/sprachkurs/",
    "nirgends/",
)


@pytest.mark.node
@pytest.mark.parametrize("code", ["de", "de-simple", "ar"])
def test_no_page_type_shuts_anybody_out(furnished, page, code, tmp_path):
    objections, files = [], []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for number, path in enumerate(PATHS):
            response = page.goto(f"/{code}/{path}")
            page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
            objections += [f"{width} {path} {violation}" for violation in axe_violations(page)]
            too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            objections += [f"{width} {path} is too wide"] if too_wide else []
            if width == 320:
                files.append(tmp_path / f"{number}.html")
                files[-1].write_bytes(response.body())
    assert objections == []
    assert html_errors(*files) == []


def test_a_choice_narrows_the_list_in_place(furnished, page):
    page.goto("/de/offers/")
    page.evaluate("window.stayed = true")
    titles = page.locator("#result-list .card h3 a")
    assert titles.count() == 2

    page.locator("input[name=topic][value=sprache]").check()

    page.wait_for_url("**/de/offers/?topic=sprache")
    assert titles.all_inner_texts() == ["Sprachkurs"]
    assert page.locator("#count-free-yes").inner_text() == "1"
    assert page.evaluate("window.stayed")
    assert page.evaluate("document.activeElement.name") == "topic"
    page.go_back()
    page.wait_for_url("**/de/offers/")
    expect(titles).to_have_count(2)


def test_nothing_is_kept_in_the_browser(furnished, page):
    page.goto("/de/offers/")
    page.locator("input[name=topic][value=sprache]").check()
    page.wait_for_url("**topic=sprache")
    page.goto("/de/impressum/")

    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_everything_can_be_found_without_scripts(furnished, chromium, live_server):
    with chromium.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/de/offers/")
        page.locator("input[name=topic][value=sprache]").check()
        follow(page.locator(".facets button[type=submit]"))
        assert page.locator("#result-list .card h3 a").all_inner_texts() == ["Sprachkurs"]
        follow(page.locator("#result-list .card h3 a"))
        assert page.locator("h1").inner_text() == "Sprachkurs"
        page.locator(".share summary").click()
        assert page.locator(".share a:visible").count() == 4
        # Buttons that need a script are in the page, and not on the screen.
        assert page.locator("main button[hidden]").count() == 3
        assert page.locator("main button:visible").count() == 0
        follow(page.locator(".contact-list a[href*='/contact/']"))
        follow(page.get_by_role("button", name="E-Mail-Adresse zeigen"))
        assert page.locator("a[href='mailto:lena@example.org']").is_visible()
        assert context.cookies() == []
