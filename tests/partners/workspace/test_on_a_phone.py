"""The workspace as a phone shows it: nothing wider than the screen, no barrier, fingers hit what they aim at."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.users.models import UserProfile

from content.languages import direction
from partners.models import Report, Team, TeamKind
from tests.partners.freshness.world import World
from tests.services.judges import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.django_db(transaction=True)]

TOO_SMALL = """[...document.querySelectorAll('.workspace a, .workspace button, .workspace summary')]
    .filter(each => each.getBoundingClientRect().height < 43.5).map(each => each.textContent.trim())"""
TOO_WIDE = """[...document.querySelectorAll('.workspace *')]
    .filter(each => !each.closest('.workspace-scroll, .w-sr-only, svg'))
    .filter(each => each.getBoundingClientRect().right > innerWidth + 1 || each.getBoundingClientRect().left < -1)
    .map(each => each.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("language", ["de", "ar"])
def test_everybodys_workspace_fits_a_phone_and_has_no_barrier(page, client, live_server, language):
    world = World("ar")
    offer = world.offer("Donaudampfschifffahrtsgesellschaftskapitänskurs für alle, die es werden wollen")
    Report.objects.create(page=offer, reason=Report._meta.get_field("reason").choices[0][0])
    network = get_user_model().objects.create_user("netz", "netz@example.org")
    network.groups.add(Team.objects.get(kind=TeamKind.NETWORK).group)
    found = {}
    page.set_viewport_size({"width": 360, "height": 800})
    for user in (world.partner, world.coordinator, network):
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = language
        profile.save()
        client.force_login(user)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        page.goto("/admin/")
        assert page.locator("html").get_attribute("dir") == direction(language)
        assert page.locator(".workspace").inner_text().count("Donaudampf") >= 1 or user == network
        found[user.username] = [*axe_violations(page), *page.evaluate(TOO_SMALL), *page.evaluate(TOO_WIDE)]
    assert found == dict.fromkeys(found, [])
