"""Taking an idea over on a phone and by keyboard: no barrier, and one draft."""

import pytest
from wagtail.models import Site
from wagtail.users.models import UserProfile

from content.languages import direction
from events.models import EventPage
from tests.partners.freshness.test_in_browser import press
from tests.partners.freshness.world import World
from tests.partners.presets.test_in_browser import press_card
from tests.partners.workspace.test_on_a_phone import TOO_SMALL, TOO_WIDE
from tests.services.judges import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.django_db(transaction=True)]

TAKE_OVER = {"de": "Als Entwurf übernehmen", "ar": "أخذها مسودةً"}


@pytest.mark.parametrize("language", ["de", "ar"])
def test_an_idea_becomes_a_draft_by_keyboard(page, client, live_server, language):
    world = World("ar")
    Site.objects.update(port=80)
    event = world.event("World Café", teaser="Wir sehen uns am 12. Dezember.")
    world.organisation(
        "Wohlfahrtsverband für Beratung, Begegnung und Kleiderstube im Landkreis Roth", world.roth
    )
    coordinator = world.person("koordination-roth", world.roth)
    profile = UserProfile.get_for_user(coordinator)
    profile.preferred_language = language
    profile.save()
    client.force_login(coordinator)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"/admin/take-over/?into={world.sv.pk}")
    assert page.locator("html").get_attribute("dir") == direction(language)
    assert [*axe_violations(page), *page.evaluate(TOO_SMALL), *page.evaluate(TOO_WIDE)] == []
    press_card(page, page.locator("a.preset").first)
    page.locator("select[name=into]").wait_for()
    assert page.locator("select[name=into]").input_value() == str(world.sv.pk)
    assert page.locator(".copying-hint li").all_inner_texts() == ["Wir sehen uns am 12. Dezember."]
    assert [*axe_violations(page), *page.evaluate(TOO_SMALL), *page.evaluate(TOO_WIDE)] == []
    press(page, TAKE_OVER[language])
    page.wait_for_url("**/edit/**")
    draft = EventPage.objects.child_of(world.sv).get()
    assert (draft.live, draft.credit_page_id) == (False, event.pk)
