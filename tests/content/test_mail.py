"""What is written into the outbox, and what it looks like when it arrives."""

import datetime
import email.header
import logging
import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core import mail as django_mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override

from content.mail.models import Mail
from content.mail.services import deliver_waiting, erase_old, queue_mail, send_again

pytestmark = pytest.mark.django_db

HOSTILE = "Fest\r\nBcc: victim@example.org\r\n\r\n<script>alert(1)</script>"


def delivered(sink, **arguments):
    """Queue and deliver one mail, and return it as the sink received it."""
    queue_mail(**arguments)
    assert deliver_waiting() == 1
    (message,) = sink.messages
    return message


def part(message, kind):
    """Return the content of the part ``text/<kind>``."""
    return message.get_body((kind,)).get_content()


def test_a_mail_arrives_with_text_html_and_the_headers_of_a_machine(to_the_sink, letter, settings):
    settings.BASE_URL = "https://mitmischen.example.org"
    row = queue_mail(**letter(reply_to="office@example.org", headers={"List-Id": "<office.example.org>"}))
    assert deliver_waiting() == 1
    (message,) = to_the_sink.messages
    assert {
        name: message[name]
        for name in (
            "From",
            "To",
            "Reply-To",
            "Subject",
            "Message-ID",
            "Content-Language",
            "Auto-Submitted",
            "X-Auto-Response-Suppress",
            "List-Id",
        )
    } == {
        "From": "Mitmischen <mitmischen@example.org>",
        "To": "coordinator@example.org",
        "Reply-To": "office@example.org",
        "Subject": "Zur Abstimmung",
        "Message-ID": row.message_id,
        "Content-Language": "de",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-Id": "<office.example.org>",
    }
    assert message.get_content_type() == "multipart/alternative"
    assert row.message_id.endswith("@mitmischen.example.org>")
    assert abs(message["Date"].datetime - row.created_at) < datetime.timedelta(seconds=2)
    assert part(message, "plain").splitlines() == [
        "Zur Abstimmung & more",
        "",
        "Bitte sehen Sie sich die Änderung an.",
        "  * https://example.org/approve/SIGNED",
        "",
        "Mitmischen hat diese E-Mail automatisch verschickt.",
        "https://mitmischen.example.org",
    ]
    html = BeautifulSoup(part(message, "html"), "html.parser")
    assert (html.html["lang"], html.html["dir"], html.h1.text) == ("de", "ltr", "Zur Abstimmung")
    assert html.find_all(["style", "script", "img", "link"]) == []
    assert html.select("[style]") == []


def test_a_mail_in_arabic_says_its_language_and_runs_from_right_to_left(to_the_sink, letter):
    title = "دعوة إلى الاجتماع"
    message = delivered(to_the_sink, **letter(language="ar", context={"title": title}))
    raw = to_the_sink.received[0][1]
    subject = re.search(rb"^Subject: (.*(?:\r\n .*)*)", raw, re.MULTILINE)[1].decode("ascii")
    assert subject.startswith("=?utf-8?")
    assert str(email.header.make_header(email.header.decode_header(subject))) == title
    assert message["Content-Language"] == "ar"
    html = BeautifulSoup(part(message, "html"), "html.parser")
    assert [(tag["lang"], tag["dir"]) for tag in html.select("[dir]")] == [("ar", "rtl")] * 2
    assert "أرسلت" in part(message, "plain")
    assert "automatically" not in part(message, "plain") + part(message, "html")


def test_a_mail_is_in_the_receivers_language_not_in_that_of_the_request(letter):
    with override("tr"):
        row = queue_mail(**letter(language="en"))
        assert get_language() == "tr"
    assert "Mitmischen sent this mail automatically." in row.text


def test_plain_text_is_wrapped_and_addresses_stay_whole(letter):
    link = "https://example.org/" + "a" * 120
    row = queue_mail(**letter(context={"words": "Wort " * 60, "link": link}))
    lines = row.text.splitlines()
    assert f"  * {link}" in lines or link in [line.strip() for line in lines]
    assert max(len(line) for line in lines if link not in line) <= 74


