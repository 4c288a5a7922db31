"""The commands a newcomer meets: ``make`` explains itself, and the suite says honestly what it ran."""

import subprocess
from pathlib import Path

import pytest

from tools import bench
from tools.suite import closing_lines

ROOT = Path(__file__).parents[1]


def test_make_alone_lists_every_target_with_a_line():
    listed = subprocess.run(
        ["make"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    targets = {line.split()[1]: line.split(maxsplit=2)[2] for line in listed}
    assert {"demo", "test", "lint", "bench", "messages"} <= targets.keys()
    assert all(len(explanation) > 10 for explanation in targets.values())


def test_the_closing_lines_name_each_group_that_did_not_run_and_count_everything():
    lines = closing_lines(
        {"passed": 300, "failed": 1, "skipped": 12, "error": 0, "xfailed": 0, "xpassed": 0},
        {"browser": ("no Chromium", 12)},
        61.4,
    )
    assert lines == [
        "Not run: browser (no Chromium) – 12 tests",
        "==== 1 failed, 300 passed, 12 skipped in 61 s ====",
    ]


def test_bench_names_what_it_can_measure_when_asked_for_something_else(monkeypatch):
    monkeypatch.setattr("tools.bench.names", lambda: ["directory", "search"])
    with pytest.raises(SystemExit) as refused:
        bench.main(["serach"])
    assert str(refused.value) == "There is no benchmark serach; there is directory, search."


def test_a_benchmark_runs_on_a_migrated_database_that_is_gone_afterwards(tmp_path, capfd):
    (tmp_path / "benchmarks").mkdir()
    (tmp_path / "benchmarks" / "pages.py").write_text(
        "def main():\n    from wagtail.models import Page\n    print('pages:', Page.objects.count() > 0)\n"
    )
    with bench.sqlite_database() as url:
        assert bench.run("pages", url, root=tmp_path) is True
    assert "pages: True" in capfd.readouterr().out
    assert not Path(url.removeprefix("sqlite:///")).exists()
