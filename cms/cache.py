"""A cache on Redis that fails open: without Redis the site is slower, not broken."""

import logging
import time

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

# A page asks the cache many times; it must not wait for an absent server more than once.
PAUSE_SECONDS = 5
# One more try at once: a connection that Redis closed while it was idle is noticed only when it is used.
RETRIES = 1


class FailOpenRedisCacheClient(RedisCacheClient):
    """Answers as an empty cache would while Redis does not; leaves it alone for ``PAUSE_SECONDS`` after a failure.

    What could not be written or deleted meanwhile may be stale in Redis, so this process empties the cache
    before it uses it again.
    """

    def __init__(self, servers, *, prefix, **options):
        super().__init__(servers, retry=Retry(NoBackoff(), RETRIES), **options)
        self._prefix = prefix
        self._paused_until = 0.0
        self._lost_a_write = False

    def _attempt(self, operation, *arguments, otherwise, writes=True):
        if time.monotonic() >= self._paused_until:
            try:
                if self._lost_a_write:
                    self._empty()
                    self._lost_a_write = False
                return operation(*arguments)
            except (RedisError, OSError) as error:
                self._paused_until = time.monotonic() + PAUSE_SECONDS
                logger.warning("The cache does not answer; going on without it for a while: %s", error)
        self._lost_a_write = self._lost_a_write or writes
        return otherwise

    def _empty(self):
        client = self.get_client(write=True)
        for key in client.scan_iter(match=f"{self._prefix}:*", count=1000):
            client.unlink(key)
        return True

    def add(self, key, value, timeout):
        return self._attempt(super().add, key, value, timeout, otherwise=True)

    def get(self, key, default):
        return self._attempt(super().get, key, default, otherwise=default, writes=False)

    def set(self, key, value, timeout):
        return self._attempt(super().set, key, value, timeout, otherwise=None)

    def touch(self, key, timeout):
        return self._attempt(super().touch, key, timeout, otherwise=False, writes=False)

    def delete(self, key):
        return self._attempt(super().delete, key, otherwise=False)

    def get_many(self, keys):
        return self._attempt(super().get_many, keys, otherwise={}, writes=False)

    def has_key(self, key):
        return self._attempt(super().has_key, key, otherwise=False, writes=False)

    def incr(self, key, delta):
        count = self._attempt(super().incr, key, delta, otherwise=None)
        if count is None:
            raise ValueError(f"Key “{key}” is not in the cache, which does not answer.")
        return count

    def set_many(self, data, timeout):
        return self._attempt(super().set_many, data, timeout, otherwise=None)

    def delete_many(self, keys):
        return self._attempt(super().delete_many, keys, otherwise=None)

    def clear(self):
        """Delete our own keys only; ``FLUSHDB`` would also empty a task queue in the same database."""
        return self._attempt(self._empty, otherwise=False)


class FailOpenRedisCache(RedisCache):
    """Django's Redis cache with ``FailOpenRedisCacheClient``. Needs a ``KEY_PREFIX``.

    Never keep in it what must not be lost, and never a count that protects something.
    """

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = FailOpenRedisCacheClient
        self._options = {**self._options, "prefix": self.key_prefix}
