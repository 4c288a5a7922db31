"""What is installed is pinned, and everything asked for says why."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_to_one_version(name):
    lines = [
        line for line in (ROOT / name).read_text().splitlines() if line and not line.lstrip().startswith("#")
    ]
    assert len(lines) > 20
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9._-]+==[0-9][0-9a-z.]*", line)] == []


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_requirement_asked_for_has_a_reason_above_it_and_is_pinned(name):
    lines = (ROOT / name).read_text().splitlines()
    pinned = (ROOT / name.replace(".in", ".txt")).read_text()
    asked = [(number, line) for number, line in enumerate(lines) if re.match(r"[A-Za-z]", line)]
    assert len(asked) > 5
    for number, line in asked:
        assert re.match(r"# .{10,}\.$", lines[number - 1]), f"{line} has no reason"
        project = re.match(r"[A-Za-z0-9._-]+", line)[0].lower().replace("_", "-")
        assert re.search(rf"^{re.escape(project)}==", pinned, re.MULTILINE), (
            f"{project} is not in the pinned file"
        )
