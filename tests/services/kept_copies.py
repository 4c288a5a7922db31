"""Copies of the SQLite test database that outlive a run: migrated, and with the demo content.

Each lies below ``var/test-databases`` under a hash of all it was made from, so that a change makes a new one. On top
of the migrated copy ``migrate`` still runs: its signals do their work, and what the copy lacks is applied.
"""

import datetime
import fcntl
import hashlib
import shutil
import sqlite3
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created

ROOT = Path(settings.BASE_DIR)
DIRECTORY = ROOT / "var" / "test-databases"
APPS = ("accounts", "cms", "content", "events", "home", "offers", "organisations", "partners", "translation")
DATA = {".csv", ".json", ".po", ".py", ".txt"}
KEPT = 4


def _hash_of(paths, *more):
    digest = hashlib.sha256(repr((settings.INSTALLED_APPS, *more)).encode())
    for path in sorted(paths):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def migrated():
    """Return where the migrated copy for the present sources lies."""
    sources = [ROOT / "requirements.txt", *ROOT.glob("cms/settings/*.py"), *ROOT.glob("*/migrations/*.py")]
    return DIRECTORY / f"migrated-{_hash_of(sources)}"


def with_demo():
    """Return where the copy with the demo content lies. Any code may write it, and its dates lie around today."""
    sources = [path for app in APPS for path in (ROOT / app).rglob("*") if path.suffix in DATA]
    return DIRECTORY / f"demo-{_hash_of([ROOT / 'requirements.txt', *sources], datetime.date.today())}"


def is_possible():
    """Return whether this process's database can be kept: SQLite in memory."""
    return connection.vendor == "sqlite" and connection.is_in_memory_db()


@contextmanager
def alone(copy):
    """Hold other processes off ``copy`` within this context: one makes it, the others find it made."""
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    with copy.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def keep(copy):
    """Keep database and uploads as they are now as ``copy``, unless it is there; forget the oldest ones."""
    if not is_possible() or copy.exists():
        return
    unfinished = copy.with_suffix(f".{id(connection)}")
    unfinished.mkdir(parents=True)
    connection.ensure_connection()
    with _opened(unfinished / "db.sqlite3") as database:
        connection.connection.backup(database)
    shutil.copytree(settings.MEDIA_ROOT, unfinished / "media")
    try:
        unfinished.rename(copy)
    except OSError:
        # Another process was quicker with the same.
        shutil.rmtree(unfinished)
    copies = sorted(filter(Path.is_dir, DIRECTORY.iterdir()), key=lambda path: path.stat().st_mtime)
    for old in copies[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
        old.with_suffix(".lock").unlink(missing_ok=True)


def restore(copy):
    """Bring ``copy`` back as this process's database and uploads and return True; False when there is none."""
    if not is_possible() or not copy.exists():
        return False
    connection.ensure_connection()
    with _opened(copy / "db.sqlite3") as database:
        database.backup(connection.connection)
    shutil.copytree(copy / "media", settings.MEDIA_ROOT, dirs_exist_ok=True)
    return True


@contextmanager
def offered():
    """Within this context the first connection to an empty test database finds the migrated copy's content."""

    def fill(sender, connection, **kwargs):
        copy = migrated() / "db.sqlite3"
        if not (connection.vendor == "sqlite" and connection.is_in_memory_db() and copy.exists()):
            return
        if connection.connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            with _opened(copy) as database:
                database.backup(connection.connection)

    connection_created.connect(fill)
    try:
        yield
    finally:
        connection_created.disconnect(fill)


@contextmanager
def _opened(file):
    database = sqlite3.connect(file)
    try:
        yield database
    finally:
        database.close()
