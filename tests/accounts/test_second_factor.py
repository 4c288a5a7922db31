"""Coordinators, the network office and administrators work only after a second factor."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

from accounts import middleware, services
from content.audit import AuditEntry
from content.demo_logins import DEMO_PASSWORD
from tests.accounts.people import LOGIN, PASSWORD, code, person, set_up_app, sign_in

INDEX = "/admin/second-factor/"
OBLIGED = ["coordinator", "network office", "administrator"]


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


#: allauth tells of a new app when its transaction ends, within the request.
commits = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("role", OBLIGED)
@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/api/main/pages/", "/django-admin/"])
def test_whoever_needs_a_second_factor_is_led_to_set_one_up_first(client, roles, role, path):
    response = sign_in(client, roles[role].username)
    assert (response.status_code, response.url) == (302, "/admin/")
    response = client.get(path)
    assert (response.status_code, response.url.partition("?")[0]) == (302, INDEX)
    assert "Bevor Sie weitermachen" in client.get(response.url).content.decode()


def test_a_partner_gets_in_with_the_password_and_is_offered_a_second_factor(client, roles):
    sign_in(client, "paula")
    assert client.get("/admin/").status_code == 200
    assert f'href="{INDEX}"' in client.get("/admin/account/").content.decode()
    assert "Bevor Sie weitermachen" not in client.get(INDEX).content.decode()


def below(patterns, prefix=""):
    """Yield ``(path, view name)`` of every address, its parts filled in with something of their kind."""
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            path = re.sub(r"<uuid:\w+>", "5e7a2c90-0000-4000-8000-000000000001", route)
            path = re.sub(r"<(?:int:\w+)>", "1", path)
            path = re.sub(r"<(?:\w+:)?\w+>", "a", path)
            path = re.sub(r"\(\?P<\w+>[^)]*\)|\[[^]]*\][+*]|\(\?:?[^)]*\)\??", "a", path)
            path = re.sub(r"[\^$\\?]", "", path).replace(".*", "a")
            yield "/" + path, entry
        else:
            yield from below(entry.url_patterns, route)


ADMIN_ADDRESSES = sorted(
    {
        path
        for path, _entry in below(get_resolver().url_patterns)
        if path.startswith(("/admin/", "/django-admin/"))
    }
)


@pytest.mark.parametrize("role", OBLIGED)
def test_no_address_of_the_admin_opens_before_the_second_factor(client, roles, role):
    assert len(ADMIN_ADDRESSES) > 200
    client.force_login(roles[role])
    known = middleware.OPEN | middleware.SETTING_UP
    opened = {}
    for path in ADMIN_ADDRESSES:
        for method in (client.get, client.post):
            response = method(path)
            match = response.wsgi_request.resolver_match
            if match is not None and match.view_name in known:
                if match.view_name in middleware.LEAVING:
                    client.force_login(roles[role])
                continue
            led_away = response.status_code == 302 and response.url.startswith(INDEX)
            if not led_away and match is not None:
                opened[path] = (response.status_code, response.headers.get("Location"))
    assert opened == {}


def test_a_call_by_script_is_refused_instead_of_led_elsewhere(client, roles):
    client.force_login(roles["coordinator"])
    response = client.get("/admin/api/main/pages/", HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert response.status_code == 403


def test_public_pages_do_not_ask_who_reads_them(client, roles, site):
    client.force_login(roles["coordinator"])
    response = client.get(site.home.url)
    assert response.status_code == 200
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.cookies == {}


@commits
def test_an_app_is_set_up_and_asked_for_from_then_on(client, roles):
    sign_in(client, "karim")
    secret = set_up_app(client)
    assert client.get("/admin/").status_code == 200
    codes = re.findall(
        r"<code>(\d{8})</code>", client.get("/admin/second-factor/recovery-codes/").content.decode()
    )
    assert len(codes) == 10

    client.logout()
    response = sign_in(client, "karim")
    assert (response.status_code, response.url) == (302, "/admin/second-factor/authenticate/")
    assert client.get("/admin/").url.startswith(LOGIN)
    wrong = client.post(response.url, {"code": code(secret, at=time.time() - 3600)})
    assert "Dieser Code stimmt nicht" in wrong.content.decode()
    right = client.post(response.url, {"code": code(secret, at=time.time() + 30)})
    assert (right.status_code, right.url) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200

    for status in (302, 200):
        client.logout()
        sign_in(client, "karim")
        assert client.post("/admin/second-factor/authenticate/", {"code": codes[0]}).status_code == status


@commits
def test_a_code_of_the_app_lets_in_once_even_without_a_cache(client, roles, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    sign_in(client, "karim")
    secret = set_up_app(client)
    shown = code(secret, at=time.time() + 30)
    for status in (302, 200):
        client.logout()
        sign_in(client, "karim")
        assert client.post("/admin/second-factor/authenticate/", {"code": shown}).status_code == status


@commits
def test_a_session_by_another_door_has_to_show_the_second_factor(client, roles):
    sign_in(client, "karim")
    secret = set_up_app(client)
    client.logout()

    client.force_login(roles["coordinator"])
    for path in (
        "/admin/",
        INDEX,
        "/admin/second-factor/webauthn/add/",
        "/admin/second-factor/totp/deactivate/",
    ):
        assert client.get(path).url.startswith("/admin/second-factor/reauthenticate/?next=")
    response = client.post(
        "/admin/second-factor/reauthenticate/?next=/admin/", {"code": code(secret, at=time.time() + 30)}
    )
    assert (response.status_code, response.url) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200


def test_the_doors_of_the_frameworks_lead_to_our_own(client, roles):
    credentials = {"username": "ada", "password": PASSWORD, "next": "/django-admin/"}
    for path in ("/django-admin/login/", "/de/_util/login/"):
        response = client.post(path, credentials)
        assert (response.status_code, response.url) == (302, LOGIN)
    assert "_auth_user_id" not in client.session
    assert client.get("/admin/password_reset/confirm/MQ/set-password/", follow=True).status_code == 404
    assert (
        client.post("/admin/password_reset/", {"email": ""}).templates[0].name
        == "account/password_reset.html"
    )


@commits
def test_whoever_needs_a_second_factor_cannot_remove_the_last_one(client, roles):
    sign_in(client, "karim")
    set_up_app(client)
    response = client.post("/admin/second-factor/totp/deactivate/")
    assert "Ihre Aufgabe verlangt einen zweiten Faktor" in response.content.decode()
    assert Authenticator.objects.filter(type="totp").count() == 1

    client.logout()
    sign_in(client, "paula")
    set_up_app(client)
    assert client.post("/admin/second-factor/totp/deactivate/").status_code == 302
    assert Authenticator.objects.filter(user=roles["partner"]).count() == 0


@commits
def test_secrets_are_not_kept_in_the_clear(client, roles, settings):
    sign_in(client, "karim")
    secret = set_up_app(client)
    row = Authenticator.objects.get(type="totp")
    assert secret not in str(row.data)
    assert row.wrap().validate_code(code(secret, at=time.time() + 30))
    settings.SECRET_KEY = "another-key-altogether-" * 3
    assert not row.wrap().validate_code(code(secret, at=time.time() - 30))


@commits
def test_an_administrator_takes_a_lost_second_factor_away(client, roles, django_user_model):
    sign_in(client, "karim")
    set_up_app(client)
    lost = client.cookies["sessionid"].value
    client.logout()
    sign_in(client, "karim")
    other = client.__class__()
    sign_in(other, "ada")
    set_up_app(other)
    path = f"/admin/users/{roles['coordinator'].pk}/second-factor/"
    assert f'href="{path}"' in other.get("/admin/users/").content.decode()
    assert "rufen Sie" in other.get(path).content.decode()
    assert Authenticator.objects.filter(user=roles["coordinator"]).count() == 2

    assert other.post(path).status_code == 302

    assert Authenticator.objects.filter(user=roles["coordinator"]).count() == 0
    assert Session.objects.filter(session_key=lost).count() == 0
    entry = AuditEntry.objects.get(action=services.SECOND_FACTOR_TAKEN)
    assert (entry.actor_key, entry.subject_key) == (
        str(roles["administrator"].pk),
        str(roles["coordinator"].pk),
    )


@commits
@pytest.mark.parametrize("role", ["partner", "coordinator", "network office"])
def test_nobody_else_takes_a_second_factor_away(client, roles, role):
    sign_in(client, roles[role].username)
    set_up_app(client)
    owner = roles["administrator"]
    Authenticator.objects.create(user=owner, type="totp", data={})
    response = client.post(f"/admin/users/{owner.pk}/second-factor/")
    assert (response.status_code, response.url) == (302, "/admin/")
    assert Authenticator.objects.filter(user=owner).count() == 1


def test_demo_logins_need_the_password_only(client, roles, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    settings.DEMO = True
    user = roles["coordinator"]
    user.set_password(DEMO_PASSWORD)
    user.save()
    response = sign_in(client, user.username, DEMO_PASSWORD)
    assert (response.status_code, response.url) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200
    client.logout()
    settings.DEMO = False
    assert sign_in(client, user.username, DEMO_PASSWORD).status_code == 200


def test_a_permission_obliges_only_active_people(roles, settings):
    from accounts.selectors import needs_second_factor

    assert {role: needs_second_factor(user) for role, user in roles.items()} == {
        "partner": False,
        "coordinator": True,
        "network office": True,
        "administrator": True,
    }
    ada = get_user_model().objects.get(username="ada")
    ada.is_active = False
    assert not needs_second_factor(ada)


def test_recovery_codes_alone_are_no_second_factor(client, db):
    user = person("vera", is_superuser=True)
    Authenticator.objects.create(user=user, type="recovery_codes", data={})
    client.force_login(user)
    assert client.get("/admin/").url.startswith(INDEX)


def test_secrets_do_not_stand_in_the_admin_of_django(client, roles, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(roles["administrator"])
    index = client.get("/django-admin/").content.decode()
    assert "/django-admin/auth/user/" in index
    assert "authenticator" not in index
    assert client.get("/django-admin/mfa/authenticator/", follow=True).status_code == 404


def test_a_passkey_without_recovery_codes_is_asked_for_where_it_can_be_shown(client, roles):
    Authenticator.objects.create(user=roles["coordinator"], type="webauthn", data={})
    client.force_login(roles["coordinator"])
    assert client.get("/admin/").url == "/admin/second-factor/webauthn/reauthenticate/?next=%2Fadmin%2F"


@pytest.mark.parametrize("role", ["partner", "coordinator"])
def test_the_requirement_costs_no_query_once_it_is_met(client, roles, settings, role):
    client.force_login(roles[role])
    session = client.session
    session[middleware.PROVED] = roles[role].pk
    session.save()
    counts = []
    for settings.REQUIRE_SECOND_FACTOR in (False, False, True):
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/admin/account/").status_code == 200
        counts.append(len(queries))
    assert counts[1] == counts[2] > 0
