"""Prepares everything the demo needs, serves it, and says where to look.

Environment: PORT, DATABASE_URL, REDIS_URL. What is prepared already is not prepared again.
"""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from tools import serve

ROOT = Path(__file__).parents[1]
PASSWORD = "mitmischen-demo"  # noqa: S105  (printed in public; works where DEMO is on only)
CATALOGUES = ("locale/*/LC_MESSAGES/*.po", "cms/supplement/*/LC_MESSAGES/*.po")
# All that decides what the database and the compiled catalogues hold.
SOURCES = (
    "requirements.txt",
    "cms/settings/*.py",
    *CATALOGUES,
    "*/migrations/*.py",
    "*/demo/**/*",
    "*/demo.py",
    "*/management/commands/demo.py",
)


def fingerprint(root=ROOT):
    """Return a hash over the content of all ``SOURCES`` below ``root``."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in root.glob(pattern)}):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(root)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


class Stamp:
    """Remembers, per database, what it was prepared from and whose logins it has."""

    def __init__(self, database_url):
        name = hashlib.sha256(database_url.encode()).hexdigest()[:16] if database_url else "embedded"
        self.path = ROOT / "var" / "stamps" / f"{name}.json"

    def read(self):
        """Return ``{"fingerprint": …, "logins": […]}``, or ``{}`` when the database was never prepared."""
        return json.loads(self.path.read_text()) if self.path.exists() else {}

    def write(self, **content):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(content))


def is_prepared(stamp, wanted):
    """Return whether the embedded default is ready to serve, without loading Django to find out."""
    catalogues = [path for pattern in CATALOGUES for path in ROOT.glob(pattern)]
    compiled = all(path.with_suffix(".mo").exists() for path in catalogues)
    database = ROOT / "var" / "db.sqlite3"
    return stamp.read().get("fingerprint") == wanted and compiled and database.exists()


def prepare(stamp, wanted):
    """Compile the catalogues, migrate, load the demo content: whatever is not done yet."""
    # In a process of its own: what this one has once read of a language, it does not read again.
    subprocess.run([sys.executable, "manage.py", "compile_catalogues"], cwd=ROOT, check=True)

    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    was_empty = not executor.loader.applied_migrations
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
    if was_empty or stamp.read().get("fingerprint") != wanted:
        call_command("demo")
        logins = get_user_model().objects.filter(is_active=True).order_by("pk")
        stamp.write(fingerprint=wanted, logins=[user.get_username() for user in logins])
    connection.close()


def table(base_url, logins):
    """Return what is printed when the site answers: addresses, and the names in ``logins``."""
    from cms.settings.languages import LANGUAGE_TABLE

    addresses = [("Site", f"{base_url}/")]
    addresses += [(language.endonym, f"{base_url}/{language.code}/") for language in LANGUAGE_TABLE]
    addresses += [("Editing", f"{base_url}/admin/")]
    width = max(len(label) for label, _ in addresses)
    lines = ["", *(f"  {label:<{width}}  {address}" for label, address in addresses)]
    if logins:
        lines += ["", f"  Logins for editing, each with the password {PASSWORD}:", ""]
        lines += [f"  {name}" for name in logins]
    return "\n".join([*lines, "", "  Ctrl-C stops it.", ""])


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    port = int(os.environ.get("PORT") or 8000)
    if not serve.is_free(port):
        sys.exit(f"Port {port} is in use. Another one: make demo PORT={port + 1}")
    base_url = os.environ.setdefault("BASE_URL", f"http://127.0.0.1:{port}")
    database_url = os.environ.get("DATABASE_URL", "")
    stamp, wanted = Stamp(database_url), fingerprint()
    if database_url or not is_prepared(stamp, wanted):
        try:
            prepare(stamp, wanted)
        except KeyboardInterrupt:
            sys.exit("\nStopped. The next `make demo` goes on from here.")
    processes = serve.commands(port=port, redis_url=os.environ.get("REDIS_URL", ""))
    sys.exit(
        serve.run(
            processes,
            port=port,
            when_ready=lambda: print(table(base_url, stamp.read()["logins"]), flush=True),
        )
    )


if __name__ == "__main__":
    main()
