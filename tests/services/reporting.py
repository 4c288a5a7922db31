"""The order of tests, and closing lines that say what did not run, and why. A pytest plugin of the suite."""

import json
import os
from pathlib import Path

import pytest

from tests.services.groups import (
    BOTH_DATABASES,
    BOTH_DATABASES_DESCRIPTION,
    GROUPS,
    LONG,
    LONG_DESCRIPTION,
    missing,
    runs_on_postgres,
)

REPORT = pytest.StashKey()
PREFIX = "group "


def pytest_configure(config):
    for group in GROUPS:
        config.addinivalue_line("markers", f"{group.marker}: {group.description}")
    config.addinivalue_line("markers", f"{BOTH_DATABASES}: {BOTH_DATABASES_DESCRIPTION}")
    config.addinivalue_line("markers", f"{LONG}: {LONG_DESCRIPTION}")


def pytest_collection_modifyitems(items):
    for item in items:
        for group in GROUPS:
            if item.get_closest_marker(group.marker) and missing(group.marker):
                item.add_marker(pytest.mark.skip(reason=f"{PREFIX}{group.marker}: {missing(group.marker)}"))
                break
    items.sort(key=lambda item: item.get_closest_marker(LONG) is None)


def not_run(terminalreporter):
    """Return ``{group: number of tests}`` that were skipped because the group's needs are missing."""
    counts = {}
    for report in terminalreporter.stats.get("skipped", ()):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        if reason.startswith(PREFIX):
            group = reason.removeprefix(PREFIX).split(":")[0]
            counts[group] = counts.get(group, 0) + 1
    return counts


def _is_controller(config):
    return not hasattr(config, "workerinput")


def pytest_terminal_summary(terminalreporter, config):
    if not _is_controller(config):
        return
    counts = not_run(terminalreporter)
    stats = terminalreporter.stats
    both = {
        report.nodeid
        for outcome in ("passed", "failed", "skipped")
        for report in stats.get(outcome, ())
        if BOTH_DATABASES in report.keywords
    }
    if path := os.environ.get("SUITE_REPORT"):
        Path(path).write_text(
            json.dumps(
                {
                    "outcomes": {
                        name: len(stats[name])
                        for name in ("failed", "passed", "skipped", "xfailed", "xpassed", "error")
                        if stats.get(name)
                    },
                    "not_run": {group: [missing(group), number] for group, number in counts.items()},
                    "both_databases": len(both),
                }
            )
        )
        return
    if both and not runs_on_postgres():
        terminalreporter.write_line(
            f"On SQLite only: {len(both)} tests of both databases; make test runs all."
        )
    for group, number in counts.items():
        terminalreporter.write_line(f"Not run: {group} ({missing(group)}) – {number} tests", yellow=True)


def pytest_sessionfinish(session):
    """A group left out is a failure where the caller asked for everything."""
    if (
        os.environ.get("STRICT") != "1"
        or os.environ.get("SUITE_REPORT")
        or not _is_controller(session.config)
    ):
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and not_run(reporter) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
