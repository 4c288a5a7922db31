"""Work in the background, by a real worker behind a real broker."""

import os
import time

import pytest
from django.contrib.auth.models import Group

from tests.services.celery_worker import sending_to
from tests.services.observing import wait_until
from tests.services.tasks import take_the_worker_down, write_down, write_down_slowly

pytestmark = [pytest.mark.services]


def began():
    """Return how often a task began."""
    return Group.objects.filter(name__contains="began").count()


@pytest.mark.postgres
def test_a_task_runs_in_another_process_on_the_same_data(celery_worker):
    write_down.delay("hello")
    celery_worker.wait_until_idle()
    (name,) = Group.objects.filter(name__startswith="hello").values_list("name", flat=True)
    assert name != f"hello by {os.getpid()}"


@pytest.mark.postgres
def test_a_task_whose_worker_is_killed_is_done_by_the_next_one(celery_worker):
    write_down_slowly.delay("long work", 2)
    assert wait_until(lambda: began() == 1)
    celery_worker.kill()
    assert not Group.objects.filter(name__contains="ended").exists()
    celery_worker.let_time_pass(300)
    celery_worker.start()
    assert wait_until(lambda: Group.objects.filter(name__contains="ended").exists(), seconds=60)


@pytest.mark.postgres
def test_a_task_that_takes_its_worker_down_is_given_up_after_three_deliveries(celery_worker):
    take_the_worker_down.delay()
    assert wait_until(lambda: began() == 3, seconds=60)
    celery_worker.wait_until_idle(60)
    write_down.delay("still at work")
    assert wait_until(lambda: Group.objects.filter(name__startswith="still at work").exists(), seconds=60)
    assert began() == 3


def test_a_broker_that_is_down_fails_nobody_and_costs_little(redis_server, caplog):
    redis_server.stop()
    with sending_to(redis_server):
        began_at = time.monotonic()
        assert write_down.delay("nobody hears") is None
        assert time.monotonic() - began_at < 3
    assert "write_down was not sent" in caplog.text


@pytest.mark.django_db
def test_without_a_broker_tasks_run_in_process():
    write_down.delay("at once")
    assert Group.objects.filter(name=f"at once by {os.getpid()}").exists()
