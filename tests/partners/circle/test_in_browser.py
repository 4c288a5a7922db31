"""The page of a circle and the page behind a member's link, on a narrow phone and a wide screen, in both directions."""

import os
import re
from pathlib import Path

import pytest
from django.core import mail

from tests.partners.circle.test_circle import World
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
