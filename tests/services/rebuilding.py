"""What many tests begin with, built by the product's own code once per process and then written again.

Building a small site takes a quarter of a second, writing the same rows a hundredth of one. Each time the database
has to give out the same ids: SQLite does after a test was rolled back, PostgreSQL is told to. In tests that commit,
and where the database holds something else than the first time, everything is built as usual.
"""

import datetime
import functools
from contextlib import nullcontext
from dataclasses import dataclass, field
from types import SimpleNamespace

from django.db import connection
from django.db.models import Model
from django.test import TestCase

from content.index.pending import write_pending

READS = ("SELECT", "SAVEPOINT", "RELEASE", "PRAGMA", "EXPLAIN")
_SEQUENCES = """
    SELECT sequence.oid::regclass::text, quote_ident(owner.relname), quote_ident(attname)
    FROM pg_class AS sequence
    JOIN pg_depend ON pg_depend.objid = sequence.oid AND deptype IN ('a', 'i')
    JOIN pg_class AS owner ON owner.oid = refobjid
    JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
    WHERE sequence.relkind = 'S'
    ORDER BY 1
"""


@dataclass(frozen=True)
class _Row:
    model: type
    pk: object


@dataclass(frozen=True)
class _Namespace:
    kind: type
    attributes: dict


@dataclass
class _Recording:
    """``writes``: statements and their parameters in order; ``made``: what was returned, with ``_Row`` for rows."""

    writes: list = field(default_factory=list)
    made: object = None

    def note(self, execute, sql, params, many, context):
        """Run a statement and keep it when it writes."""
        if not sql.lstrip().startswith(READS):
            # Taken back halfway, the rows would not be those of a second run.
            assert not sql.startswith("ROLLBACK")
            self.writes.append((sql, params, many))
        return execute(sql, params, many, context)


_recordings = {}


def built(build, *arguments, committed=False):
    """Return what ``build(*arguments)`` returns, with everything in the database that it wrote the first time.

    That is a row, or an object, list or dict of rows; these rows, and those among the arguments, come fresh from the
    database. ``committed``: what happens after commit has happened too.
    """
    if not connection.in_atomic_block:
        return build(*arguments)
    # Rows of the same ids may hold something else when something else was built; so what was there counts as well.
    key = (build, repr(_kept(arguments)), committed, connection.vendor, _ids_given_out())
    recording = _recordings.get(key)
    if recording is None:
        recording = _Recording()
        with connection.execute_wrapper(recording.note):
            with TestCase.captureOnCommitCallbacks(execute=True) if committed else nullcontext():
                made = build(*arguments)
            write_pending()
        recording.made = _kept(made)
        _recordings[key] = recording
    else:
        with connection.cursor() as cursor:
            for sql, params, many in recording.writes:
                (cursor.executemany if many else cursor.execute)(sql, params)
        connection.wrote_to_index = True
    _refresh(arguments)
    return _brought_back(recording.made)


def built_once(function=None, *, committed=False):
    """Let a fixture's function return what ``built`` makes of it. What it is given is part of what it is known by."""
    if function is None:
        return functools.partial(built_once, committed=committed)

    @functools.wraps(function)
    def fixture(**arguments):
        return built(function, *arguments.values(), committed=committed)

    return fixture


def _ids_given_out():
    """Return the last ids of all tables; on PostgreSQL the next ones will follow these, whatever was taken back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return tuple(cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name").fetchall())
        sequences = _sequences(connection.settings_dict["NAME"])
        lasts = ", ".join(f"(SELECT max({column}) FROM {table})" for _name, table, column in sequences)  # noqa: S608 – names from the catalogue
        last = cursor.execute(f"SELECT {lasts}").fetchone()
        given = zip(sequences, last, strict=True)
        calls = ", ".join(f"setval('{name}', {number or 1}, {bool(number)})" for (name, *_), number in given)
        cursor.execute(f"SELECT {calls}")
        return last


@functools.cache
def _sequences(database):
    with connection.cursor() as cursor:
        return cursor.execute(_SEQUENCES).fetchall()


def _refresh(value):
    """Let rows that were built upon know it: a page counts its children."""
    if isinstance(value, Model):
        value.refresh_from_db()
    elif isinstance(value, list | tuple):
        for each in value:
            _refresh(each)
    elif isinstance(value, dict):
        _refresh(list(value.values()))
    elif _holds_rows(value):
        _refresh(vars(value))


def _holds_rows(value):
    return isinstance(value, SimpleNamespace) or type(value).__module__.startswith("tests.")


def _kept(value):
    if isinstance(value, Model):
        return _Row(type(value), value.pk)
    if isinstance(value, dict):
        return {name: _kept(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_kept, value))
    if _holds_rows(value):
        return _Namespace(type(value), _kept(vars(value)))
    # Whatever else could hold rows that are gone.
    assert value is None or isinstance(value, str | int | datetime.date), value
    return value


def _brought_back(value):
    if isinstance(value, _Row):
        return value.model._default_manager.get(pk=value.pk)
    if isinstance(value, dict):
        return {name: _brought_back(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_brought_back, value))
    if isinstance(value, _Namespace):
        made = value.kind.__new__(value.kind)
        vars(made).update(_brought_back(value.attributes))
        return made
    return value
