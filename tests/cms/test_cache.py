"""Without Redis the site is slower, not broken."""

import socket
import time

import pytest
from django.core.cache import caches

pytestmark = pytest.mark.services


@pytest.fixture
def cache(redis_server, settings):
    """The cache as production has it, on a Redis that a test can stop."""
    settings.CACHES = {
        "default": {
            "BACKEND": "cms.cache.FailOpenRedisCache",
            "LOCATION": redis_server.url,
            "KEY_PREFIX": "mitmischen",
            "OPTIONS": {"socket_timeout": 0.25, "socket_connect_timeout": 0.25},
        }
    }
    return caches["default"]


@pytest.fixture
def no_pause(monkeypatch):
    """Let the cache try Redis again at once."""
    monkeypatch.setattr("cms.cache.PAUSE_SECONDS", 0)


def test_with_redis_it_keeps_counts_and_forgets(cache):
    cache.set("a", {"title": "Café"}, 60)
    assert cache.get("a") == {"title": "Café"}
    assert cache.add("a", 1) is False
    cache.set_many({"b": 1, "c": 2})
    assert cache.incr("b") == 2
    assert cache.get_many(["b", "c", "d"]) == {"b": 2, "c": 2}
    assert ("c" in cache, "d" in cache, cache.touch("c", 5)) == (True, False, True)
    assert (cache.delete("c"), cache.delete("c")) == (True, False)
    cache.delete_many(["a", "b"])
    assert cache.get_many(["a", "b", "c"]) == {}


def test_without_redis_it_is_an_empty_cache(cache, redis_server):
    cache.set("a", 1)
    redis_server.stop()
    assert cache.get("a", "default") == "default"
    assert cache.get_or_set("a", lambda: 7) == 7
    assert cache.add("a", 1) is True
    cache.set("a", 1)
    cache.set_many({"a": 1})
    cache.delete_many(["a"])
    assert (cache.delete("a"), cache.touch("a"), "a" in cache, cache.clear()) == (False, False, False, False)
    assert cache.get_many(["a"]) == {}
    with pytest.raises(ValueError, match="not in the cache"):
        cache.incr("a")


def test_what_could_not_be_deleted_is_not_served_when_redis_is_back(
    cache, redis_server, no_pause, monkeypatch
):
    cache.set("a", "old")
    url = redis_server.url
    with monkeypatch.context() as patch:
        # The server stays up with its data; only this process cannot reach it.
        patch.setattr(cache._cache, "_pools", {})
        patch.setattr(cache._cache, "_servers", ["redis://127.0.0.1:9/0"])
        cache.delete("a")
    assert cache._cache._servers == [url]
    assert cache.get("a") is None


def test_clearing_leaves_the_task_queue_in_the_same_database(cache, redis_server):
    import redis

    with redis.Redis.from_url(redis_server.url) as client:
        client.rpush("celery", "a task")
        cache.set("a", 1)
        cache.clear()
        assert client.keys() == [b"celery"]


def test_a_server_that_never_answers_costs_half_a_second_once(settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.CACHES = {
            "default": {
                "BACKEND": "cms.cache.FailOpenRedisCache",
                "LOCATION": f"redis://127.0.0.1:{silent.getsockname()[1]}/0",
                "KEY_PREFIX": "mitmischen",
                "OPTIONS": {"socket_timeout": 0.25, "socket_connect_timeout": 0.25},
            }
        }
        began = time.monotonic()
        assert caches["default"].get("a") is None
        first = time.monotonic()
        for _ in range(100):
            caches["default"].get("a")
        assert first - began < 1
        assert time.monotonic() - first < 0.1


@pytest.mark.django_db
def test_the_site_answers_when_redis_is_stopped(cache, redis_server, client):
    assert client.get("/admin/login/").status_code == 200
    redis_server.stop()
    assert client.get("/admin/login/").status_code == 200
