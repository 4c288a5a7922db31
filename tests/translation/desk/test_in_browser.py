"""Desk and matrix in a browser: by keyboard, on a narrow screen, from right to left, and for everybody."""

import pytest
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from partners import services as partners
from tests.services.browser import follow
from tests.services.judges import axe_violations
from tests.translation.drafts.world import Desk
from translation.desk.models import Claim
from translation.desk.services import count_coverage

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.django_db(transaction=True)]


def sign_in(page, client, live_server, user, language):
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()
    client.force_login(user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])


def test_desk_and_matrix_are_there_for_everybody_on_every_screen(page, client, live_server):
    desk = Desk()
    count_coverage()
    sign_in(page, client, live_server, desk.hanan, "ar")
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/admin/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    entry = page.locator(".desk-entry", has_text="World Café")
    entry.locator("button[value=claim]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert Claim.objects.get().translator == desk.hanan
    entry.locator("summary").press("Enter")
    expect(entry.locator("input[type=date]")).to_be_visible()
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    follow(entry.locator("h3 a"))
    assert page.url.endswith(f"/admin/translation/pages/{desk.target('ar').pk}/")

    coordinator = desk.person("kathrin")
    coordinator.groups.add(partners.ensure_coordinator_group(region=desk.region))
    sign_in(page, client, live_server, coordinator, "de")
    page.goto("/admin/translation/matrix/")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    follow(page.locator("tbody a", has_text="World Café"))
    assert axe_violations(page) == []
