"""A kept copy of the migrated SQLite test database: hundreds of migrations once, not once per run.

``migrate`` still runs on top of the copy, so its signals do their work, and a migration that the copy
does not hold yet is applied. A change to a migration, a setting or a requirement makes a new copy.
"""

import hashlib
import sqlite3
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created

SOURCES = ("requirements.txt", "cms/settings/*.py", "*/migrations/*.py")
KEPT = 3


def path():
    """Return where the copy for the present sources lies."""
    digest = hashlib.sha256(repr(settings.INSTALLED_APPS).encode())
    for source in sorted(path for pattern in SOURCES for path in Path(settings.BASE_DIR).glob(pattern)):
        digest.update(source.read_bytes())
    return Path(settings.BASE_DIR) / "var" / "test-databases" / f"{digest.hexdigest()[:16]}.sqlite3"


def _is_in_memory(connection):
    return connection.vendor == "sqlite" and connection.is_in_memory_db()


@contextmanager
def offered():
    """Within this context the first connection to an empty test database in memory finds the copy's content."""

    def fill(sender, connection, **kwargs):
        if not (_is_in_memory(connection) and path().exists()):
            return
        database = connection.connection
        if database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            with _opened(path()) as copy:
                copy.backup(database)

    connection_created.connect(fill)
    try:
        yield
    finally:
        connection_created.disconnect(fill)


def keep():
    """Keep a copy of the test database as it is now, unless there is one; forget the oldest ones."""
    target = path()
    if not _is_in_memory(connection) or target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(f".{id(connection)}")
    connection.ensure_connection()
    with _opened(unfinished) as copy:
        connection.connection.backup(copy)
    unfinished.replace(target)
    for old in sorted(target.parent.glob("*.sqlite3"), key=lambda copy: copy.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)


@contextmanager
def _opened(file):
    database = sqlite3.connect(file)
    try:
        yield database
    finally:
        database.close()
