"""A second database beside the one of the run: as it was when the site was small."""

import sqlite3
from contextlib import closing

import psycopg
from django.conf import settings
from django.db import connection


def copy_database():
    """Copy the database in use as it is now, beside it, and return the URL of the copy."""
    if connection.vendor == "sqlite":
        path = f"{settings.DATABASES['default']['NAME']}.small"
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as target:
            connection.connection.backup(target)
        return f"sqlite:///{path}"
    # PostgreSQL copies no database that somebody is connected to.
    connection.close()
    server, _, name = settings.DATABASE_URL.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as session:
        session.execute(f'CREATE DATABASE "{name}_small" TEMPLATE "{name}"')
    return f"{server}/{name}_small"
