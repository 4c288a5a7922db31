"""Beginning from a card on a phone and by keyboard: no barrier, and nothing is written before people save."""

import pytest
from wagtail.models import Page, Site
from wagtail.users.models import UserProfile

from content.languages import direction
from events.models import EventPage
from tests.partners.freshness.world import World
from tests.partners.workspace.test_on_a_phone import TOO_SMALL, TOO_WIDE
from tests.services.browser import follow
from tests.services.judges import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.django_db(transaction=True)]


#: What the form of a page says of it, by field. The address follows from the title. Texts, whose parts get new keys
#: with each form, are looked at apart.
FACTS = """() => {
  const facts = {};
  for (const [name, value] of new FormData(document.querySelector("#page-edit-form")))
    if (!/^(csrfmiddlewaretoken|next|slug|text|results|creation_key)$|revision|^comment/.test(name))
      (facts[name] ??= []).push(value);
  return facts;
}"""


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_cards_fit_a_phone_and_open_a_form_by_keyboard_of_which_a_draft_loses_nothing(
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
    # Half-filled: one thing is said, the day is not. Kept as a draft and opened again, everything is there.
    page.locator("input[name=title]").fill("Sprachcafé in Thingers")
    begun = page.evaluate(FACTS)
    assert (begun["event_type"], begun["start_time"], begun["start_date"]) == (["meeting"], ["15:00"], [""])
    text = page.locator("[data-contentpath=text] [data-block]").all_text_contents()
    page.locator("footer .w-dropdown__toggle").first.click()
    follow(page.locator("footer .action-save"))
    draft = EventPage.objects.get(title="Sprachcafé in Thingers", locale__language_code="de")
    assert (draft.live, draft.start_date, draft.rrule) == (False, None, "FREQ=WEEKLY")
    page.goto(f"/admin/pages/{draft.pk}/edit/")
    page.locator("[data-contentpath=text] [contenteditable=true]").wait_for(state="attached")
    assert page.locator("[data-contentpath=text] [data-block]").all_text_contents() == text
    assert page.evaluate(FACTS) == begun


def press_card(page, card):
    """Go to ``card`` with the tabulator and open it."""
    for _step in range(60):
        if card.evaluate("each => each === document.activeElement"):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError("The keyboard does not reach the card.")
