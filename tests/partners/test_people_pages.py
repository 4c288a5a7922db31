"""The pages about people as a phone shows them: readable by everybody, nothing wider than the screen."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests.partners.test_people import World, link_in
from tests.services.judges import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["de", "ar"])
def test_people_pages_have_no_barrier_and_fit_a_phone(page, client, live_server, language):
    world = World()
    world.invite()
    mail.outbox[-1].text = mail.outbox[-1].body
    team, partner = world.teams["Mosaik Frauen"], world.people["partner"]
    profile = UserProfile.get_for_user(world.people["coordinator"])
    profile.preferred_language = language
    profile.save()
    client.force_login(world.people["coordinator"])
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.set_viewport_size({"width": 360, "height": 800})
    found = {}
    for address in (
        reverse("partners_people"),
        reverse("partners_team", args=[team.pk]),
        reverse("partners_invite", args=[team.pk]),
        reverse("partners_remove", args=[team.pk, partner.pk]),
        link_in(mail.outbox[-1]).replace("/de/", f"/{language}/"),
    ):
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == language
        found[address] = [
            *axe_violations(page),
            page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)"),
        ]

    assert found == {address: [0] for address in found}
