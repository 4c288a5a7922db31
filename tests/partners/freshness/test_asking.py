"""Who is asked on which day: the contact, then the team, then the coordinators; each once, and nobody twice a day."""

import datetime
import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.mail.models import Mail
from partners import tasks
from partners.freshness import selectors, services
from partners.freshness.models import ConfirmationRequest
from partners.freshness.selectors import DueState
from partners.models import Team
from tests.services.rebuilding import built

from .world import DUE, World, day, due_facts

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def world():
    return built(World)


def mails():
    """Return ``[(receiver, subject)]`` of all mails written so far, and forget them."""
    found = [(mail.to, mail.subject) for mail in Mail.objects.order_by("pk")]
    Mail.objects.all().delete()
    return found


def receivers():
    return [to for to, _subject in mails()]


def test_contact_then_team_then_coordinators_are_asked_each_on_its_day(world):
    world.offer()
    asked = {}
    for offset in range(-20, 90):
        services.remind(today=day(offset))
        if found := receivers():
            asked[offset] = found

    assert asked == {
        -14: ["elif@example.org"],
        0: ["elif@example.org"],
        14: ["partner@example.org"],
        28: ["koordination@example.org"],
    }
    assert list(ConfirmationRequest.objects.values_list("step", "asked_on")) == [
        (0, day(-14)),
        (1, day(0)),
        (2, day(14)),
        (3, day(28)),
    ]


def test_a_confirmation_ends_the_questions_until_the_next_due_date(world):
    page = world.offer()
    services.remind(today=day(-14))
    mails()
    services.confirm(page=page, way=services.Way.LINK, today=day(-10))
    for offset in range(-10, 90):
        services.remind(today=day(offset))
    assert mails() == []
    next_due = datetime.date(2028, 2, 28)
    services.remind(today=next_due - datetime.timedelta(days=15))
    assert mails() == []
    services.remind(today=next_due - datetime.timedelta(days=14))
    assert "elif@example.org" in receivers()


def test_one_list_for_all_that_is_due_and_nothing_the_second_time(world):
    for offset, title in ((-14, "Jetzt"), (-20, "Früher"), (0, "Später")):
        world.offer(title, offset=offset)
    services.remind(today=day(-34))
    services.remind(today=day(-28))
    mails()
    assert services.remind(today=day(-14)) == 1
    (mail,) = Mail.objects.all()
    assert [title in mail.text for title in ("Jetzt", "Früher", "Später")] == [True, True, True]
    assert mail.text.count("?answer=right") == 3
    assert services.remind(today=day(-14)) == 0
    assert Mail.objects.count() == 1


def test_the_task_rung_twice_writes_one_mail(world, monkeypatch):
    world.offer()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: day(-14))
    tasks.ask_what_is_due()
    tasks.ask_what_is_due()
    assert receivers() == ["elif@example.org"]


def test_after_days_without_the_task_nobody_is_passed_over(world):
    world.offer()
    asked = {}
    for offset in range(40, 120, 3):
        services.remind(today=day(offset))
        if found := receivers():
            asked[offset] = found
    assert asked == {
        40: ["elif@example.org"],
        55: ["elif@example.org"],
        70: ["partner@example.org"],
        85: ["koordination@example.org"],
    }


def test_who_is_contact_and_in_the_team_gets_one_mail_a_day(world):
    world.partner.email = "Elif@example.org"
    world.partner.save()
    world.offer("Alt", offset=-14)
    world.offer("Neu", offset=14)
    for offset in (-28, -14):
        services.remind(today=day(offset))
    mails()
    services.remind(today=day(0))
    assert [to.lower() for to in receivers()] == ["elif@example.org"]


def test_the_entrys_own_contact_is_asked_before_the_organisations(world):
    from organisations.models import Contact

    own = Contact.objects.create(
        organisation_key=world.haus.translation_key, name="Büro", email="buero@example.org"
    )
    world.offer("Mit eigenem", contact=own)
    world.offer("Ohne eigenen")
    services.remind(today=day(-14))
    found = {mail.to: mail.text for mail in Mail.objects.all()}
    assert sorted(found) == ["buero@example.org", "elif@example.org"]
    assert "Ohne eigenen" not in found["buero@example.org"]
    assert "Mit eigenem" not in found["elif@example.org"]


def test_without_contact_and_team_the_coordinators_hear_of_it(world):
    roth = world.person("roth", world.roth)
    world.offer(parent=world.sv)
    services.remind(today=day(-14))
    assert receivers() == ["roth@example.org"]
    assert roth.email == "roth@example.org"


