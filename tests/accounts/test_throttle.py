"""Guessing is limited per account and per address, for names that nobody has as well, and without a cache."""

import datetime
import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import caches
from django.db import connection
from django.utils import timezone

from accounts import services, throttle
from accounts.models import Attempts
from tests.accounts.people import PASSWORD, person, set_up_app, sign_in
from tests.services.free_port import free_port

WAIT = "Zu viele Versuche. Bitte warten Sie 15 Minuten und versuchen Sie es dann noch einmal."
WRONG = "Name und Passwort passen nicht zusammen."


@pytest.fixture
def paula(db):
    return person("paula", is_superuser=True)


def guess(client, name, times, address="192.0.2.1"):
    """Return the last of so many answers to wrong passwords."""
    return [sign_in(client, name, f"falsch-{number}", address) for number in range(times)][-1]


def signed_in(client):
    return "_auth_user_id" in client.session


def test_after_five_wrong_passwords_the_right_one_waits_too(client, paula):
    assert WRONG in guess(client, "paula", 5).content.decode()
    refused = sign_in(client, "paula")
    assert WAIT in refused.content.decode()
    assert not signed_in(client)


def test_a_stranger_elsewhere_does_not_lock_the_account(client, paula):
    guess(client, "paula", 6, address="203.0.113.7")
    assert sign_in(client, "paula", address="192.0.2.1").status_code == 302
    assert signed_in(client)


def test_after_the_wait_the_account_is_open_again(client, paula):
    guess(client, "paula", 6)
    Attempts.objects.update(until=timezone.now() - datetime.timedelta(seconds=1))
    assert sign_in(client, "paula").status_code == 302


def test_name_and_address_of_one_account_are_counted_together(client, paula):
    guess(client, "paula", 3)
    guess(client, "Paula@Example.org", 2)
    assert WAIT in sign_in(client, "paula").content.decode()


def test_one_address_guesses_at_many_accounts_for_a_while_only(client, paula):
    for number in range(throttle.PASSWORD_ADDRESS.amount):
        assert WRONG in guess(client, f"name-{number}", 1).content.decode()
    assert WAIT in sign_in(client, "paula").content.decode()
    assert sign_in(client, "paula", address="192.0.2.2").status_code == 302


def test_addresses_of_one_ipv6_network_are_one_sender(client, paula):
    for number in range(5):
        guess(client, "paula", 1, address=f"2001:db8:1:2::{number}")
    assert WAIT in sign_in(client, "paula", address="2001:db8:1:2:ffff::1").content.decode()
    assert sign_in(client, "paula", address="2001:db8:1:3::1").status_code == 302


def test_guesses_from_many_addresses_lock_the_account_but_not_where_its_owner_is_known(client, paula):
    assert sign_in(client, "paula", address="192.0.2.1").status_code == 302
    client.logout()
    for number in range(throttle.PASSWORD_ANYWHERE.amount):
        guess(client, "paula", 1, address=f"198.51.100.{number}")
    refused = sign_in(client, "paula", address="203.0.113.9")
    assert "Bitte warten Sie 60 Minuten" in refused.content.decode()
    assert sign_in(client, "paula", address="192.0.2.1").status_code == 302


def test_signing_in_gives_the_attempt_back(client, paula):
    for _again in range(throttle.PASSWORD_HERE.amount + 2):
        assert sign_in(client, "paula").status_code == 302
        client.logout()
    counted = Attempts.objects.filter(count__gt=0)
    assert counted.count() == 0


