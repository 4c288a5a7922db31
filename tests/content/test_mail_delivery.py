"""What happens to a mail when the mail server, or another process, gets in the way. Against a real SMTP server."""

import datetime
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from content.mail import services
from content.mail.models import Mail, MailState
from content.mail.services import deliver_waiting, queue_mail

pytestmark = pytest.mark.django_db


def wait_is_over():
    """Have everything be due."""
    Mail.objects.update(due_at=timezone.now())


def pause_of(row):
    """Return after how many minutes the mail is tried again."""
    row.refresh_from_db()
    return round((row.due_at - timezone.now()).total_seconds() / 60)


def test_pauses_double_up_to_twelve_hours_and_end_after_almost_five_days(to_the_sink, letter):
    to_the_sink.answers["RCPT"] = "450 Greylisted, try again later"
    row = queue_mail(**letter())
    pauses = []
    while row.state == MailState.WAITING:
        wait_is_over()
        assert deliver_waiting() == 0
        pauses.append(pause_of(row))
    assert pauses[:-1] == [2**number for number in range(10)] + [720] * 8
    assert datetime.timedelta(days=4.5) < datetime.timedelta(minutes=sum(pauses[:-1])) < datetime.timedelta(5)
    assert (row.state, row.tries, row.problem) == (
        "failed",
        services.MOST_TRIES,
        "SMTPRecipientsRefused: 450 Greylisted, try again later",
    )


@pytest.mark.parametrize("moment", ["RCPT", "ACCEPTED"])
def test_what_the_server_refuses_for_good_is_given_up_at_once(to_the_sink, letter, moment):
    to_the_sink.answers[moment] = "554 5.7.1 Not wanted here"
    row = queue_mail(**letter())
    assert deliver_waiting() == 0
    row.refresh_from_db()
    assert (row.state, row.tries, to_the_sink.received) == ("failed", 1, [])
    assert row.problem.endswith("554 5.7.1 Not wanted here")


def test_one_refused_mail_does_not_hold_up_the_others(to_the_sink, letter):
    def refuse_the_first(moment):
        if moment == "RCPT":
            to_the_sink.answers.pop("RCPT", None) if seen else to_the_sink.answers.update(RCPT="450 later")
            seen.append(moment)

    seen = []
    to_the_sink.at = refuse_the_first
    rows = [queue_mail(**letter(key=f"letter:{number}")) for number in range(3)]
    assert deliver_waiting() == 2
    assert to_the_sink.arrived() == {row.message_id: 1 for row in rows[1:]}


def test_a_server_in_trouble_is_asked_once_and_every_mail_keeps_its_tries(to_the_sink, letter):
    to_the_sink.stop()
    for number in range(3):
        queue_mail(**letter(key=f"letter:{number}"))
    assert deliver_waiting() == 0
    assert sorted(Mail.objects.values_list("tries", flat=True)) == [0, 0, 1]


def test_a_sender_the_server_does_not_know_is_no_reason_to_give_a_mail_up(to_the_sink, letter):
    to_the_sink.answers["MAIL"] = "550 Sender unknown"
    row = queue_mail(**letter())
    assert deliver_waiting() == 0
    row.refresh_from_db()
    assert row.state == "waiting"


def test_a_line_with_a_full_stop_does_not_end_the_mail(to_the_sink, letter):
    words = "\n.\nQUIT\n..two\n.one"
    row = queue_mail(**letter(context={"words": words}, contains_secret=False))
    assert deliver_waiting() == 1
    (message,) = to_the_sink.messages
    assert message.get_body(("plain",)).get_content().splitlines() == row.text.splitlines()


def test_a_mail_whose_process_vanished_before_the_end_of_the_text_is_taken_up_by_another(to_the_sink, letter):
    row = queue_mail(**letter())
    taken = services._take_up()
    assert (taken.pk, taken.tries) == (row.pk, 1)
    assert deliver_waiting() == 0
    wait_is_over()
    assert deliver_waiting() == 1
    assert to_the_sink.arrived() == {row.message_id: 1}


def test_a_process_that_slept_too_long_hangs_up_before_the_end_of_the_text(to_the_sink, letter):
    row = queue_mail(**letter())
    slow = services._take_up()
    wait_is_over()
    assert deliver_waiting() == 1
    transport = services.get_connection(services.settings.MAIL_TRANSPORT)
    with pytest.raises(services.NoLongerOurs):
        services._hand_over(transport, slow)
    transport.close()
    assert to_the_sink.arrived() == {row.message_id: 1}


def test_a_mail_without_an_answer_is_shown_as_such_and_not_sent_again_by_itself(to_the_sink, letter, caplog):
    row = queue_mail(**letter())
    taken = services._take_up()
    Mail.objects.filter(pk=taken.pk).update(state=MailState.HANDED_OVER)
    assert deliver_waiting() == 0
    wait_is_over()
    assert deliver_waiting() == 0
    row.refresh_from_db()
    assert (row.state, to_the_sink.received) == ("unanswered", [])
    assert f"Mail {row.pk} was given to the mail server by a process that was lost" in caplog.text
    with transaction.atomic():
        assert services.send_again(mail_id=row.pk)
    assert deliver_waiting() == 1
    assert to_the_sink.arrived() == {row.message_id: 1}


def test_where_the_operator_says_so_a_mail_without_an_answer_is_sent_again(to_the_sink, letter, settings):
    settings.MAIL_SEND_UNANSWERED_AGAIN = True
    row = queue_mail(**letter())
    taken = services._take_up()
    Mail.objects.filter(pk=taken.pk).update(state=MailState.HANDED_OVER)
    assert deliver_waiting() == 0
    wait_is_over()
    assert deliver_waiting() == 1
    assert to_the_sink.arrived() == {row.message_id: 1}


def test_a_server_that_hangs_up_instead_of_answering_gets_the_mail_again(to_the_sink, letter):
    def hang_up_once(moment):
        if moment == "ACCEPTED" and not hung_up:
            hung_up.append(moment)
            to_the_sink.received.clear()
            raise ConnectionResetError

    hung_up = []
    to_the_sink.at = hang_up_once
    row = queue_mail(**letter())
    assert deliver_waiting() == 0
    row.refresh_from_db()
    assert row.state == "waiting"
    wait_is_over()
    assert deliver_waiting() == 1
    assert to_the_sink.arrived() == {row.message_id: 1}


def test_what_takes_every_process_down_is_given_up(to_the_sink, letter):
    row = queue_mail(**letter())
    Mail.objects.update(state=MailState.SENDING, tries=services.MOST_TRIES)
    assert deliver_waiting() == 0
    row.refresh_from_db()
    assert (row.state, to_the_sink.received) == ("failed", [])


def in_threads(number, work):
    """Run ``work(0)`` … in threads that begin together; return their results in any order."""
    results, barrier = [], threading.Barrier(number)

    def run(index):
        barrier.wait()
        try:
            results.append(work(index))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_same_key_written_at_the_same_time_is_one_mail(to_the_sink, letter):
    def write(index):
        with transaction.atomic():
            return queue_mail(**letter()).pk

    assert set(in_threads(8, write)) == {Mail.objects.get().pk}
    assert sum(to_the_sink.arrived().values()) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_processes_that_deliver_at_the_same_time_share_the_mails(to_the_sink, letter):
    with transaction.atomic():
        rows = [queue_mail(**letter(key=f"letter:{number}")) for number in range(40)]
        transaction.get_connection().run_on_commit.clear()
    assert sum(in_threads(4, lambda index: deliver_waiting())) == 40
    assert to_the_sink.arrived() == {row.message_id: 1 for row in rows}
