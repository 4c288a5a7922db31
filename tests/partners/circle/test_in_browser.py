"""The page of a circle, the page behind a member's link and the coordinators' views, on phones and wide screens."""

import os
import re
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest
from django.core import mail
from wagtail.users.models import UserProfile

from partners.circle.models import Step, StepState
from tests.partners.circle.test_circle import World
from tests.partners.circle.test_coordination import Coordination
from tests.partners.joining import world as regions
from tests.partners.joining.test_joining_browser import log_in
from tests.services.browser import follow
from tests.services.judges import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db, site):
    return World(site)


def link_to(address):
    # Once sent, the text of a mail with a secret is nowhere else.
    (sent,) = [message for message in mail.outbox if message.to == [address]]
    return re.search(r"http://127\.0\.0\.1:8000(/\w+/circle/answer/\S+/)", sent.body).group(1)


def test_both_pages_are_accessible_and_as_wide_as_the_screen(world, chromium, live_server):
    world.propose()
    pages = {
        "circle-de": f"/de/circle/{world.region.slug}/",
        "answer-de": link_to("albers@example.org"),
        "answer-ar": link_to("haddad@example.org"),
    }
    for width in (360, 1280):
        context = chromium.new_context(base_url=live_server.url, viewport={"width": width, "height": 800})
        page = context.new_page()
        for name, address in pages.items():
            page.goto(address)
            if "SHOTS" in os.environ:
                page.screenshot(path=Path(os.environ["SHOTS"], f"{name}-{width}.png"), full_page=True)
            assert axe_violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") == width
        context.close()


@pytest.fixture
def ours(transactional_db):
    return Coordination(regions.World())


@pytest.mark.node
@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_views_of_coordinators_are_accessible_and_as_wide_as_the_screen(
    ours, page, client, live_server, language
):
    coordinator, network = ours.world.people["coordinator"], ours.world.people["network"]
    for user in (coordinator, network):
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    log_in(page, client, live_server, coordinator)
    found = {}

    def judge(addresses):
        # Wagtail's menu slides when a window changes its width, so each width begins with a new page.
        for width, address in product((360, 1280), addresses):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(address)
            assert page.locator("html").get_attribute("lang") == language
            look(address, width)

    def look(name, width):
        if "SHOTS" in os.environ:
            file = f"{language}-{width}-{name.strip('/').replace('/', '-')}.png"
            page.screenshot(path=Path(os.environ["SHOTS"], file), full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth")
        found[name, width] = [*axe_violations(page), wide - width]

    judge([address for address in ours.every_address if "withdraw" not in address])
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(ours.at("members/add/"))
    page.locator(".people-form button").click()
    page.wait_for_selector(".people-problem")
    look("errors", 360)
    ours.propose()
    ours.say(0, "object", comment="Zu teuer.")
    judge([ours.at(), ours.at_step(), ours.at_step("withdraw/"), "/admin/"])
    log_in(page, client, live_server, network)
    judge(["/admin/circle/"])

    assert found == {name: [0] for name in found}


def test_a_step_is_planned_and_asked_about_without_javascript(ours, chromium, client, live_server):
    with closing(
        chromium.new_context(base_url=live_server.url, locale="de-DE", java_script_enabled=False)
    ) as context:
        page = context.new_page()
        log_in(page, client, live_server, ours.world.people["coordinator"])
        page.goto(ours.at())
        follow(page.locator(f'a[href="{ours.at("steps/add/")}"]'))
        page.fill("#id_title", "Lesefest")
        follow(page.locator(".people-form button"))
        assert page.locator("#id_day_error").inner_text() == "Wählen Sie den Tag."
        assert page.input_value("#id_title") == "Lesefest"
        page.fill("#id_day", "2030-09-01")
        follow(page.locator(".people-form button"))
        follow(page.locator('.circle-sheet a[href$="/propose/"]'))
        follow(page.locator(".circle-sheet form button"))
        assert page.locator("#answers").inner_text() == "0 von 3 haben geantwortet"
        assert Step.objects.get(title="Lesefest").state == StepState.PROPOSED
        assert len(mail.outbox) == 3
