"""Sessions: a new key at sign-in, cookies that stay where they belong, and an end to all of them."""

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.urls import NoReverseMatch, reverse

from tests.accounts.people import LOGIN, PASSWORD, person, sign_in
from tests.test_settings import SECRET_KEY, manage


@pytest.fixture
def paula(db):
    return person("paula", is_superuser=True)


def test_signing_in_gives_the_session_a_new_key(client, paula):
    client.get("/admin/second-factor/webauthn/login/", HTTP_ACCEPT="application/json")
    before = client.cookies["sessionid"].value
    sign_in(client, "paula")
    after = client.cookies["sessionid"]
    assert after.value != before
    assert (after["httponly"], after["samesite"], after["expires"]) == (True, "Lax", "")


def test_only_whoever_asks_for_it_stays_signed_in(client, paula):
    client.post(LOGIN, {"login": "paula", "password": PASSWORD, "remember": "on"})
    assert client.cookies["sessionid"]["max-age"] == django_settings.SESSION_COOKIE_AGE


def test_all_other_devices_are_signed_out_at_once(client, paula):
    others = [client.__class__() for _number in range(2)]
    for browser in (client, *others):
        sign_in(browser, "paula")
    stranger = client.__class__()
    person("olga", is_superuser=True)
    sign_in(stranger, "olga")

    assert client.get("/admin/login/elsewhere/").status_code == 405
    response = client.post("/admin/login/elsewhere/", follow=True)

    assert "Auf allen anderen Geräten sind Sie abgemeldet." in response.content.decode()
    assert client.get("/admin/").status_code == 200
    assert stranger.get("/admin/").status_code == 200
    assert [browser.get("/admin/").status_code for browser in others] == [302, 302]


def test_a_changed_password_ends_other_sessions(client, paula):
    other = client.__class__()
    for browser in (client, other):
        sign_in(browser, "paula")
    new = "Giesskanne-am-Bodensee"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/admin/login/password/", form).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 302


def test_a_redirect_after_signing_in_stays_on_this_site(client, paula):
    response = client.post(LOGIN, {"login": "paula", "password": PASSWORD, "next": "https://evil.example/"})
    assert (response.status_code, response.url) == (302, "/admin/")


def test_pages_for_signing_in_are_never_kept(client, db):
    response = client.get(LOGIN)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_nobody_signs_up(client, db):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    for path in ("/admin/login/signup/", "/admin/signup/", "/accounts/signup/"):
        form = {"username": "x", "password1": PASSWORD, "password2": PASSWORD, "email": "x@example.org"}
        client.post(path, form, follow=True)
    assert get_user_model().objects.count() == 0


def test_production_names_and_sends_cookies_as_strictly_as_browsers_know():
    code = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY,"
        " s.SESSION_COOKIE_SAMESITE, s.SESSION_COOKIE_PATH, s.SESSION_COOKIE_DOMAIN,"
        " s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE, s.SESSION_ENGINE, s.REQUIRE_SECOND_FACTOR, s.BASE_URL)"
    )
    process = manage(
        "shell",
        "--no-imports",
        "-c",
        code,
        SECRET_KEY=SECRET_KEY,
        ALLOWED_HOSTS="mitmischen.example.org",
        EMAIL_URL="consolemail://",
    )
    assert process.stdout == (
        "__Host-sessionid True True Lax / None __Host-csrftoken True "
        "django.contrib.sessions.backends.db True https://mitmischen.example.org\n"
    )


def test_production_wants_the_address_of_the_site_where_it_cannot_be_inferred():
    process = manage("check", SECRET_KEY=SECRET_KEY, ALLOWED_HOSTS=".example.org", EMAIL_URL="consolemail://")
    assert (process.returncode, "BASE_URL is not set" in process.stderr) == (1, True)
