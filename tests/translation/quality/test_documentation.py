"""The table of checks that developers read."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def test_the_documentation_names_every_code_and_no_other():
    sources = "".join(path.read_text() for path in (ROOT / "translation" / "quality").glob("*.py"))
    used = set(re.findall(r'\b(?:error|warning|Finding)\)?\(\s*"(\w+)"', sources))
    # Those that a loop names.
    used |= set(re.findall(r'"(phone|email|url|simple_\w+)",', sources))
    table = (ROOT / "docs" / "developers" / "translation-checks.md").read_text()
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    named = {code for row in rows for code in re.findall(r"`([a-z_]+)`", row.split("|")[1])}
    assert named == used