def without_tokens(response):
    return re.sub(
        r'name="csrfmiddlewaretoken" value="\w+"|value="(paula|nobody)"', "", response.content.decode()
    )


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed, which is what takes the time."""

    count = 0

    def encode(self, password, salt, iterations=None):
        CountingHasher.count += 1
        return super().encode(password, salt)


def test_known_and_unknown_names_get_the_same_answer_for_the_same_work(
    client, paula, settings, django_assert_num_queries
):
    settings.PASSWORD_HASHERS = ["tests.accounts.test_throttle.CountingHasher"]
    paula.set_password(PASSWORD)
    paula.save()
    answers, hashes = [], []
    for name in ("paula", "nobody", "paula@example.org", "nobody@example.org"):
        CountingHasher.count = 0
        with django_assert_num_queries(12):
            answers.append(sign_in(client, name, "falsch", address=f"192.0.2.{len(answers) + 1}"))
        hashes.append(CountingHasher.count)
    assert hashes == [1, 1, 1, 1]
    assert {answer.status_code for answer in answers} == {200}
    assert without_tokens(answers[0]) == without_tokens(answers[1])
    for _answer in range(6):
        unknown = sign_in(client, "nobody", "falsch", address="192.0.2.77")
        known = sign_in(client, "paula", "falsch", address="192.0.2.78")
    assert WAIT in known.content.decode()
    assert without_tokens(known) == without_tokens(unknown)


def test_the_limits_hold_while_redis_is_away(client, paula, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "cms.cache.FailOpenRedisCache",
            "LOCATION": f"redis://127.0.0.1:{free_port()}/0",
            "KEY_PREFIX": "mitmischen",
            "OPTIONS": {"socket_timeout": 0.25, "socket_connect_timeout": 0.25},
        }
    }
    assert caches["default"].get("anything") is None
    guess(client, "paula", 5)
    assert WAIT in sign_in(client, "paula").content.decode()


@pytest.mark.django_db(transaction=True)
def test_codes_are_limited_for_all_addresses_together(client):
    person("paula", is_superuser=True)
    sign_in(client, "paula")
    set_up_app(client)
    client.logout()
    sign_in(client, "paula")
    path = "/admin/second-factor/authenticate/"
    for number in range(throttle.CODE.amount):
        answer = client.post(path, {"code": f"00000{number}"}, REMOTE_ADDR=f"198.51.100.{number}")
        assert "Dieser Code stimmt nicht" in answer.content.decode()
    refused = client.post(path, {"code": "000000"}, REMOTE_ADDR="203.0.113.1")
    assert "Bitte warten Sie 60 Minuten" in refused.content.decode()


def test_asking_for_the_password_again_is_limited_too(client, paula):
    sign_in(client, "paula")
    for _number in range(5):
        client.post("/admin/login/again/", {"password": "falsch"}, REMOTE_ADDR="192.0.2.1")
    refused = client.post("/admin/login/again/", {"password": PASSWORD}, REMOTE_ADDR="192.0.2.1")
    assert WAIT in refused.content.decode()


def test_questions_for_a_passkey_are_limited(client, paula):
    path = "/admin/second-factor/webauthn/login/"
    statuses = [
        client.get(path, HTTP_ACCEPT="application/json").status_code
        for _number in range(throttle.CHALLENGE_ADDRESS.amount + 1)
    ]
    assert statuses == [200] * throttle.CHALLENGE_ADDRESS.amount + [429]


def test_what_is_over_is_forgotten(paula):
    Attempts.objects.create(mark="old", until=timezone.now())
    Attempts.objects.create(mark="new", until=timezone.now() + datetime.timedelta(hours=1))
    services.forget_what_is_over()
    assert list(Attempts.objects.values_list("mark", flat=True)) == ["new"]


def test_no_name_and_no_address_is_kept(client, paula):
    guess(client, "paula", 1)
    assert {len(mark) for mark in Attempts.objects.values_list("mark", flat=True)} == {64}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_twenty_guesses_at_the_same_moment_are_five():
    def attempt(_number):
        try:
            throttle.claim_password(account="account 1", address="192.0.2.1")
        except throttle.TooManyAttempts:
            return False
        finally:
            connection.close()
        return True

    started = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        counted = list(pool.map(attempt, range(20)))
    assert counted.count(True) == throttle.PASSWORD_HERE.amount
    assert time.monotonic() - started < 60
