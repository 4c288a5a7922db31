"""The gate before forms that anybody may send."""

import threading
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.db import connection, transaction
from django.http import QueryDict
from django.template import Context, Template
from django.utils import timezone

from content.gate import GatedForm, Tally, Verdict, forget_old_tallies, sender_of, take

SENDER = "192.0.2.1"


class QuestionForm(GatedForm):
    gate = "tests.question"
    per_day = 3
    question = forms.CharField()


@pytest.fixture
def clock(monkeypatch):
    """Seconds by which the tests' clock is ahead of the real one."""
    import time

    from content import gate

    ahead = [0.0]

    class Clock:
        @staticmethod
        def time():
            return time.time() + ahead[0]

    monkeypatch.setattr(gate, "time", Clock)
    return ahead


def opened(**kwargs):
    return QuestionForm(**kwargs).token


def sent(token, question="Wann?", sender=SENDER, subject="", **more):
    data = QueryDict(mutable=True)
    data.update({"gate": token, "question": question, **more})
    return QuestionForm(data, sender=sender, subject=subject)


def messages(form):
    return [error.code for error in form.non_field_errors().as_data()]


def test_a_form_that_somebody_filled_in_acts(db, clock):
    token = opened()
    clock[0] = 3
    form = sent(token)
    assert form.verdict() is Verdict.ACT
    assert form.cleaned_data == {"question": "Wann?"}


def test_what_fills_in_the_hidden_field_is_thanked_and_does_nothing(db, clock):
    token = opened()
    clock[0] = 3
    assert sent(token, website="https://example.org").verdict() is Verdict.THANK
    assert sent("forged", question="", website="x").verdict() is Verdict.THANK
    assert Tally.objects.count() == 0
    assert sent(token).verdict() is Verdict.ACT


@pytest.mark.parametrize(
    ("seconds", "verdict", "codes"),
    [
        (1.9, Verdict.ASK_AGAIN, ["too fast"]),
        (2.1, Verdict.ACT, []),
        (12 * 3600 - 5, Verdict.ACT, []),
        (12 * 3600 + 5, Verdict.ASK_AGAIN, ["too old"]),
    ],
)
def test_a_form_is_sent_neither_at_once_nor_after_half_a_day(db, clock, seconds, verdict, codes):
    token = opened()
    clock[0] = seconds
    form = sent(token)
    assert form.verdict() is verdict
    assert messages(form) == codes


@pytest.mark.parametrize("seconds", [1, 12 * 3600 + 5])
def test_a_form_that_is_shown_again_keeps_what_was_typed_and_can_then_be_sent(db, clock, seconds):
    token = opened()
    clock[0] = seconds
    form = sent(token)
    assert form.verdict() is Verdict.ASK_AGAIN
    assert form["question"].value() == "Wann?"
    shown = form.token
    clock[0] += 3
    assert sent(shown).verdict() is Verdict.ACT


def test_whoever_mends_a_mistake_in_a_second_is_not_too_quick(db, clock):
    token = opened()
    clock[0] = 5
    form = sent(token, question="")
    assert form.verdict() is Verdict.ASK_AGAIN
    assert list(form.errors) == ["question"]
    clock[0] = 6
    assert sent(form.token).verdict() is Verdict.ACT


@pytest.mark.parametrize("kind", ["none", "forged", "other gate", "other subject", "of another shape"])
def test_a_token_that_is_not_of_this_form_counts_as_too_old(db, clock, kind):
    class OtherForm(GatedForm):
        gate = "tests.other"

    token = {
        "none": "",
        "forged": opened()[:-1] + "#",
        "other gate": OtherForm().token,
        "other subject": opened(subject="7"),
        "of another shape": QuestionForm()._signer.sign_object("x"),
    }[kind]
    clock[0] = 3
    form = sent(token)
    assert form.verdict() is Verdict.ASK_AGAIN
    assert messages(form) == ["too old"]


def test_a_double_click_acts_once_and_a_mended_mistake_once_more(db, clock):
    token = opened()
    clock[0] = 3
    assert [sent(token).verdict() for _each in range(3)] == [Verdict.ACT, Verdict.THANK, Verdict.THANK]
    assert sent(token, question="Wo?").verdict() is Verdict.ACT
    assert sent(opened()).submission != sent(token).submission == sent(token).submission


