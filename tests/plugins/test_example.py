"""The example in ``examples/``: from its sources to every surface, and out again."""

import re
from pathlib import Path

import pytest

from tests.plugins.workshop import ROOT, Installation, build_wheel

EXAMPLE = ROOT / "examples" / "suche-biete"
DUMMY = ROOT / "tests" / "dummy_plugin"
INSIDE = Path("tests/plugins/inside")


@pytest.mark.long
def test_plugins_come_and_go_and_no_line_of_the_platform_changes(tmp_path, snapshots, django_db_blocker):
    """The example as a wheel and the dummy plugin from its directory, together in one installation that was there.

    What is seen while they are there is in ``inside/surfaces.py`` and ``inside/hooks.py``, what remains of them in
    ``inside/afterwards.py``: tests for the installation's own interpreter and database.
    """
    database = tmp_path / "db.sqlite3"
    with django_db_blocker.unblock():
        snapshots.copy_to(database)
    with_plugins = Installation(tmp_path, database=database, path=[DUMMY])
    with_plugins.pip("install", "--no-deps", "--no-index", build_wheel(EXAMPLE, tmp_path))

    with_plugins.manage("migrate", "--verbosity=0")
    assert re.search(r"^\d+ passed in", with_plugins.test(INSIDE / "surfaces.py", INSIDE / "hooks.py"), re.M)

    without = with_plugins
    without.pip("uninstall", "--yes", "mitmischen-suche-biete")
    without.environment["PYTHONPATH"] = ""
    assert re.search(r"^\d+ passed in", without.test(INSIDE / "afterwards.py"), re.M)
