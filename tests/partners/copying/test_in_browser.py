"""Copying as people do it: few clicks with a mouse, the same by keyboard on a phone, no barrier in any language."""

import datetime
import re

import pytest
from django.utils import timezone
from wagtail.models import Site
from wagtail.users.models import UserProfile

from content.languages import direction
from events.models import EventPage
from partners.models import Team
from partners.services import set_trust
from tests.partners.freshness.test_in_browser import press
from tests.partners.freshness.world import World
from tests.partners.workspace.test_on_a_phone import TOO_SMALL, TOO_WIDE
from tests.services.browser import follow
from tests.services.judges import axe_violations
from translation.services import write_translation

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.django_db(transaction=True)]

TEXTS = {
    "tr": {"title": "Dünya Kafesi", "teaser": "Birlikte konuşalım.", "text": "<p>Herkes davetli.</p>"},
    "ar": {"title": "المقهى العالمي", "teaser": "لنتحدّث معًا.", "text": "<p>الجميع مدعوّون.</p>"},
}
#: Words of the Arabic and the German admin.
SEND = {"de": "Kopie als Entwurf speichern", "ar": "حفظ النسخة مسودّةً"}


@pytest.fixture
def world():
    world = World("tr", "ar")
    Site.objects.update(port=80)
    world.last_day = timezone.localdate() - datetime.timedelta(days=100)
    world.cafe = world.event(
        "World Café", slug="world-cafe", text="<p>Alle sind willkommen.</p>", start_date=world.last_day
    )
    for code, sentences in TEXTS.items():
        write_translation(page=world.cafe, language_code=code, sentences=sentences)
    set_trust(team=Team.objects.get(subject=world.haus.translation_key), publishes_at_once=True)
    return world


@pytest.fixture
def sign_in(page, client, live_server):
    def sign_in(user, language="de"):
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = language
        profile.save()
        client.force_login(user)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])

    return sign_in


def test_last_years_event_is_online_again_in_three_clicks_in_all_languages(page, world, sign_in):
    sign_in(world.partner)
    page.goto("/admin/?show=events")
    follow(page.get_by_role("link", name="Kopieren"))
    page.get_by_label("Ein Jahr später, am gleichen Wochentag").click()
    follow(page.get_by_role("button", name="Kopie veröffentlichen"))
    page.wait_for_url(re.compile(r"/admin/\?organisation="))
    assert "„World Café“ ist wieder online, auch auf: Türkçe, العربية." in page.inner_text("body")
    copy = EventPage.objects.exclude(pk=world.cafe.pk).get(locale=world.cafe.locale)
    new_day = world.last_day + datetime.timedelta(weeks=52)
    titles = {"de": "World Café", **{code: texts["title"] for code, texts in TEXTS.items()}}
    for code, title in titles.items():
        public = EventPage.objects.get(translation_key=copy.translation_key, locale__language_code=code)
        page.goto(public.url)
        assert page.inner_text("h1") == title
        assert page.locator(f'.facts time[datetime^="{new_day}"]').count() == 1
        assert page.locator(f'time[datetime^="{world.last_day}"]').count() == 0


@pytest.mark.parametrize("language", ["de", "ar"])
def test_it_fits_a_phone_has_no_barrier_and_goes_by_keyboard(page, world, sign_in, language):
    EventPage.objects.filter(pk=world.cafe.pk).update(
        rrule="FREQ=WEEKLY",
        excluded_dates=[(world.last_day + datetime.timedelta(weeks=1)).isoformat()],
        teaser="Wir sehen uns am 12. Dezember im Haus International.",
    )
    sign_in(world.partner, language)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"/admin/copy/{world.cafe.pk}/")
    assert page.locator("html").get_attribute("dir") == direction(language)
    assert [*axe_violations(page), *page.evaluate(TOO_SMALL), *page.evaluate(TOO_WIDE)] == []
    # The last choice, without its day: the page says so and keeps the choice.
    tab_to(page, "input[name=when]")
    for _step in range(2):
        page.keyboard.press("ArrowDown")
    assert page.locator("input[name=when]:checked").get_attribute("value") == "other"
    press(page, SEND[language])
    assert page.locator("[role=alert]").count() == 1
    assert page.locator("input[name=when]:checked").get_attribute("value") == "other"
    assert [*axe_violations(page), *page.evaluate(TOO_SMALL), *page.evaluate(TOO_WIDE)] == []
    tab_to(page, "input[name=when]")
    for _step in range(3):
        page.keyboard.press("ArrowUp")
    press(page, SEND[language])
    draft = EventPage.objects.exclude(pk=world.cafe.pk).get(locale=world.cafe.locale)
    assert (draft.live, draft.start_date) == (False, world.last_day + datetime.timedelta(weeks=1))
    assert page.url.endswith(f"/admin/pages/{draft.pk}/edit/")


def tab_to(page, selector):
    """Go by Tab to what ``selector`` names: of buttons for one choice, to the one that is chosen."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    pytest.fail(f"the keyboard does not reach {selector}")