def test_a_deed_that_fails_can_be_tried_again(db, clock):
    token = opened()
    clock[0] = 3

    def fail():
        with transaction.atomic():
            assert sent(token).verdict() is Verdict.ACT
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert sent(token).verdict() is Verdict.ACT


def test_a_sender_has_a_limit_and_is_told_so_and_others_are_not_held_up(db, clock):
    token = opened()
    clock[0] = 3
    questions = [f"Frage {number}" for number in range(4)]
    sent_forms = [sent(token, question=question) for question in questions]
    assert [form.verdict() for form in sent_forms] == [*[Verdict.ACT] * 3, Verdict.ASK_AGAIN]
    assert messages(sent_forms[3]) == ["too many"]
    # Nothing was done with it, so it is no double either.
    again = sent(token, question=questions[3])
    assert again.verdict() is Verdict.ASK_AGAIN
    assert sent(token, sender="192.0.2.2").verdict() is Verdict.ACT


def test_what_is_kept_names_nobody_and_follows_nobody(db, clock, monkeypatch):
    token = opened()
    clock[0] = 3
    sent(token).verdict()
    kept = list(Tally.objects.values_list("mark", flat=True))
    assert len(kept) == 2
    assert all(len(mark) == 64 and SENDER not in mark for mark in kept)
    take(gate="tests.other", sender=SENDER, limit=5)
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr("content.gate.timezone.localdate", lambda: tomorrow)
    take(gate="tests.other", sender=SENDER, limit=5)
    assert Tally.objects.count() == 4


def test_tallies_are_forgotten_at_midnight(db):
    assert take(gate="tests.question", sender=SENDER, limit=1)
    until = timezone.localtime(Tally.objects.get().until)
    assert (until.hour, until.minute, until.date()) == (0, 0, timezone.localdate() + timedelta(days=1))
    forget_old_tallies()
    assert Tally.objects.count() == 1
    Tally.objects.update(until=timezone.now())
    forget_old_tallies()
    assert Tally.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "forwarded", "behind_proxy", "sender"),
    [
        ("192.0.2.1", "", True, "192.0.2.1"),
        ("10.0.0.1", "192.0.2.1", True, "192.0.2.1"),
        ("10.0.0.1", "203.0.113.9, 192.0.2.1", True, "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", False, "192.0.2.1"),
        ("::ffff:192.0.2.1", "", False, "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "", False, "2001:db8:1:2::/64"),
        ("unknown", "", False, "unknown"),
    ],
)
def test_a_sender_is_an_address_that_cannot_be_made_up(
    rf, settings, address, forwarded, behind_proxy, sender
):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if behind_proxy else None
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert sender_of(rf.get("/", REMOTE_ADDR=address, headers=headers)) == sender


def test_the_fields_are_hidden_from_people_and_from_lists_of_fields(db, clock):
    form = QuestionForm(prefix="a")
    html = Template("{% load gate %}{% gate_fields form %}").render(Context({"form": form}))
    soup = BeautifulSoup(html, "html.parser")
    token, trap = soup.select("input")
    assert (token["type"], token["name"]) == ("hidden", "a-gate")
    assert trap["name"] == "a-website"
    assert (trap["tabindex"], trap["autocomplete"]) == ("-1", "off")
    assert trap.find_parent(attrs={"aria-hidden": "true"})["class"] == ["trap"]
    assert list(form.fields) == ["question"]
    clock[0] = 3
    data = QueryDict(mutable=True)
    data.update({"a-gate": token["value"], "a-question": "Wann?"})
    assert QuestionForm(data, prefix="a", sender=SENDER).verdict() is Verdict.ACT


@pytest.mark.postgres
@pytest.mark.parametrize(("limit", "same"), [(3, False), (20, True)])
def test_the_limit_and_the_one_time_token_hold_for_many_at_once(
    transactional_db, clock, monkeypatch, limit, same
):
    monkeypatch.setattr(QuestionForm, "per_day", limit)
    token = opened()
    clock[0] = 3
    barrier = threading.Barrier(8)
    verdicts = []

    def send(number):
        barrier.wait()
        try:
            with transaction.atomic():
                verdicts.append(sent(token, question="Wann?" if same else f"Frage {number}").verdict())
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert verdicts.count(Verdict.ACT) == (1 if same else 3)
    assert verdicts.count(Verdict.THANK if same else Verdict.ASK_AGAIN) == (7 if same else 5)
