"""A real Celery worker on the test database, and tasks that really travel."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import redis
from celery import current_app
from django.db import connection
from kombu import pools

from tools.processes import has_ended, start, stop

ROOT = Path(__file__).parents[2]


class CeleryWorker:
    """A worker process with two children. ``kill`` ends it as a crash would; ``start`` starts it anew.

    ``environment``: more variables for the worker, such as ``EMAIL_URL``.
    """

    def __init__(self, redis_server, **environment):
        self.redis_server = redis_server
        self.environment = environment
        self.process = None

    def _environment(self):
        database = connection.settings_dict
        assert connection.vendor == "postgresql", (
            "A Celery worker is another process: mark the test with pytest.mark.postgres as well, "
            "SQLite's test database lives in this process's memory."
        )
        url = f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
        return {
            **os.environ,
            "DATABASE_URL": url,
            "REDIS_URL": self.redis_server.url,
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
            **self.environment,
        }

    def start(self):
        """Start the worker and return when it answers."""
        celery = [sys.executable, "-m", "celery", "-A", "cms"]
        self.process = start(
            [
                *celery,
                "worker",
                "--include",
                "tests.services.tasks",
                "--concurrency",
                2,
                "--loglevel",
                "warning",
            ],
            cwd=ROOT,
            env=self._environment(),
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 60
        with sending_to(self.redis_server):
            while not current_app.control.ping(timeout=0.5):
                if has_ended(self.process) or time.monotonic() > deadline:
                    raise RuntimeError("The Celery worker did not start; its messages are above.")

    def kill(self):
        """End the worker and its children with -9, as a crash would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def stop(self):
        if self.process:
            stop(self.process)
            self.process = None

    def wait_until_idle(self, seconds=30):
        """Return when no task waits or runs; raises ``AssertionError`` when ``seconds`` were not enough.

        A worker takes a task off the queue a moment before it writes down that it holds it, so one look is not enough.
        """
        deadline = time.monotonic() + seconds
        looks_without_work = 0
        with redis.Redis.from_url(self.redis_server.url) as client:
            while looks_without_work < 6:
                has_work = client.llen("celery") or client.hlen("unacked")
                looks_without_work = 0 if has_work else looks_without_work + 1
                assert time.monotonic() < deadline, f"Tasks are still waiting after {seconds} s."
                time.sleep(0.05)

    def let_time_pass(self, seconds):
        """Have what a lost worker held be as old as if ``seconds`` had passed."""
        with redis.Redis.from_url(self.redis_server.url) as client:
            for tag in client.zrange("unacked_index", 0, -1):
                client.zincrby("unacked_index", -seconds, tag)


@contextmanager
def sending_to(redis_server):
    """Within this context ``task.delay()`` sends to ``redis_server`` instead of running in process."""
    before = {
        name: current_app.conf[name]
        for name in ("task_always_eager", "broker_url", "broker_read_url", "broker_write_url")
    }
    current_app.conf.update(
        task_always_eager=False,
        broker_url=redis_server.url,
        broker_read_url=redis_server.url,
        broker_write_url=redis_server.url,
    )
    _forget_connections()
    try:
        yield
    finally:
        current_app.conf.update(before)
        _forget_connections()


def _forget_connections():
    pools.reset()
    current_app.__dict__.pop("_pool", None)
    current_app._pool = None
    current_app.amqp._producer_pool = None
