"""Members of a circle who answer at the same moment, on a database that lets them."""

import threading
import time

import pytest
from django.db import connection, transaction
from django.test import Client

from content.audit import AuditEntry
from content.mail.models import Mail
from partners.circle import services
from partners.circle.models import Circle, Step, StepAnswer, StepState
from tests.partners.circle.test_circle import World
from tests.partners.circle.test_in_browser import link_to

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ROUNDS = 5


@pytest.fixture
def world(transactional_db, site):
    return World(site)


@pytest.mark.parametrize("needed", [1, 2])
def test_a_step_is_decided_once_when_two_members_answer_at_the_same_moment(world, needed):
    """With one agreement needed both could decide; with two, neither, because none sees the other's."""
    Circle.objects.update(agreements_needed=needed)
    for round_number in range(ROUNDS):
        step = Step.objects.create(circle=world.circle, title=f"Schritt {round_number}", day=world.step.day)
        services.propose(step=step)
        answers = list(step.answers.filter(member__in=world.members[:2]))
        start, outcomes = threading.Barrier(2), []

        def agree(answer, start=start, outcomes=outcomes):
            connection.ensure_connection()
            start.wait()
            try:
                services.answer(answer=answer, choice="agree")
                outcomes.append("kept")
            except services.CannotAnswer:
                outcomes.append("too late")
            finally:
                connection.close()

        together([lambda answer=answer: agree(answer) for answer in answers])
        step.refresh_from_db()
        assert step.state == StepState.AGREED
        assert sorted(outcomes) == (["kept", "too late"] if needed == 1 else ["kept", "kept"])
        assert StepAnswer.objects.filter(step=step, choice="agree").count() == needed
    decided = AuditEntry.objects.filter(action="partners.circle.decided").values_list("detail", flat=True)
    assert len({entry["step"] for entry in decided}) == len(decided) == ROUNDS
    # The three members hear of each step once; this region's network office has nobody with an address.
    assert Mail.objects.filter(template="partners/mail/circle_decided").count() == 3 * ROUNDS


def test_one_link_pressed_twice_at_the_same_moment_is_one_answer(world):
    world.propose()
    link = link_to(world.members[0].email)
    shown = services.binding_of_step(world.step)
    statuses = []

    def press(choice):
        statuses.append(Client().post(link, {"shown": shown, "choice": choice}).status_code)
        connection.close()

    threads = [threading.Thread(target=press, args=[choice]) for choice in ("agree", "object")]
    with transaction.atomic():
        # Both get as far as they can before either has kept its answer.
        StepAnswer.objects.select_for_update().get(step=world.step, member=world.members[0])
        for thread in threads:
            thread.start()
        time.sleep(1)
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 410]
    assert AuditEntry.objects.filter(action="partners.circle.answered").count() == 1


def test_of_two_who_ask_the_circle_at_the_same_moment_one_asks_it(world):
    """Each member gets one mail with one link, and who was too late is told so."""
    start, outcomes = threading.Barrier(2), []

    def ask():
        connection.ensure_connection()
        start.wait()
        try:
            services.propose(step=world.step)
            outcomes.append("asked")
        except services.CannotPropose:
            outcomes.append("too late")
        finally:
            connection.close()

    together([ask, ask])
    assert sorted(outcomes) == ["asked", "too late"]
    assert StepAnswer.objects.filter(step=world.step).count() == 3
    assert Mail.objects.filter(template="partners/mail/circle").count() == 3
    assert AuditEntry.objects.filter(action="partners.circle.proposed").count() == 1


def together(doings):
    threads = [threading.Thread(target=doing) for doing in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
