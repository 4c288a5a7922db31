"""Signing in with a real browser: by passkey, by keyboard alone, without scripts, in two directions."""

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from accounts import throttle
from tests.accounts.people import LOGIN, PASSWORD, code, set_up_app
from tests.accounts.people import sign_in as send_form
from tests.services.browser import follow
from tests.services.judges import axe_violations

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def required(settings, live_server):
    settings.REQUIRE_SECOND_FACTOR = True
    # A passkey belongs to the host of the site's address.
    settings.BASE_URL = live_server.url


@pytest.fixture
def device(page):
    """A device with a screen lock, which makes and shows passkeys."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    key = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return session, key


@pytest.fixture
def no_complaint(page):
    """Fails the test when the browser's console complains, as it does of what the policy forbids."""
    complaints = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    yield
    assert complaints == []


def sign_in(page, name, path=LOGIN):
    page.goto(path)
    page.get_by_label("Benutzername oder E-Mail-Adresse").fill(name)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    follow(page.get_by_role("button", name="Anmelden", exact=True))


def test_a_coordinator_sets_up_a_passkey_and_signs_in_with_it_alone(page, device, roles, no_complaint):
    sign_in(page, "karim", "/admin/reports/locked/")
    expect(page.get_by_text("Bevor Sie weitermachen")).to_be_visible()
    follow(page.get_by_role("link", name="Passkey einrichten"))
    page.get_by_label("Name des Passkeys").fill("Handy von Karim")
    page.get_by_role("button", name="Passkey einrichten").click()
    page.wait_for_url("**/recovery-codes/")
    assert len(page.locator(".code-list code").all_inner_texts()) == 10
    follow(page.get_by_role("link", name="an die Arbeit"))
    expect(page).to_have_url(re.compile(r"/admin/$"))
    row = Authenticator.objects.get(type="webauthn")
    assert (row.user, row.wrap().name, row.wrap().is_passwordless) == (
        roles["coordinator"],
        "Handy von Karim",
        True,
    )

    page.context.clear_cookies()
    page.goto("/admin/pages/")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    # The address of the page for signing in names that one, too.
    expect(page).to_have_url(re.compile(r"^[^?]+/admin/pages/"))


def test_a_passkey_is_the_second_factor_after_a_password(page, device, roles, no_complaint):
    sign_in(page, "karim")
    follow(page.get_by_role("link", name="Passkey einrichten"))
    page.get_by_role("button", name="Passkey einrichten").click()
    page.wait_for_url("**/recovery-codes/")
    page.context.clear_cookies()
    sign_in(page, "karim")
    page.wait_for_url("**/second-factor/authenticate/")
    page.get_by_role("button", name="Passkey zeigen").click()
    expect(page).to_have_url(re.compile(r"/admin/$"))


def test_a_device_that_refuses_is_explained(page, device, roles):
    session, key = device
    session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.goto(LOGIN)
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    expect(page.get_by_text("Das hat nicht geklappt.")).to_be_visible()


def test_an_app_is_set_up_and_used_without_scripts_by_keyboard_alone(chromium, live_server, roles):
    context = chromium.new_context(
        base_url=live_server.url,
        locale="de-DE",
        java_script_enabled=False,
        viewport={"width": 360, "height": 740},
    )
    page = context.new_page()
    page.goto(LOGIN)

    def tab_to(name):
        for _step in range(30):
            page.keyboard.press("Tab")
            focused = page.locator(":focus")
            if focused.count() and name in focused.aria_snapshot():
                return
        raise AssertionError(f"{name} is not reached by keyboard")

    tab_to("Benutzername")
    page.keyboard.type("karim")
    tab_to("Passwort")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Passwort und zweiter Faktor")
    tab_to("App einrichten")
    page.keyboard.press("Enter")
    page.wait_for_url("**/totp/activate/")
    secret = page.locator(".secret").inner_text()
    tab_to("Code")
    page.keyboard.type(code(secret))
    page.keyboard.press("Enter")
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".code-list code").count() == 10
    context.close()


def objections(page, paths):
    """Return what axe, narrow screens and large fingers object to: ``["width path: objection", …]``."""
    found = []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for path in paths:
            page.goto(path)
            found += [f"{width} {path} {violation}" for violation in axe_violations(page)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{width} {path} is too wide")
            found += [
                f"{width} {path} is too small: {name}"
                for name in page.evaluate(
                    "[...document.querySelectorAll('a[href], button, input:not([type=hidden])')]"
                    ".filter(e => e.checkVisibility() && !e.closest('.skip-link'))"
                    ".filter(e => { const b = (e.closest('label') || e).getBoundingClientRect();"
                    " return b.height < 43.5 || b.width < 43.5; }).map(e => e.outerHTML.slice(0, 120))"
                )
            ]
    return found


ENTRANCE = (
    LOGIN,
    "/admin/password_reset/",
    "/admin/password_reset/sent/",
    "/admin/password_reset/done/",
    "/admin/password_reset/1-x/",
)
SETTING_UP = ("/admin/second-factor/", "/admin/second-factor/totp/activate/")
INSIDE = (
    "/admin/second-factor/",
    "/admin/second-factor/totp/deactivate/",
    "/admin/second-factor/webauthn/add/",
    "/admin/second-factor/recovery-codes/",
    "/admin/second-factor/recovery-codes/generate/",
    "/admin/second-factor/reauthenticate/",
    "/admin/login/again/",
    "/admin/login/password/",
    "/admin/login/out/",
)


@pytest.mark.node
@pytest.mark.parametrize("language", ["de", "ar"])
def test_no_page_for_signing_in_shuts_anybody_out(chromium, live_server, client, roles, language):
    context = chromium.new_context(base_url=live_server.url, locale=language)
    page = context.new_page()
    strangers = []
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((live_server.url, "data:")) else strangers.append(request.url)
        ),
    )
    UserProfile.objects.create(user=roles["coordinator"], preferred_language=language)

    def sign_in_anew():
        client.logout()
        send_form(client, "karim")
        carry_over()

    def carry_over():
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    found = objections(page, ENTRANCE)
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    sign_in_anew()
    found += objections(page, SETTING_UP)
    set_up_app(client)
    carry_over()
    found += objections(page, INSIDE)
    sign_in_anew()
    found += objections(page, ["/admin/second-factor/authenticate/"])
    assert (found, strangers) == ([], [])
    context.close()


def test_what_was_typed_stays_when_there_were_too_many_attempts(page, roles):
    for _number in range(throttle.PASSWORD_HERE.amount):
        throttle.claim_password(account=f"account {roles['partner'].pk}", address="127.0.0.1")
    sign_in(page, "paula")
    expect(page.get_by_role("alert")).to_contain_text("Bitte warten Sie 15 Minuten")
    expect(page.get_by_label("Benutzername oder E-Mail-Adresse")).to_have_value("paula")


def test_somebody_chooses_the_language_before_signing_in(page, roles):
    page.goto(LOGIN)
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("heading", level=1)).to_have_text("تسجيل الدخول")
