"""A migration is a sentence, stands in one line of descent, and holds no block definitions."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MIGRATIONS = sorted(
    path for path in ROOT.glob("*/migrations/[0-9]*.py") if not path.parts[-3].startswith(".")
)


def test_there_are_migrations_to_look_at():
    assert len(MIGRATIONS) >= 7


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: f"{path.parts[-3]}.{path.stem}")
def test_a_migration_has_a_sentence_for_a_name(path):
    # At least two words; Django's own inventions are "initial", "auto_…", "merge_…" and "alter_…_and_more".
    assert re.fullmatch(r"\d{4}(_[a-z0-9]+){2,}", path.stem)
    assert not re.search(r"_auto_|_merge_|_and_more|_initial$|__", path.stem)


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: f"{path.parts[-3]}.{path.stem}")
def test_a_migration_holds_no_block_definitions(path):
    source = path.read_text()
    assert "wagtail.blocks" not in source
    assert "StructBlock" not in source
