"""Joining by keyboard alone, from the public form to the approved organisation with its invited person."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from wagtail.users.models import UserProfile

from organisations.models import OrganisationPage
from partners.ideas import services as ideas
from partners.joining import services
from partners.joining.forms import PersonForm
from partners.models import Application, Idea
from tests.partners.joining.world import World
from tests.services.browser import follow
from tests.services.judges import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    return World()


class Keyboard:
    """Somebody without a mouse: goes on with Tab until the element is reached, types, presses."""

    def __init__(self, page):
        self.page = page

    def to(self, selector):
        """Press Tab until what ``selector`` means has the focus."""
        for _press in range(120):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} cannot be reached with the Tab key")

    def type(self, selector, text):
        self.to(selector)
        self.page.keyboard.type(text)

    def press(self, selector, key="Enter"):
        self.to(selector)
        self.page.keyboard.press(key)

    def go(self, selector):
        """Press what leads to another page, and wait for that."""
        self.to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def choose(self, selector, letters):
        self.to(selector)
        self.page.keyboard.type(letters)


def log_in(page, client, live_server, user):
    client.force_login(user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])


def links():
    return [
        urlsplit(found).path for one in mail.outbox for found in re.findall(r"https?://\S+/\w+/\S+", one.body)
    ]


def test_an_organisation_joins_by_keyboard_alone(page, client, live_server, world):
    keys = Keyboard(page)
    page.goto("/de/kempten/")
    keys.go('a[href="/de/join/?region=kempten"]')
    keys.type("#id_name", "Haus International e.V.")
    keys.press('input[name="types"][value="association"]', "Space")
    assert page.locator("#id_region").input_value() == "kempten"
    keys.go('button[name="next"]')
    # The name is here already; going on is possible all the same, going back loses nothing.
    assert page.locator(".note a").all_inner_texts() == ["Haus International"]
    keys.go('button[name="back"]')
    keys.to("#id_name")
    page.keyboard.press("Control+A")
    page.keyboard.type("Frauen ohne Grenzen")
    assert page.locator('input[value="association"]').is_checked()
    keys.go('button[name="next"]')
    assert page.locator(".note").count() == 0
    keys.go('button[name="next"]')
    assert "Sagen Sie in einem Satz" in page.locator(".error-summary").inner_text()
    keys.press('.error-summary a[href="#id_teaser"]')
    page.keyboard.type("Wir kochen jeden Freitag zusammen.")
    keys.press('input[name="languages_spoken"][value="tr"]', "Space")
    keys.go('button[name="next"]')
    keys.type("#id_first_name", "Elif")
    keys.type("#id_last_name", "Aydın")
    keys.type("#id_email", "elif@example.org")
    keys.press("#id_consent", "Space")
    page.wait_for_timeout(PersonForm.shortest.total_seconds() * 1000)
    keys.go('button[name="next"]')
    assert page.locator('[role="status"]').inner_text() == "Bitte sehen Sie jetzt in Ihr Postfach."

    (confirmation,) = links()
    page.goto(confirmation)
    assert "Wir kochen jeden Freitag zusammen." in page.locator(".join-summary").inner_text()
    keys.go('main button[type="submit"]')
    assert Application.objects.get().state == "waiting"

    log_in(page, client, live_server, world.people["coordinator"])
    page.goto(links()[-1])
    keys.go('form:has(input[value="approve"]) button')
    assert "Frauen ohne Grenzen" in page.locator(".messages").inner_text()
    organisation = OrganisationPage.objects.get(title="Frauen ohne Grenzen")
    assert (organisation.live, organisation.languages_spoken) == (False, ["tr"])

    # The invited person chooses a password, and is in.
    page.context.clear_cookies()
    page.goto(links()[-1])
    for field in ("#id_password", "#id_again"):
        keys.type(field, "Regenschirm-und-Kuchen")
    keys.go('main form button[type="submit"]')
    user = get_user_model().objects.get(email="elif@example.org")
    assert (user.is_active, list(user.groups.all())) == (True, [world.team(organisation).group])


@pytest.mark.node
@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_pages_have_no_barrier_and_fit_a_phone(page, client, live_server, world, language):
    coordinator = world.people["coordinator"]
    profile = UserProfile.get_for_user(coordinator)
    profile.preferred_language = language
    profile.save()
    facts = {"first_name": "Elif", "last_name": "Aydın", "email": "elif@example.org"}
    application = services.apply(
        kind="join",
        region=world.region,
        language=language,
        name="Haus Internationnal",
        teaser="Wir kochen.",
        **facts,
    )
    confirmation = links()[-1]
    waiting = Application.objects.create(
        kind="join",
        region=world.region,
        language=language,
        name="Haus Internationale",
        state="waiting",
        confirmed_at=application.created_at,
        **facts,
    )
    idea = ideas.submit(
        region=world.region, title="Bank", text="Zum Sitzen.", language="de", read_in=language, name="Aylin"
    )
    Idea.objects.create(region=world.region, title="Neu", text="Neu.", language="ar", read_in="ar")
    ideas.publish(idea=idea, answer="Gut!", by=coordinator)
    organisation = world.present(world.organisation, language)
    page.set_viewport_size({"width": 360, "height": 800})
    log_in(page, client, live_server, coordinator)
    found = {}

    def judge(name):
        found[name] = [
            *axe_violations(page),
            page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)"),
        ]

    for address in (
        "join/sent/",
        f"claim/{organisation.pk}/",
        "ideas/",
        f"ideas/{idea.pk}/",
        "ideas/new/",
        "ideas/sent/",
        f"{organisation.url.strip('/').partition('/')[2]}/",
    ):
        page.goto(f"/{language}/{address}")
        assert page.locator("html").get_attribute("lang") == language
        judge(address)
    page.goto(confirmation)
    judge("confirm")
    page.goto(f"/{language}/join/?region=kempten")
    judge("step 1")
    follow(page.locator('button[name="next"]'))
    judge("step 1 with errors")
    page.locator("#id_name").fill("Haus Internationnal")
    page.locator('input[value="association"]').check()
    follow(page.locator('button[name="next"]'))
    assert page.locator("#id_teaser").count() == 1
    judge("step 2")
    page.locator("#id_teaser").fill("Wir kochen.")
    follow(page.locator('button[name="next"]'))
    assert page.locator("#id_consent").count() == 1
    judge("step 3")
    for address in (
        "joining/",
        f"joining/{waiting.pk}/",
        "ideas/",
        "ideas/?state=published",
        f"ideas/{idea.pk}/",
    ):
        page.goto(f"/admin/{address}")
        judge(f"admin {address}")

    assert found == {name: [0] for name in found}
