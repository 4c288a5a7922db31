"""States of the test database that can be brought back in milliseconds.

Tests that commit (``transactional_db``, ``live_server``) leave the database changed, and emptying it would
also remove what migrations put there: the root page, the locales, the site. So after each of them the
snapshot the test began with is restored: SQLite copies page by page, PostgreSQL copies a template database.
"""

import sqlite3
from contextlib import closing
from importlib import import_module

from django.db import connection, connections

INITIAL = "initial"


class Snapshots:
    """Named states of the default test database of this process. ``current`` is restored after each commit."""

    def __init__(self):
        self.current = INITIAL
        self._copies = {}

    def __contains__(self, name):
        return name in self._copies

    def take(self, name):
        """Keep the database as it is under ``name`` and make that the current state."""
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            self._copies[name] = sqlite3.connect(":memory:", check_same_thread=False)
            connection.connection.backup(self._copies[name])
        else:
            self._copies[name] = f"{connection.settings_dict['NAME']}_{name}"
            _copy_database(connection.settings_dict["NAME"], self._copies[name])
        self.current = name

    def restore(self, name=None):
        """Bring the state ``name`` back, or the current one, and make it current."""
        self.current = name or self.current
        copy = self._copies[self.current]
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            copy.backup(connection.connection)
        else:
            _copy_database(copy, connection.settings_dict["NAME"])
        _forget_what_processes_remember()

    def copy_to(self, target):
        """Write the freshly migrated state into ``target``: a file on SQLite, a database of this server elsewhere.

        For programs that a test starts on a database of their own: that takes a second, migrating twenty.
        """
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(target)) as database:
                self._copies[INITIAL].backup(database)
        else:
            _copy_database(self._copies[INITIAL], target)

    def make_ready_to_be_emptied(self):
        """Take away what keeps the audit log from being emptied; ``restore`` brings it back."""
        guard = import_module("content.migrations.0008_let_nobody_change_the_audit_log")
        with connection.cursor() as cursor:
            for statement in guard.DROP[connection.vendor]:
                cursor.execute(statement)

    def discard(self):
        """Remove all copies."""
        for copy in self._copies.values():
            if connection.vendor == "sqlite":
                copy.close()
            else:
                with connection._nodb_cursor() as cursor:
                    cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        self._copies.clear()


def _copy_database(source, target):
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [source],
        )
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}" STRATEGY FILE_COPY')


def _forget_what_processes_remember():
    """Django, Wagtail and our cache remember rows by id; ids may mean something else in another state."""
    from django.apps import apps
    from django.contrib.contenttypes.models import ContentType
    from django.core.cache import cache
    from wagtail.models import Site

    from content.index.facets import forget

    ContentType.objects.clear_cache()
    # A page in memory asks for its type, also in tests that need no database.
    ContentType.objects.get_for_models(*apps.get_models())
    Site.clear_site_root_paths_cache()
    cache.clear()
    forget()
