"""Mail, a real Celery worker, a real broker and a real mail server; and each of them taken away."""

import itertools
import os
import random
import signal
import threading
import time

import pytest
from django.db import transaction
from django.utils import timezone

from content.mail.models import OPEN_STATES, Mail
from content.mail.services import queue_mail
from content.tasks import deliver_mail
from tests.services.celery_worker import CeleryWorker, sending_to
from tests.services.observing import wait_until
from tests.services.smtp_sink import MOMENTS

pytestmark = [pytest.mark.services, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

KILLS = 20


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
    """Ends the worker with -9 at a moment of its conversation with the mail server, or shortly after."""

    def __init__(self, worker):
        self.worker = worker
        self.moment = None
        self.delay = 0
        self.happened = threading.Event()

    def arm(self, moment, delay):
        self.happened.clear()
        self.moment, self.delay = moment, delay

    def at(self, moment):
        if moment == self.moment:
            self.moment = None
            if self.delay:
                threading.Timer(self.delay, self.strike).start()
            else:
                self.strike()

    def strike(self):
        os.killpg(self.worker.process.pid, signal.SIGKILL)
        self.happened.set()


def test_a_worker_killed_twenty_times_delivers_every_mail_exactly_once(mail_worker, smtp_sink, letter):
    """Also between the server's taking over a mail and its answer, where sending again would be sending twice."""
    chance = random.Random()
    killer = Killer(mail_worker)
    smtp_sink.at = killer.at
    rows = []
    for number, moment in zip(range(KILLS), itertools.cycle(MOMENTS)):
        # In every other kill right at the moment, with the server not even having answered.
        killer.arm(moment, 0 if number % 2 else chance.uniform(0, 0.02))
        rows += queue(letter, *(f"{number}:{index}" for index in range(3)))
        assert killer.happened.wait(20), f"The worker never came to {moment}."
        mail_worker.kill()
        # What the lost process had taken up is free again, as it will be after its lease.
        Mail.objects.exclude(state="sent").update(due_at=timezone.now())
        mail_worker.start()
    deliver_mail.delay()
    assert wait_until(lambda: not Mail.objects.filter(state__in=OPEN_STATES).exists(), seconds=30)
    mail_worker.wait_until_idle()
    assert smtp_sink.arrived() == {row.message_id: 1 for row in rows}
    assert Mail.objects.filter(state="unanswered").exists()
