"""A new password by mail: only to the owner, only from our own address, once."""

import re

import pytest
from django.contrib.auth import get_user_model

from accounts import services, throttle
from content.mail.services import deliver_waiting
from tests.accounts.people import LOGIN, PASSWORD, person, sign_in

ASK = "/admin/password_reset/"
NEW = "Giesskanne-am-Bodensee"


@pytest.fixture
def paula(db):
    return person("paula", is_superuser=True)


def ask(client, name="paula", **headers):
    response = client.post(ASK, {"email": name}, **headers)
    deliver_waiting()
    return response


def link(mail):
    """Return the path of the link in a mail, which begins with the site's own address."""
    found = re.findall(r"^http://127\.0\.0\.1:8000(/\S+)$", mail.body, re.MULTILINE)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("forged", [{"HTTP_HOST": "evil.example"}, {"HTTP_X_FORWARDED_HOST": "evil.example"}])
def test_a_forged_host_does_not_get_into_the_mail(client, paula, settings, mailoutbox, forged):
    settings.ALLOWED_HOSTS = ["*"]
    assert ask(client, **forged).status_code == 302
    (mail,) = mailoutbox
    assert "evil" not in mail.body + mail.subject + str(mail.extra_headers)
    assert link(mail).startswith("/admin/password_reset/")
    assert (mail.to, mail.extra_headers["Auto-Submitted"]) == (["paula@example.org"], "auto-generated")
    assert "evil" not in mail.alternatives[0].content
    assert mail.subject == "Ihr neues Passwort für Mitmischen"


def test_the_link_works_once_and_signs_out_everywhere(client, paula, mailoutbox):
    other = client.__class__()
    sign_in(other, "paula")
    ask(client)
    path = link(mailoutbox[0])

    opened = client.get(path)
    assert (opened.status_code, opened["Referrer-Policy"]) == (302, "no-referrer")
    form = client.get(opened.url)
    assert (form.status_code, form["Referrer-Policy"]) == (200, "same-origin")
    assert path.rpartition("-")[2].strip("/") not in form.content.decode()
    saved = client.post(opened.url, {"password1": NEW, "password2": NEW})
    assert (saved.status_code, saved.url) == (302, "/admin/password_reset/done/")
    assert "_auth_user_id" not in client.session
    assert other.get("/admin/").url.startswith(LOGIN)
    assert sign_in(client, "paula", NEW).status_code == 302

    again = client.__class__().get(path)
    assert "Dieser Link gilt nicht mehr" in again.content.decode()
    deliver_waiting()
    assert mailoutbox[1].subject == "Ihre Anmeldung bei Mitmischen wurde geändert"


def test_an_old_link_does_not_work(client, paula, settings, mailoutbox):
    ask(client)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "Dieser Link gilt nicht mehr" in client.get(link(mailoutbox[0])).content.decode()


def test_nobody_learns_whether_an_account_exists(client, paula, mailoutbox):
    switched_off = person("olaf", is_active=False)
    answers = [
        (response.status_code, response.url)
        for response in (
            ask(client, name) for name in ("paula", "nobody", "x@example.org", switched_off.email)
        )
    ]
    assert answers == [(302, "/admin/password_reset/sent/")] * 4
    assert [mail.to for mail in mailoutbox] == [["paula@example.org"]]


def test_three_mails_an_hour_are_enough_and_the_answer_stays_the_same(client, paula, mailoutbox):
    statuses = [ask(client, REMOTE_ADDR=f"192.0.2.{number}").status_code for number in range(5)]
    assert statuses == [302] * 5
    assert len(mailoutbox) == throttle.RESET_ACCOUNT.amount


def test_a_task_that_is_rung_twice_sends_one_mail(paula, mailoutbox):
    for _ring in range(2):
        services.send_password_reset(user_id=paula.pk, occasion="one")
        services.tell_of_change(user_id=paula.pk, change="password", occasion="one")
    deliver_waiting()
    assert [mail.subject for mail in mailoutbox] == [
        "Ihr neues Passwort für Mitmischen",
        "Ihre Anmeldung bei Mitmischen wurde geändert",
    ]


def test_one_address_does_not_ask_for_ever(client, paula, mailoutbox):
    for number in range(throttle.RESET_ADDRESS.amount):
        assert ask(client, f"name-{number}").status_code == 302
    refused = ask(client)
    assert "Bitte warten Sie 60 Minuten" in refused.content.decode()
    assert 'value="paula"' in refused.content.decode()
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("password", "complaint"),
    [
        ("kurz-42", "mindestens 10 Zeichen"),
        ("1234567890", "zu üblich"),
        ("paula@example.org", "ähnlich"),
        ("49302847561", "komplett aus Ziffern"),
    ],
)
def test_weak_passwords_are_refused_with_a_reason(client, paula, mailoutbox, password, complaint):
    ask(client)
    form = client.get(link(mailoutbox[0])).url
    refused = client.post(form, {"password1": password, "password2": password})
    assert complaint in refused.content.decode()
    assert get_user_model().objects.get().check_password(PASSWORD)


def test_the_mail_is_in_the_language_of_its_reader(client, paula, mailoutbox):
    from wagtail.users.models import UserProfile

    UserProfile.objects.create(user=paula, preferred_language="ar")
    ask(client)
    assert mailoutbox[0].subject == "كلمة مرورك الجديدة لـ Mitmischen"