def test_without_anybody_in_the_region_the_network_office_hears_of_it(world):
    network = world.person("netz", world.roth)
    network.groups.set([Team.objects.get(kind="network").group])
    world.offer(parent=world.sv)
    services.remind(today=day(-14))
    assert receivers() == ["netz@example.org"]


def test_coordinators_get_one_list_a_day_with_whom_to_call(world):
    world.offer("Erstes")
    world.offer("Zweites")
    for offset in (-14, 0, 14):
        services.remind(today=day(offset))
    Mail.objects.all().delete()
    services.remind(today=day(28))
    (mail,) = Mail.objects.all()
    assert mail.to == "koordination@example.org"
    assert "Erstes" in mail.text
    assert "Zweites" in mail.text
    assert "089 99998001" in mail.text
    assert not mail.contains_secret


def test_what_is_over_or_not_public_or_in_an_ended_region_is_not_asked_about(world):
    gone = world.offer("Abgelaufen", valid_until=day(-1))
    world.offer("Entwurf").unpublish()
    world.event("Vorbei", **due_facts(), start_date=datetime.date(2020, 1, 1))
    world.event("Intern", **due_facts(), is_listed=False)
    world.offer("In Roth", parent=world.sv)
    type(world.roth).objects.filter(pk=world.roth.pk).update(runs_until=day(0))
    assert [due.page.title for due in selectors.due_everywhere(today=day(0))] == ["In Roth"]
    assert selectors.due_everywhere(today=day(1)) == []
    type(gone).objects.filter(pk=gone.pk).update(valid_until=day(0))
    assert [due.page.title for due in selectors.due_everywhere(today=day(0))] == ["Abgelaufen", "In Roth"]
    assert selectors.due_everywhere(today=day(1)) == []


def test_states_by_day(world):
    world.offer()

    def state(offset):
        return [due.state for due in selectors.due_in(world.kempten, today=day(offset))]

    assert state(-15) == []
    assert state(-14) == [DueState.COMING]
    assert state(0) == [DueState.COMING]
    assert state(1) == [DueState.OVERDUE]
    assert state(59) == [DueState.OVERDUE]
    assert state(60) == [DueState.NOT_LISTED]


def test_everybody_sees_what_they_may_change(world):
    world.offer("Hier")
    world.offer("Dort", parent=world.sv)

    def seen(found):
        return [due.page.title for due in found]

    assert seen(selectors.due_for(world.partner, today=DUE)) == ["Hier"]
    assert seen(selectors.due_for(world.coordinator, today=DUE)) == ["Hier"]
    assert seen(selectors.due_in(world.roth, today=DUE)) == ["Dort"]
    assert seen(selectors.due_of(world.sv, today=DUE)) == ["Dort"]
    assert seen(selectors.due_everywhere(today=DUE)) == ["Dort", "Hier"]


def test_the_list_asks_the_same_queries_for_any_number(world):
    counts = []
    for number in range(6):
        world.offer(f"Angebot {number}")
        if number in (0, 5):
            partner = type(world.partner).objects.get(pk=world.partner.pk)
            with CaptureQueriesContext(connection) as queries:
                found = selectors.due_for(partner, today=DUE)
                assert [due.contact for due in found] == [world.contact] * (number + 1)
            counts.append(len(queries))
    assert counts == [7, 7]


def test_doubts_of_readers_ask_at_once_and_once_a_day(world):
    page = world.offer(offset=200)
    assert services.ask_for_confirmation(page=page, today=DUE) == 1
    assert services.ask_for_confirmation(page=page, today=DUE) == 1
    (mail,) = Mail.objects.all()
    assert mail.to == "elif@example.org"
    assert mail.text.count("?answer=right") == 1
    services.ask_for_confirmation(page=page, today=day(1))
    assert Mail.objects.count() == 2
    assert not ConfirmationRequest.objects.exists()


def test_doubts_about_what_nobody_answers_for_go_to_the_coordinators(world):
    world.person("roth", world.roth)
    page = world.offer(parent=world.sv, offset=200)
    services.ask_for_confirmation(page=page, today=DUE)
    assert receivers() == ["roth@example.org"]


@pytest.mark.postgres
def test_of_four_workers_at_the_same_time_one_asks(transactional_db):
    world = World()
    world.offer()
    Mail.objects.all().delete()
    barrier = threading.Barrier(4)
    written = []

    def work():
        barrier.wait()
        try:
            written.append(services.remind(today=day(-14)))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(written) == [0, 0, 0, 1]
    assert Mail.objects.count() == 1
    assert ConfirmationRequest.objects.count() == 1
