"""Beginning from a card on a phone and by keyboard: no barrier, and nothing is written before people save."""

import pytest
from wagtail.models import Page, Site
from wagtail.users.models import UserProfile

from content.languages import direction
from tests.partners.freshness.world import World
from tests.partners.workspace.test_on_a_phone import TOO_SMALL, TOO_WIDE
from tests.services.judges import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_cards_fit_a_phone_and_by_keyboard_open_a_form_that_is_filled_in_and_not_saved(
    page, client, live_server, language
):
    world = World("ar")
    Site.objects.update(port=80)
    profile = UserProfile.get_for_user(world.partner)
    profile.preferred_language = language
    profile.save()
    client.force_login(world.partner)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.set_viewport_size({"width": 360, "height": 800})
    before = Page.objects.count()
    page.goto(f"/admin/new/{world.haus.pk}/?kind=events")
    assert page.locator("html").get_attribute("dir") == direction(language)
    assert [*axe_violations(page), *page.evaluate(TOO_SMALL), *page.evaluate(TOO_WIDE)] == []
    # By keyboard: the first card is the first thing behind the head of the page.
    card = page.locator("a.preset").first
    press_card(page, card)
    page.locator("input[name=title]").wait_for()
    assert page.locator("input[name=title]").input_value() == "Sprachcafé"
    assert "[Können Kinder mitkommen?]" in page.locator(".public-DraftEditor-content").first.inner_text()
    # Wagtail saves by itself what people change; what a preset filled in, nobody has.
    page.wait_for_timeout(1500)
    assert Page.objects.count() == before


def press_card(page, card):
    """Go to ``card`` with the tabulator and open it."""
    for _step in range(60):
        if card.evaluate("each => each === document.activeElement"):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError("The keyboard does not reach the card.")
