"""Fixtures for real parts. Session-wide where starting is slow; each gives back what it took."""

import os

import pytest
from django.test import override_settings

from tests.services import kept_copies
from tests.services.snapshots import INITIAL, Snapshots

STATES = pytest.StashKey()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Let the test database begin as the kept copy, so that few migrations remain to be run."""
    with kept_copies.offered():
        yield


@pytest.fixture(scope="session", autouse=True)
def uploads(tmp_path_factory):
    """A folder for what tests upload, gone after the run; a developer's own uploads stay untouched."""
    with override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("uploads"))):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, uploads, django_db_blocker, request):
    """Make the test database, and keep its first state for tests that commit."""
    with django_db_blocker.unblock():
        kept_copies.keep(kept_copies.migrated())
        snapshots = Snapshots()
        snapshots.take(INITIAL)
        request.session.stash[STATES] = (snapshots, django_db_blocker)
        yield
        del request.session.stash[STATES]
        snapshots.discard()


@pytest.fixture(scope="session")
def snapshots(django_db_setup, request):
    """The ``Snapshots`` of this process; ``initial`` is the freshly migrated state."""
    return request.session.stash[STATES][0]


def _commits(item):
    marker = item.get_closest_marker("django_db")
    return (marker is not None and marker.kwargs.get("transaction", False)) or not {
        "transactional_db",
        "live_server",
    }.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """Bring the database back after a test that committed; a fixture would do so before it is emptied."""
    if _commits(item) and STATES in item.session.stash:
        snapshots, blocker = item.session.stash[STATES]
        with blocker.unblock():
            snapshots.make_ready_to_be_emptied()
    try:
        return (yield)
    finally:
        if _commits(item) and STATES in item.session.stash:
            snapshots, blocker = item.session.stash[STATES]
            with blocker.unblock():
                snapshots.restore()


@pytest.fixture(scope="module")
def demo_content(snapshots, django_db_blocker):
    """The complete demo content, for all tests of a module. Built once per state of the sources, then copied."""
    from django.core.management import call_command

    with django_db_blocker.unblock():
        if "demo" in snapshots:
            snapshots.restore("demo")
        else:
            copy = kept_copies.with_demo()
            with kept_copies.alone(copy):
                if not kept_copies.restore(copy):
                    call_command("demo", verbosity=0)
                    kept_copies.keep(copy)
            snapshots.take("demo")
            # Once more, so that what this process remembers of another state is forgotten.
            snapshots.restore("demo")
        yield
        snapshots.restore(INITIAL)


@pytest.fixture(scope="session")
def _redis_process():
    from tests.services.redis_server import RedisServer

    server = RedisServer()
    yield server
    server.stop()


@pytest.fixture
def redis_server(_redis_process):
    """A running, empty ``RedisServer``: ``redis_server.url``, and ``stop()`` to see what happens without it."""
    import redis

    if _redis_process.process is None:
        _redis_process.start()
    with redis.Redis.from_url(_redis_process.url) as client:
        client.flushall()
    return _redis_process


@pytest.fixture
def celery_worker(redis_server, transactional_db):
    """A running ``CeleryWorker`` on this test's database; ``delay()`` sends to it. Needs PostgreSQL."""
    from tests.services.celery_worker import CeleryWorker, sending_to

    worker = CeleryWorker(redis_server)
    worker.start()
    with sending_to(redis_server):
        yield worker
    worker.stop()


@pytest.fixture
def smtp_sink():
    """A running ``SmtpSink``; ``smtp_sink.stop()`` to see what happens without it."""
    from tests.services.smtp_sink import SmtpSink

    sink = SmtpSink()
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture(scope="session")
def chromium():
    """A running Chromium, as Playwright's ``Browser``."""
    from tests.services.browser import chromium

    # Playwright keeps an event loop in this thread, in which Django would refuse to touch the database.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with chromium() as browser:
        yield browser
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(chromium, live_server):
    """A fresh Playwright page on ``live_server``. Requests to other hosts and script errors fail the test."""
    context = chromium.new_context(base_url=live_server.url, locale="de-DE", timezone_id="Europe/Berlin")
    context.set_default_timeout(15_000)
    page = context.new_page()
    wrong = []
    page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((live_server.url, "data:", "blob:", "about:"))
            else wrong.append(f"request to a third party: {request.url}")
        ),
    )
    yield page
    context.close()
    assert wrong == []
