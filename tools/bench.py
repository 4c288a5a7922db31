"""Runs the benchmarks of ``benchmarks/`` on SQLite and, where it is installed, on PostgreSQL.

Each ``benchmarks/<name>.py`` is a module with a ``main()`` that builds its own data and prints its figures. It runs
in a process of its own, with Django set up and ``DATABASE_URL`` naming a migrated database that is thrown away
afterwards. Called by ``make bench``; names of benchmarks as arguments pick some. Exits 1 when one failed.

With ``DATABASE_URL=postgres://…`` only that server is measured, in a database of the benchmark's own; what is in the
database of that name is not touched. The user has to be allowed to create databases.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg

from tests.services.groups import postgres_program, runs_on_postgres
from tests.services.postgres import postgres_server

ROOT = Path(__file__).parents[1]
PROGRAM = "import django, importlib, sys; django.setup(); importlib.import_module(sys.argv[1]).main()"


def names(root=ROOT):
    """Return the names of all benchmarks below ``root``."""
    return sorted(path.stem for path in root.glob("benchmarks/*.py") if not path.stem.startswith("_"))


@contextmanager
def sqlite_database():
    """Yield the URL of a SQLite database in a temporary directory."""
    with tempfile.TemporaryDirectory(prefix="mitmischen-bench-") as directory:
        yield f"sqlite:///{directory}/db.sqlite3"


@contextmanager
def database_beside(url):
    """Yield the URL of a new database on the server of ``url``; it and its copies are dropped afterwards."""
    server, _, _name = url.rpartition("/")
    name = f"mitmischen_bench_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as session:
        session.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(url, autocommit=True) as session:
            copies = session.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name]
            ).fetchall()
            for (copy,) in copies:
                session.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


@contextmanager
def postgres_database():
    """Yield the URL of a database on a PostgreSQL server of its own."""
    with postgres_server() as url, database_beside(url) as own:
        yield own


def databases():
    """Return ``{label: context manager of a URL}`` of the databases that can be measured here."""
    if runs_on_postgres():
        return {"PostgreSQL": partial(database_beside, os.environ["DATABASE_URL"])}
    found = {"SQLite": sqlite_database}
    if postgres_program("initdb"):
        found["PostgreSQL"] = postgres_database
    return found


def run(name, url, root=ROOT):
    """Run the benchmark ``name`` below ``root`` on the empty database ``url``; return whether it succeeded.

    What it uploads goes to a folder that is thrown away as well.
    """
    with tempfile.TemporaryDirectory(prefix="mitmischen-bench-media-") as media:
        return _run(name, url, root, media)


def _run(name, url, root, media):
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "MEDIA_ROOT": media,
        "DATABASE_URL": url,
        "REDIS_URL": "",
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "PYTHONUNBUFFERED": "1",
    }
    migrate = [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity", "0"]
    measure = [sys.executable, "-c", PROGRAM, f"benchmarks.{name}"]
    return all(
        subprocess.run(command, cwd=directory, env=environment, check=False).returncode == 0
        for command, directory in ((migrate, ROOT), (measure, root))
    )


def main(arguments):
    known = names()
    if unknown := set(arguments) - set(known):
        sys.exit(
            f"There is no benchmark {', '.join(sorted(unknown))}; there is {', '.join(known) or 'none'}."
        )
    failed = False
    for label, database in databases().items():
        for name in arguments or known:
            print(f"\n{name} on {label}", flush=True)
            with database() as url:
                failed = not run(name, url) or failed
    if "PostgreSQL" not in databases():
        print("\nNot measured: PostgreSQL, which is not installed.")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
