"""What many tests begin with, built by the product's own code once per process and then written again.

Building a small site takes a quarter of a second, writing the same rows a hundredth of one. Only SQLite gives the
same ids again after a test was rolled back. Elsewhere, in tests that commit, and where the database holds something
else than the first time, everything is built as usual.
"""

import datetime
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Model

from content.index.pending import write_pending

READS = ("SELECT", "SAVEPOINT", "RELEASE", "PRAGMA", "EXPLAIN")


@dataclass(frozen=True)
class _Row:
    model: type
    pk: int


@dataclass
class _Recording:
    """``writes``: statements and their parameters in order; ``attributes``: of the world, with ``_Row`` for rows."""

    before: list
    writes: list = field(default_factory=list)
    attributes: dict = field(default_factory=dict)

    def note(self, execute, sql, params, many, context):
        """Run a statement and keep it when it writes."""
        if not sql.startswith(READS):
            # Taken back halfway, the rows would not be those of a second run.
            assert not sql.startswith("ROLLBACK")
            self.writes.append((sql, params, many))
        return execute(sql, params, many, context)


_recordings = {}


def _ids_given_out():
    with connection.cursor() as cursor:
        return cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name").fetchall()


def built(world_class, *arguments):
    """Return a ``world_class(*arguments)`` that has in the database, and as attributes, what its ``__init__`` makes."""
    if connection.vendor != "sqlite" or not connection.in_atomic_block:
        return world_class(*arguments)
    before = _ids_given_out()
    recording = _recordings.get((world_class, arguments))
    if recording and recording.before == before:
        return _write_again(recording, world_class)
    recording = _Recording(before)
    with connection.execute_wrapper(recording.note):
        world = world_class(*arguments)
        write_pending()
    recording.attributes = {name: _kept(value) for name, value in vars(world).items()}
    _recordings.setdefault((world_class, arguments), recording)
    return world


def _write_again(recording, world_class):
    with connection.cursor() as cursor:
        for sql, params, many in recording.writes:
            (cursor.executemany if many else cursor.execute)(sql, params)
    connection.wrote_to_index = True
    world = world_class.__new__(world_class)
    vars(world).update({name: _brought_back(value) for name, value in recording.attributes.items()})
    return world


def _kept(value):
    if isinstance(value, Model):
        return _Row(type(value), value.pk)
    if isinstance(value, dict):
        return {name: _kept(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_kept(each) for each in value]
    # Whatever else could hold rows that are gone.
    assert isinstance(value, str | int | datetime.date), value
    return value


def _brought_back(value):
    if isinstance(value, _Row):
        return value.model._default_manager.get(pk=value.pk)
    if isinstance(value, dict):
        return {name: _brought_back(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_brought_back(each) for each in value]
    return value
