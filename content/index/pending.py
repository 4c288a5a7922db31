"""What changed and is not in the index yet, per thread, and when it is written.

Changes are noted while a transaction runs and written when it has committed, so that pages are read with all that
belongs to them, and many changes of one page cost one write. Whoever reads the index asks ``write_pending`` first:
inside the transaction that changed something, the index is already right for those who are in it.
"""

import threading
from contextlib import contextmanager

from django.db import transaction


class _Pending(threading.local):
    def __init__(self):
        self.keys = set()
        self.roots = set()
        self.holders = 0


_pending = _Pending()


def note(*, keys=(), roots=()):
    """Note that pages changed: those with the translation keys ``keys``, and all below the pages with ids ``roots``."""
    _pending.keys.update(keys)
    _pending.roots.update(roots)
    if not _pending.holders:
        transaction.on_commit(write_pending)


def write_pending():
    """Write what was noted in this thread. Does nothing inside ``indexing_later``."""
    if _pending.holders or not (_pending.keys or _pending.roots):
        return
    from . import services  # it notes changes itself

    keys, roots = _pending.keys, _pending.roots
    _pending.keys, _pending.roots = set(), set()
    try:
        services.write_changes(keys=keys, roots=roots)
    except BaseException:
        _pending.keys |= keys
        _pending.roots |= roots
        raise


@contextmanager
def indexing_later():
    """Index what is saved inside in one go at the end, for imports of many pages."""
    _pending.holders += 1
    try:
        yield
    finally:
        _pending.holders -= 1
        if not _pending.holders and (_pending.keys or _pending.roots):
            transaction.on_commit(write_pending)
