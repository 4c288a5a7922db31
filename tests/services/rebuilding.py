"""What many tests begin with, built by the product's own code once per process and then written again.

Building a site takes a quarter of a second, writing the same rows a hundredth. Only SQLite gives a test that was
rolled back the same ids again, so elsewhere everything is built each time, as it is in another state of the database.
"""

from dataclasses import dataclass, field

from django.db import connection

from content.index.pending import write_pending

READS = ("SELECT", "SAVEPOINT", "RELEASE", "PRAGMA", "EXPLAIN")


@dataclass
class _Recording:
    """``writes``: statements and their parameters in order; ``pages``: attribute → model and primary key."""

    before: list
    writes: list = field(default_factory=list)
    pages: dict = field(default_factory=dict)

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


def built(site_class):
    """Return a ``site_class()``, whose attributes are pages, and whose ``__init__`` makes them in the database."""
    if connection.vendor != "sqlite" or not connection.in_atomic_block:
        return site_class()
    before = _ids_given_out()
    recording = _recordings.get(site_class)
    if recording and recording.before == before:
        return _write_again(recording, site_class)
    recording = _Recording(before)
    with connection.execute_wrapper(recording.note):
        site = site_class()
        write_pending()
    recording.pages = {name: (type(page), page.pk) for name, page in vars(site).items()}
    _recordings.setdefault(site_class, recording)
    return site


def _write_again(recording, site_class):
    with connection.cursor() as cursor:
        for sql, params, many in recording.writes:
            (cursor.executemany if many else cursor.execute)(sql, params)
    connection.wrote_to_index = True
    site = site_class.__new__(site_class)
    for name, (model, pk) in recording.pages.items():
        setattr(site, name, model.objects.get(pk=pk))
    return site