def test_a_title_with_line_breaks_makes_no_header_and_no_markup(to_the_sink, letter):
    message = delivered(to_the_sink, **letter(context={"title": HOSTILE}))
    assert message["Bcc"] is None
    assert message["Subject"] == "Fest Bcc: victim@example.org <script>alert(1)</script>"
    assert [receiver for receiver, _raw in to_the_sink.received] == ["coordinator@example.org"]
    html = BeautifulSoup(part(message, "html"), "html.parser")
    assert html.find_all("script") == []
    assert html.a.text.split() == HOSTILE.split()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"to": "someone@example.org\nBcc: victim@example.org"}, ValidationError),
        ({"to": "Someone <someone@example.org>"}, ValidationError),
        ({"reply_to": "a@example.org\r\nBcc: victim@example.org"}, ValidationError),
        ({"headers": {"List-Id": "x\r\nBcc: victim@example.org"}}, ValueError),
        ({"headers": {"X-A: b\r\nBcc": "victim@example.org"}}, ValueError),
        ({"headers": {"bcc": "victim@example.org"}}, ValueError),
        ({"headers": {"Message-ID": "<mine@example.org>"}}, ValueError),
        ({"language": "xx"}, LookupError),
        ({"attachments": [("large.bin", b"\0" * (2 * 1024 * 1024 + 1), "application/pdf")]}, ValueError),
    ],
)
def test_what_would_break_a_mail_is_refused_when_it_is_written(letter, changes, error):
    with pytest.raises(error):
        queue_mail(**letter(**changes))
    assert Mail.objects.count() == 0


def test_a_calendar_is_attached_with_its_method(to_the_sink, letter):
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nSUMMARY:Frühstück\r\nEND:VCALENDAR\r\n"
    message = delivered(
        to_the_sink,
        **letter(attachments=[("termin\r\nX: y.ics", calendar, "text/calendar; method=PUBLISH")]),
    )
    (attachment,) = message.iter_attachments()
    assert attachment.get_content_type() == "text/calendar"
    assert attachment["Content-Type"].params["method"] == "PUBLISH"
    assert attachment.get_filename() == "termin X: y.ics"
    assert attachment.get_content().splitlines() == calendar.splitlines()


def test_the_same_key_gives_the_same_row_and_one_mail(to_the_sink, letter):
    first = queue_mail(**letter())
    again = queue_mail(**letter(context={"title": "Anders"}))
    assert (again.pk, again.subject) == (first.pk, "Zur Abstimmung")
    assert deliver_waiting() == 1
    assert queue_mail(**letter()).pk == first.pk
    assert deliver_waiting() == 0
    assert to_the_sink.arrived() == {first.message_id: 1}


def test_a_key_that_lacks_its_receiver_is_noticed(letter):
    queue_mail(**letter())
    with pytest.raises(ValueError, match="somebody else"):
        queue_mail(**letter(to="another@example.org"))


def test_other_keys_give_other_message_ids_that_do_not_show_the_key(letter):
    rows = [queue_mail(**letter(key=f"approval:{number}")) for number in range(3)]
    assert len({row.message_id for row in rows}) == 3
    assert not [row for row in rows if "approval" in row.message_id]


def test_a_text_with_personal_links_is_erased_when_it_is_sent(to_the_sink, letter):
    secret = queue_mail(**letter(attachments=[("a.ics", "x", "text/calendar")]))
    harmless = queue_mail(**letter(key="letter:2", contains_secret=False))
    assert deliver_waiting() == 2
    secret.refresh_from_db()
    harmless.refresh_from_db()
    assert (secret.state, secret.text, secret.html, secret.headers, secret.attachments) == (
        "sent",
        "",
        "",
        {},
        [],
    )
    assert harmless.state == "sent"
    assert "SIGNED" in harmless.text


def test_after_a_month_nothing_personal_is_left_and_the_key_still_holds(to_the_sink, letter, settings):
    rows = {name: queue_mail(**letter(key=name, contains_secret=False)) for name in ("old", "young")}
    assert deliver_waiting() == 2
    waiting = queue_mail(**letter(key="waiting"))
    month_ago = timezone.now() - datetime.timedelta(days=settings.MAIL_KEPT_DAYS, minutes=1)
    Mail.objects.filter(pk__in=[rows["old"].pk, waiting.pk]).update(created_at=month_ago)
    assert erase_old() == 1
    assert erase_old() == 0
    old = Mail.objects.get(key="old")
    assert (old.to, old.subject, old.text, old.html, old.headers) == ("", "", "", "", {})
    assert Mail.objects.get(key="young").to == "coordinator@example.org"
    assert Mail.objects.get(key="waiting").to == "coordinator@example.org"
    assert queue_mail(**letter(key="old")).pk == old.pk


