"""The groups of tests that need more than Python, what each needs, and how to get it.

One table drives the markers, the skips, the installation and the closing lines. Imported before Django is.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BOTH_DATABASES = "both_databases"
BOTH_DATABASES_DESCRIPTION = "runs on SQLite and once more on PostgreSQL"
LONG = "long"
LONG_DESCRIPTION = "takes longer than ten seconds; begins first, so that at the end no process waits for it"


@dataclass(frozen=True)
class Group:
    """Tests marked ``marker`` and what they need on this machine.

    ``lacks()`` returns "" or what is not there, as it reads in "Not run: browser (no Chromium)".
    ``packages``: the Debian packages that bring it.
    """

    marker: str
    description: str
    lacks: Callable[[], str]
    packages: tuple[str, ...]


def postgres_program(name):
    """Return the path of PostgreSQL's program ``name``, or None. Debian keeps ``initdb`` off the PATH."""
    installed = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(installed, key=lambda path: float(path.parent.parent.name), default=None)
    return str(newest) if newest else shutil.which(name)


def chromium_program():
    """Return the path of Chromium, or None."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def node_directory():
    """Return the directory that ``tests/node/package.json`` is installed in; NODE_DIR moves it."""
    return Path(os.environ.get("NODE_DIR") or Path(__file__).parents[2] / "var" / "node")


def runs_on_postgres():
    """Return whether this run's database is PostgreSQL."""
    return os.environ.get("DATABASE_URL", "").startswith(("postgres:", "postgresql:"))


def _needs(**programs):
    """Return a function that names the first of ``programs`` (label: program) that is not on the PATH."""
    return lambda: next((f"no {label}" for label, name in programs.items() if not shutil.which(name)), "")


GROUPS = (
    Group(
        "postgres",
        "runs on PostgreSQL only",
        lambda: "" if postgres_program("initdb") else "no PostgreSQL",
        ("postgresql",),
    ),
    Group(
        "services",
        "talks to a real Redis, perhaps through a real Celery worker",
        _needs(Redis="redis-server"),
        ("redis-server",),
    ),
    Group("gettext", "calls gettext's programs", _needs(gettext="msgfmt"), ("gettext",)),
    Group(
        "browser",
        "drives a real Chromium",
        lambda: "" if chromium_program() else "no Chromium",
        ("chromium",),
    ),
    Group("xml", "checks documents against schemas", _needs(xmllint="xmllint"), ("libxml2-utils",)),
    Group(
        "node",
        "asks judges written for Node or Java",
        _needs(Node="node", npm="npm", Java="java"),
        ("nodejs", "npm", "default-jre-headless"),
    ),
)


@cache
def missing(marker):
    """Return why tests marked ``marker`` cannot run in this process, "" when they can."""
    group = next(group for group in GROUPS if group.marker == marker)
    if lacking := group.lacks():
        return lacking
    if marker == "postgres" and not runs_on_postgres():
        return "this run is on SQLite"
    if marker == "node" and not (node_directory() / "node_modules").is_dir():
        return "its packages are not installed"
    return ""
