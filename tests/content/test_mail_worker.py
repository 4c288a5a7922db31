"""Mail, a real Celery worker, a real broker and a real mail server; and each of them taken away."""

import itertools
import os
import random
import signal
import threading
import time
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from content.mail.models import Mail
from content.mail.services import LEASE, queue_mail
from content.tasks import deliver_mail
from tests.services.celery_worker import CeleryWorker, sending_to
from tests.services.observing import wait_until
from tests.services.smtp_sink import MOMENTS

pytestmark = [pytest.mark.services, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

KILLS = 20
#: In these the worker dies as a whole, with the process that starts the others.
ALL_OF_IT = (9, 16)


@pytest.fixture
def mail_worker(redis_server, smtp_sink, transactional_db):
    """A ``CeleryWorker`` that delivers to ``smtp_sink``; the test's own process sends tasks to it."""
    worker = CeleryWorker(redis_server, EMAIL_URL=smtp_sink.url)
    worker.start()
    with sending_to(redis_server):
        yield worker
    worker.stop()


def queue(letter, *keys):
    with transaction.atomic():
        return [queue_mail(**letter(key=key)) for key in keys]


def test_a_mail_goes_out_in_another_process_once_its_cause_is_committed(mail_worker, smtp_sink, letter):
    with transaction.atomic():
        (row,) = queue(letter, "a")
        time.sleep(0.5)
        assert smtp_sink.received == []
    assert wait_until(lambda: Mail.objects.get().state == "sent")
    assert smtp_sink.arrived() == {row.message_id: 1}


def test_a_broker_that_is_down_fails_nobody_and_the_beat_brings_the_mail_later(
    mail_worker, redis_server, smtp_sink, letter
):
    mail_worker.stop()
    redis_server.stop()
    began_at = time.monotonic()
    (row,) = queue(letter, "a")
    assert time.monotonic() - began_at < 3
    assert Mail.objects.get().state == "waiting"
    redis_server.start()
    mail_worker.start()
    assert smtp_sink.received == []
    deliver_mail.delay()
    assert wait_until(lambda: Mail.objects.get().state == "sent")
    assert smtp_sink.arrived() == {row.message_id: 1}


class Killer:
    """Ends with -9 what delivers, at a moment of its conversation with the mail server or ``delay`` seconds later.

    With ``server_thinks`` the server lets that time pass without an answer. The worker's children die and the worker
    starts others; or, with ``all_of_it``, the whole worker dies.
    """

    def __init__(self, worker):
        self.worker = worker
        self.moment = None
        self.struck = threading.Event()

    def arm(self, moment, *, delay, server_thinks, all_of_it):
        self.struck.clear()
        self.delay, self.server_thinks, self.all_of_it = delay, server_thinks, all_of_it
        self.moment = moment

    def at(self, moment):
        if moment == self.moment:
            self.moment = None
            if self.server_thinks:
                time.sleep(self.delay)
                self.strike()
            else:
                threading.Timer(self.delay, self.strike).start()

    def strike(self):
        worker = self.worker.process.pid
        if self.all_of_it:
            os.killpg(worker, signal.SIGKILL)
        else:
            for child in Path(f"/proc/{worker}/task/{worker}/children").read_text().split():
                os.kill(int(child), signal.SIGKILL)
        self.struck_at = timezone.now()
        self.struck.set()


def test_a_worker_killed_twenty_times_delivers_every_mail_exactly_once(mail_worker, smtp_sink, letter):
    """Also between the server's taking over a mail and its answer, where sending again would be sending twice.

    One moment is left in which a kill makes two mails of one, about 50 µs per mail; the decision on the outbox says
    why. About eight kills here come at a time drawn from half a second with three mails in it, so that a run meets
    that moment with a probability of some 0.3 %.
    """
    chance = random.Random()
    killer = Killer(mail_worker)
    smtp_sink.at = killer.at
    rows = []
    for number, moment in zip(range(KILLS), itertools.cycle(MOMENTS), strict=False):
        all_of_it = number in ALL_OF_IT
        thinks = moment == "ACCEPTED" or number < KILLS / 2
        delay = chance.uniform(0.005, 0.05) if thinks else chance.uniform(0, 0.5)
        killer.arm(moment, delay=delay, server_thinks=thinks, all_of_it=all_of_it)
        rows += queue(letter, *(f"{number}:{index}" for index in range(3)))
        assert killer.struck.wait(20), f"Kill {number}: nobody came to {moment}."
        if all_of_it:
            mail_worker.kill()
            mail_worker.start()
        # What the lost process had taken up is free, as it would be after its lease.
        Mail.objects.filter(state__in=("sending", "handed_over"), due_at__lt=killer.struck_at + LEASE).update(
            due_at=timezone.now()
        )
    settled = ("sent", "unanswered")
    deliver_mail.delay()
    assert wait_until(lambda: set(Mail.objects.values_list("state", flat=True)) <= set(settled), seconds=30)
    assert smtp_sink.arrived() == {row.message_id: 1 for row in rows}
    assert Mail.objects.filter(state="unanswered").exists()