def test_mails_of_django_and_wagtail_go_through_the_outbox(to_the_sink, settings, letter):
    settings.EMAIL_BACKEND = "content.mail.backends.OutboxBackend"
    message = django_mail.EmailMultiAlternatives(
        "Reset", "text", to=["a@example.org", "Büro <b@example.org>"], bcc=["c@example.org"]
    )
    message.attach_alternative("<p>html</p>", "text/html")
    assert message.send() == 1
    assert list(Mail.objects.order_by("pk").values_list("to", "state", "contains_secret")) == [
        ("a@example.org", "waiting", True),
        ("b@example.org", "waiting", True),
        ("c@example.org", "waiting", True),
    ]
    assert deliver_waiting() == 3
    assert sorted(receiver for receiver, _raw in to_the_sink.received) == [
        "a@example.org",
        "b@example.org",
        "c@example.org",
    ]
    for message in to_the_sink.messages:
        assert message["To"] == "a@example.org, Büro <b@example.org>"
        assert message["Bcc"] is None
        assert message["Auto-Submitted"] == "auto-generated"
        assert part(message, "html").strip() == "<p>html</p>"


def test_only_who_may_see_mails_sees_them_and_nobody_reads_personal_links(client, letter, to_the_sink):
    secret = queue_mail(**letter())
    harmless = queue_mail(**letter(key="letter:2", contains_secret=False))
    people = get_user_model().objects
    client.force_login(people.create_superuser("office"))
    listed = client.get(reverse("mails:index"))
    assert listed.status_code == 200
    assert listed.content.count(b"coordinator@example.org") == 2
    shown = client.get(reverse("mails:inspect", args=[secret.pk])).content.decode()
    assert "coordinator@example.org" in shown
    assert "SIGNED" not in shown
    assert "SIGNED" in client.get(reverse("mails:inspect", args=[harmless.pk])).content.decode()
    for action in ("new/", f"edit/{secret.pk}/", f"delete/{secret.pk}/", f"history/{secret.pk}/"):
        assert client.get(reverse("mails:index") + action, follow=True).status_code == 404

    client.force_login(people.create_user("reader", is_staff=True))
    assert client.get(reverse("mails:index")).status_code == 302


def test_neither_log_nor_problem_holds_address_or_link(to_the_sink, letter, caplog):
    caplog.set_level(logging.DEBUG)
    to_the_sink.answers["RCPT"] = "550 5.1.1 <coordinator@example.org> unknown"
    row = queue_mail(**letter())
    assert deliver_waiting() == 0
    row.refresh_from_db()
    assert (row.state, row.problem) == (
        "failed",
        "SMTPRecipientsRefused: 550 5.1.1 <coordinator@example.org> unknown",
    )
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("content")]
    assert ours == [f"Mail {row.pk} was given up; the list of mails in the admin says why."]
    assert "SIGNED" not in caplog.text


def test_a_mail_that_was_given_up_can_be_sent_again_by_hand(to_the_sink, letter):
    to_the_sink.answers["RCPT"] = "550 No such user"
    row = queue_mail(**letter())
    deliver_waiting()
    to_the_sink.answers.clear()
    call_command("send_mail_again", row.pk)
    assert deliver_waiting() == 1
    assert to_the_sink.arrived() == {row.message_id: 1}
    with pytest.raises(CommandError, match=str(row.pk)):
        call_command("send_mail_again", row.pk)
    assert not send_again(mail_id=row.pk)


@pytest.mark.django_db(transaction=True)
def test_a_mail_is_not_written_without_its_cause(letter):
    with pytest.raises(RuntimeError, match="transaction of its cause"):
        queue_mail(**letter())
    with transaction.atomic():
        queue_mail(**letter())
        transaction.set_rollback(True)
    assert Mail.objects.count() == 0
    assert django_mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_a_mail_is_delivered_right_after_the_commit(letter, to_the_sink):
    with transaction.atomic():
        row = queue_mail(**letter())
        assert to_the_sink.received == []
    assert to_the_sink.arrived() == {row.message_id: 1}


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_down_fails_nobody_and_the_mail_comes_later(letter, to_the_sink):
    to_the_sink.stop()
    with transaction.atomic():
        row = queue_mail(**letter())
    row.refresh_from_db()
    assert (row.state, row.tries) == ("waiting", 1)
    assert row.problem.startswith("ConnectionRefusedError")
    to_the_sink.start()
    assert deliver_waiting() == 0
    Mail.objects.update(due_at=timezone.now())
    call_command("housekeeping")
    assert to_the_sink.arrived() == {row.message_id: 1}
