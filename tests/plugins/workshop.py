"""Builds a plugin and gives it an environment of its own, as an operator would."""

import os
import shutil
import site
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_SOURCES = ("build", "dist", "*.egg-info", "*.mo", "__pycache__")


def run(*command, **options):
    """Run ``command`` and return what it printed; raises ``AssertionError`` with all of it when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **options,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def build_wheel(sources, directory):
    """Build the distribution in ``sources`` from a copy below ``directory``; return the path of its wheel."""
    copy = directory / "sources"
    shutil.copytree(sources, copy, ignore=shutil.ignore_patterns(*NOT_SOURCES))
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", copy)
    (wheel,) = (copy / "dist").glob("*.whl")
    return wheel


class Installation:
    """A virtual environment with a database of its own.

    It reads the suite's packages through a ``.pth`` file; what is installed into it, the suite does not see.
    ``path``: further directories to import from.
    """

    def __init__(self, directory, *, database, path=()):
        environment = directory / "environment"
        run(sys.executable, "-m", "venv", "--without-pip", environment)
        self.python = environment / "bin" / "python"
        (packages,) = environment.glob("lib/python*/site-packages")
        (packages / "suite.pth").write_text("\n".join(site.getsitepackages()))
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
        self.environment = {
            **kept,
            "DATABASE_URL": f"sqlite:///{database}",
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
            "MEDIA_ROOT": str(directory / "media"),
            "PYTHONPATH": os.pathsep.join(map(str, path)),
        }

    def pip(self, *arguments):
        """Let the suite's pip work on this environment."""
        pip = [sys.executable, "-m", "pip", "--python", self.python, "--disable-pip-version-check", "--quiet"]
        return run(*pip, *arguments)

    def manage(self, *arguments):
        """Run a management command here; return what it printed."""
        return run(self.python, "manage.py", *arguments, cwd=ROOT, env=self.environment)

    def test(self, *files):
        """Run the tests in ``files`` here, all of which have to pass; return what pytest printed."""
        options = ["-q", "--tb=short", "-p", "no:cacheprovider", "-p", "no:xdist"]
        return run(self.python, "-m", "pytest", *options, *files, cwd=ROOT, env=self.environment)
