"""``docs/developers/extending.md`` shows what is in the example, and knows every hook and every check."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils.translation import to_locale

from content.registry import HOOK_NAMES

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "suche-biete"
TEXT = (ROOT / "docs" / "developers" / "extending.md").read_text()
SHOWN = {".py", ".toml", ".html"}


def blocks():
    """Return ``{title: text}`` of all fenced blocks that have a title."""
    found = re.findall(r'^```\w+ title="([^"]+)"\n(.*?)^```$', TEXT, re.MULTILINE | re.DOTALL)
    assert len(found) == len(dict(found)), "A file is shown twice."
    return dict(found)


def files():
    """Return ``{path: text}`` of the example's files that a reader has to write."""
    paths = [
        path.relative_to(EXAMPLE)
        for path in EXAMPLE.rglob("*")
        if path.suffix in SHOWN and path.name != "__init__.py"
    ]
    return {
        str(path): (EXAMPLE / path).read_text()
        for path in paths
        if not {"migrations", "build", "dist"} & set(path.parts)
    }


def section(heading):
    """Return the text below a heading of the second level."""
    return re.search(rf"^## {re.escape(heading)}$\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)[1]


def test_every_file_of_the_example_is_shown_as_it_is():
    shown = {title: text for title, text in blocks().items() if Path(title).suffix in SHOWN}
    assert len(shown) >= 8
    assert shown == files()


def test_the_catalogue_that_is_shown_begins_like_the_examples():
    (title,) = [title for title in blocks() if title.endswith(".po")]
    assert (EXAMPLE / title).read_text().startswith(blocks()[title])


def test_the_python_that_is_shown_beside_the_example_is_the_dummy_plugins():
    shown = re.findall(r"^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    hooks = (ROOT / "tests" / "dummy_plugin" / "dummy_plugin" / "wagtail_hooks.py").read_text()
    assert len(shown) == 3
    assert [code for code in shown if code not in hooks] == []


def test_every_hook_is_described_and_no_other():
    assert re.findall(r"^\| `(register_\w+)`", section("All hooks"), re.MULTILINE) == list(HOOK_NAMES)


def test_every_check_is_described_and_no_other():
    ids = {
        found
        for path in (ROOT / "content").rglob("*.py")
        for found in re.findall(r"\bcontent\.[EW]\d{3}\b", path.read_text())
    }
    assert len(ids) > 10
    described = re.findall(r"`(content\.[EW]\d{3})` \|$", TEXT, re.MULTILINE)
    assert described == sorted(ids)


def test_the_wheel_that_is_named_is_the_one_that_is_built():
    project = blocks()["pyproject.toml"]
    name, version = (
        re.search(rf'^{key} = "([^"]+)"', project, re.MULTILINE)[1] for key in ("name", "version")
    )
    wheel = f"dist/{name.replace('-', '_')}-{version}-py3-none-any.whl"
    assert f"pip install {wheel}" in TEXT
    assert f"pip install {wheel}" in (EXAMPLE / "README.md").read_text()


def test_the_example_imports_only_what_a_plugin_may():
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")} | {"cms"}
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else alias.name).partition(".")[0]
        for name, text in files().items()
        if name.endswith(".py")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and node.level == 0)
        for alias in node.names
    }
    assert imported & apps == {"content", "organisations"}


def texts_in(path):
    """Return ``{(context, text): Message}`` of a catalogue."""
    with path.open("rb") as stream:
        catalogue = read_po(stream, abort_invalid=True)
    return {(message.context, message.id): message for message in catalogue if message.id}


@pytest.mark.gettext
def test_the_catalogues_of_the_example_hold_every_text_in_every_language(tmp_path, settings):
    package = EXAMPLE / "suche_biete"
    copy = tmp_path / "suche_biete"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("*.mo", "*.po"))
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale=de", "--verbosity=0"],
        cwd=copy,
        env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
        check=True,
    )
    wanted = set(texts_in(copy / "locale" / "de" / "LC_MESSAGES" / "django.po"))
    assert len(wanted) > 20
    for code, _endonym in settings.LANGUAGES:
        texts = texts_in(package / "locale" / to_locale(code) / "LC_MESSAGES" / "django.po")
        assert (code, set(texts)) == (code, wanted)
        assert [key for key, message in texts.items() if message.fuzzy or not message.string] == []
