"""The workbench by keyboard alone, with two people at one sentence, and for everybody on every screen."""

import pytest
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from content.languages import direction
from tests.services.browser import follow
from tests.services.judges import axe_violations
from tests.translation.drafts.world import Desk
from translation.models import State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOOD = "Für das <1>leibliche</1> Wohl ist gesorgt."


@pytest.fixture
def desk(transactional_db):
    return Desk()


@pytest.fixture
def sign_in(page, client, live_server):
    def sign_in(user, language="de"):
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = language
        profile.save()
        client.force_login(user)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])

    return sign_in


def address(desk, code="tr"):
    return f"/admin/translation/pages/{desk.target(code).pk}/"


def field(page, desk, source, code="tr"):
    return page.locator(f"#text-{desk.line(source, code).pk}")


def said(page, desk, source):
    return page.locator(f"#said-{desk.line(source).pk}")


def test_a_page_is_translated_and_handed_in_by_keyboard_alone(page, desk, sign_in):
    sign_in(desk.aylin)
    page.goto(address(desk))
    # The first thing leads past the bar; from there the first sentence is one step away.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(field(page, desk, "World Café")).to_be_focused()
    page.keyboard.type("Dünya Kafesi")
    page.keyboard.press("Control+Enter")
    expect(field(page, desk, "Komm!")).to_be_focused()
    expect(said(page, desk, "World Café")).to_contain_text("Gespeichert")
    page.keyboard.type("Gel!")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Neler oluyor")
    page.keyboard.press("Control+Enter")

    # A mark that is forgotten is heard of at once; a key puts it around what is selected.
    expect(field(page, desk, FOOD)).to_be_focused()
    page.keyboard.type("Yiyecek var")
    expect(said(page, desk, FOOD)).to_contain_text("Die Marke <1> fehlt.")
    assert said(page, desk, FOOD).get_attribute("role") == "status"
    for _letter in range(3):
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Alt+m")
    expect(field(page, desk, FOOD)).to_have_value("Yiyecek <1>var</1>")
    expect(said(page, desk, FOOD)).not_to_contain_text("fehlt")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+o")
    expect(field(page, desk, "Alle sind willkommen.")).to_have_value("Alle sind willkommen.")
    page.keyboard.press("Control+A")
    page.keyboard.type("Herkes davetlidir.")
    expect(said(page, desk, "Alle sind willkommen.")).to_contain_text("Gespeichert")

    for _step in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "submit":
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("ist abgegeben")
    assert desk.state().standing == State.IN_REVIEW
    texts = [line.target for line in desk.lines()]
    assert texts == ["Dünya Kafesi", "Gel!", "Neler oluyor", "Yiyecek <1>var</1>", "Herkes davetlidir."]


def test_whoever_comes_second_sees_the_other_text_and_keeps_the_own(page, desk, sign_in):
    sign_in(desk.aylin)
    page.goto(address(desk))
    desk.save("World Café", "Denizin kafesi", by=desk.deniz)
    field(page, desk, "World Café").fill("Benim kafem")
    expect(said(page, desk, "World Café")).to_contain_text("Denizin kafesi")
    expect(field(page, desk, "World Café")).to_have_value("Benim kafem")
    assert desk.line("World Café").target == "Denizin kafesi"
    said(page, desk, "World Café").get_by_role("button").click()
    expect(field(page, desk, "World Café")).to_have_value("Denizin kafesi")


@pytest.mark.node
@pytest.mark.parametrize("language", ["de", "ar"])
def test_it_has_no_barrier_and_fits_every_screen(page, desk, sign_in, language):
    desk.translate("ar", by=desk.hanan)
    desk.submit("ar", by=desk.hanan)
    desk.approve("ar", by=desk.translator("samir", desk.ar))
    desk.republish(text=desk.source.text.replace("willkommen", "herzlich willkommen"))
    desk.save(FOOD, "Broken", by=desk.hanan, code="ar")
    sign_in(desk.hanan, language)
    found = {}

    def judge(name):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)")
            found[f"{name} {width}"] = [*axe_violations(page), wide]

    page.goto(address(desk, "ar"))
    assert page.locator("html").get_attribute("dir") == direction(language)
    assert field(page, desk, FOOD, "ar").get_attribute("dir") == "rtl"
    judge("workbench")
    page.locator(".bench-keys summary").click()
    page.locator("[data-preview-toggle]").click()
    expect(page.frame_locator(".bench-preview iframe").locator("h1")).to_contain_text("Dünya Kafesi")
    judge("with the preview")
    follow(page.locator(".bench-line").nth(3).get_by_role("link"))
    judge("history")
    desk.save(FOOD, "<1>طعام</1>", by=desk.hanan, code="ar")
    desk.save("Alle sind herzlich willkommen.", "أهلا", by=desk.hanan, code="ar")
    desk.submit("ar", by=desk.hanan)
    page.goto(address(desk, "ar"))
    judge("handed in")
    assert found == {name: [0] for name in found}
