"""The hints on a phone, while somebody types: they come by themselves, fit the screen, and are no barrier."""

import pytest
from wagtail.users.models import UserProfile

from tests.factories.pages import OfferPageFactory, publish
from tests.partners.freshness.world import World
from tests.services.judges import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.django_db(transaction=True)]

TOO_WIDE = """[...document.querySelectorAll('.text-hints *')]
    .filter(each => each.getBoundingClientRect().right > innerWidth + 1 || each.getBoundingClientRect().left < -1)
    .map(each => each.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize(
    ("language", "message"), [("de", "Im Text stehen Kontaktdaten."), ("ar", "في النص بيانات اتصال.")]
)
def test_hints_come_while_somebody_types_on_a_phone(page, client, live_server, language, message):
    world = World("ar")
    offer = publish(OfferPageFactory(parent=world.haus, title="Kochen"))
    profile = UserProfile.get_for_user(world.partner)
    profile.preferred_language = language
    profile.save()
    client.force_login(world.partner)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"/admin/pages/{offer.pk}/edit/")

    # Wagtail takes what stands there two seconds after the page came for the beginning, so nobody may type too fast.
    page.locator("#id_teaser").fill("")
    typed = f"ACHTUNG! Rufen Sie an: 0831 17138. {'Wort ' * 21}"
    page.locator("#id_teaser").press_sequentially(typed, delay=25)
    hints = page.locator("#text-hints-teaser")
    hints.get_by_text(message).wait_for()
    assert hints.locator("li").count() == 3
    assert page.evaluate(TOO_WIDE) == []
    assert axe_violations(page, within=".text-hints") == []

    page.locator("#id_teaser").fill("Wir kochen jeden Dienstag zusammen, kommen Sie vorbei.")
    hints.locator("li").first.wait_for(state="detached")
    assert hints.locator(".text-hints__good").is_visible()
    assert axe_violations(page, within=".text-hints") == []
