"""The commands a newcomer meets: ``make`` explains itself, and the suite says honestly what it ran."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from benchmarks._serving import Answer
from benchmarks.pages import Surface, broken_promises
from tests.services.postgres import postgres_server
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


@pytest.mark.long
def test_a_benchmark_runs_on_a_migrated_database_that_is_gone_afterwards(tmp_path, capfd):
    (tmp_path / "benchmarks").mkdir()
    (tmp_path / "benchmarks" / "pages.py").write_text(
        "def main():\n    from wagtail.models import Page\n    print('pages:', Page.objects.count() > 0)\n"
    )
    with bench.sqlite_database() as url:
        assert bench.run("pages", url, root=tmp_path) is True
    assert "pages: True" in capfd.readouterr().out
    assert not Path(url.removeprefix("sqlite:///")).exists()


@pytest.mark.postgres
def test_a_benchmark_on_a_given_server_leaves_its_databases_as_they_were(monkeypatch):
    def names(url):
        with psycopg.connect(url) as session:
            return {name for (name,) in session.execute("SELECT datname FROM pg_database")}

    with postgres_server() as url:
        before = names(url)
        monkeypatch.setenv("DATABASE_URL", url)
        assert bench.databases().keys() == {"PostgreSQL"}
        with bench.databases()["PostgreSQL"]() as own:
            server, _, name = own.rpartition("/")
            with psycopg.connect(own, autocommit=True) as session:
                session.execute("CREATE TABLE pages ()")
            with psycopg.connect(url, autocommit=True) as session:
                session.execute(f'CREATE DATABASE "{name}_small" TEMPLATE "{name}"')
            assert url.startswith(f"{server}/")
            assert names(url) == before | {name, f"{name}_small"}
        assert names(url) == before


@pytest.mark.parametrize("database", ["SQLite", pytest.param("PostgreSQL", marks=pytest.mark.postgres)])
@pytest.mark.long
def test_the_benchmark_of_pages_measures_every_surface_and_finds_all_it_built(
    tmp_path, capfd, database, snapshots, django_db_blocker
):
    (tmp_path / "benchmarks").mkdir()
    (tmp_path / "benchmarks" / "small.py").write_text(
        "from benchmarks.pages import main as measure\n"
        "def main():\n    measure(small=100, large=120, rounds=1, limit_ratios=False)\n"
    )
    with bench.databases()[database]() as url:
        with django_db_blocker.unblock():
            snapshots.copy_to(
                url.removeprefix("sqlite:///") if database == "SQLite" else url.rpartition("/")[2]
            )
        assert bench.run("small", url, root=tmp_path) is True
    lines = [line.strip() for line in capfd.readouterr().out.splitlines()]
    measured = [re.split(r"\s{2,}", line)[0] for line in lines]
    for surface in (
        "list of offers",
        "list of offers, filtered",
        "list of events, a third of the year",
        "search, rare word",
        "search, mistyped word",
        "offer",
        "event",
        "organisation",
        "region",
        "start page",
        "index update of one page",
        "“Marionettentheater” in the lists",
    ):
        assert measured.count(surface) == 1, surface


def test_the_benchmark_of_pages_fails_when_something_promised_is_not_kept():
    surface = Surface("a list", "/", most_queries=19)
    usual = Answer(cpu=10, queries=12, status=200, entries=20)

    assert broken_promises(surface, [usual], [replace(usual, cpu=14.9)]) == []
    for change, sentence in (
        ({"cpu": 15.1}, "a list: ratio 1.51, at most 1.5"),
        ({"queries": 13}, "a list: 12/13 queries, always as many and at most 19"),
        ({"status": 500}, "a list: not answered with 200"),
        ({"entries": 19}, "a list: not the same page, it shows 19/20 entries"),
    ):
        assert broken_promises(surface, [usual], [replace(usual, **change)]) == [sentence]
    many = [replace(usual, queries=20)]
    assert broken_promises(surface, many, many) == ["a list: 20 queries, always as many and at most 19"]
    assert broken_promises(surface, [usual], [replace(usual, cpu=15.1)], limit_ratios=False) == []
