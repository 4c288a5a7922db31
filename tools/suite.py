"""Runs the whole suite: installs what its groups need, then SQLite, then PostgreSQL, one honest last line.

Called by ``make test``; arguments go to pytest. STRICT=1 makes a group that cannot run a failure.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.services.groups import BOTH_DATABASES, GROUPS, missing, node_directory, postgres_program
from tests.services.postgres import postgres_server

ROOT = Path(__file__).parents[1]
NO_TESTS_COLLECTED = 5


def can_install():
    """Return whether Debian packages can be installed here: root, and apt-get on the PATH."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_packages():
    """Install the Debian packages of groups whose programs are missing. What fails stays missing."""
    wanted = [name for group in GROUPS if group.lacks() for name in group.packages]
    if not wanted or not can_install():
        return
    print("Installing " + ", ".join(wanted), flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *wanted]):
        subprocess.run(["apt-get", *command], env=environment, stdout=subprocess.DEVNULL, check=False)


def install_node_packages():
    """Install ``tests/node/package-lock.json`` beside the sources' tree, once per content of that file."""
    sources = ROOT / "tests" / "node"
    lock = (sources / "package-lock.json").read_bytes()
    target = node_directory()
    stamp = target / "installed-lock.json"
    if not shutil.which("npm") or (stamp.exists() and stamp.read_bytes() == lock):
        return
    print(f"Installing the packages of {sources.relative_to(ROOT)}", flush=True)
    target.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(sources / name, target)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=target, check=False).returncode == 0:
        stamp.write_bytes(lock)


def run_pytest(arguments, **environment):
    """Run pytest and return its exit code and the report that ``tests/services/reporting.py`` wrote."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "report.json"
        code = subprocess.run(
            [sys.executable, "-m", "pytest", *arguments],
            cwd=ROOT,
            env={**os.environ, **environment, "SUITE_REPORT": str(path)},
            check=False,
        ).returncode
        report = (
            json.loads(path.read_text())
            if path.exists()
            else {"outcomes": {}, "not_run": {}, "both_databases": 0}
        )
    return (0 if code == NO_TESTS_COLLECTED else code), report


def closing_lines(outcomes, not_run, seconds):
    """Return what the suite ends with: a line per group that did not run, and a count of everything."""
    lines = [f"Not run: {group} ({reason}) – {number} tests" for group, (reason, number) in not_run.items()]
    counts = [
        f"{outcomes[name]} {name}"
        for name in ("failed", "error", "passed", "skipped", "xfailed", "xpassed")
        if outcomes[name]
    ]
    return [*lines, f"==== {', '.join(counts) or 'no tests ran'} in {seconds:.0f} s ===="]


def main(arguments):
    started = time.monotonic()
    install_packages()
    install_node_packages()
    os.environ.pop("DATABASE_URL", None)
    with_postgres = postgres_program("initdb") is not None
    print("The suite on SQLite", flush=True)
    code, report = run_pytest([*(["-m", "not postgres"] if with_postgres else []), *arguments])
    codes = [code]
    outcomes = Counter(report["outcomes"])
    not_run = report["not_run"]
    if with_postgres:
        print("What concerns PostgreSQL, on PostgreSQL", flush=True)
        with postgres_server() as url:
            code, report = run_pytest(["-m", f"postgres or {BOTH_DATABASES}", *arguments], DATABASE_URL=url)
        codes.append(code)
        outcomes.update(report["outcomes"])
        for group, (reason, number) in report["not_run"].items():
            not_run[group] = [reason, number + not_run.get(group, [reason, 0])[1]]
    elif report["both_databases"]:
        reason, number = not_run.get("postgres", [missing("postgres"), 0])
        not_run["postgres"] = [reason, number + report["both_databases"]]
    for line in closing_lines(outcomes, not_run, time.monotonic() - started):
        print(line)
    failed = any(codes) or (os.environ.get("STRICT") == "1" and bool(not_run))
    return next(filter(None, codes), int(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
