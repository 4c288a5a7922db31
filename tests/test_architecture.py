"""Who may import whom, and who may name a kind."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

#: App → apps it may import, besides itself. Nobody imports ``cms``.
MAY_IMPORT = {
    "accounts": {"content"},
    "content": set(),
    "organisations": {"content"},
    "offers": {"content", "organisations"},
    "events": {"content", "organisations"},
    "translation": {"content"},
    "partners": {"content", "organisations", "translation"},
    "home": {"content"},
    "cms": {"content", "home"},
}

#: What reaches the kinds through the registry must not know their names.
KNOW_NO_KIND = ("content", "home", "translation", "partners")
KIND_NAMES = re.compile(r"\b(offers|events|OfferPage|EventPage)\b", re.IGNORECASE)

#: wagtail-localize is met in these places only.
LOCALIZE_IMPORTERS = {"translation", "content/localisable.py"}


def modules(app):
    return sorted(path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def imports(path):
    """Return ``(line number, first part, dotted name)`` of all absolute imports, also those inside functions."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name.partition(".")[0], alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.append((node.lineno, node.module.partition(".")[0], node.module))
    return found


def place(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("app", sorted(MAY_IMPORT))
def test_an_app_imports_only_what_lies_below_it(app):
    forbidden = set(MAY_IMPORT) - MAY_IMPORT[app] - {app}
    breaches = [
        f"{place(path)}:{line} imports {dotted}"
        for path in modules(app)
        for line, first, dotted in imports(path)
        if first in forbidden
    ]
    assert breaches == []


def test_the_composition_root_imports_content_and_home_in_its_urls_only():
    importers = {
        place(path)
        for path in modules("cms")
        for _line, first, _dotted in imports(path)
        if first in MAY_IMPORT
    } - {"cms/settings/base.py", "cms/settings/dev.py", "cms/settings/test.py", "cms/settings/production.py"}
    assert importers <= {"cms/urls.py"}


@pytest.mark.parametrize("app", KNOW_NO_KIND)
def test_what_reaches_kinds_through_the_registry_does_not_name_them(app):
    sources = [*modules(app), *(ROOT / app).rglob("templates/**/*.html")]
    breaches = [
        f"{place(path)}:{number}: {line.strip()}"
        for path in sources
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if KIND_NAMES.search(line)
    ]
    assert breaches == []


def test_wagtail_localize_is_touched_in_one_app_and_one_module():
    importers = {
        place(path)
        for app in MAY_IMPORT
        for path in modules(app)
        for _line, first, _dotted in imports(path)
        if first == "wagtail_localize"
    }
    strangers = {
        path for path in importers if not any(path.startswith(allowed) for allowed in LOCALIZE_IMPORTERS)
    }
    assert strangers == set()


def test_every_app_has_its_row_in_the_table():
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert apps == set(MAY_IMPORT) - {"cms"}


def test_catalogues_stand_alone():
    """A Python file in locale/ would shadow the standard library's module of that name."""
    strangers = [
        place(path)
        for path in (ROOT / "locale").rglob("*")
        if path.is_file() and path.suffix not in {".po", ".mo"}
    ]
    assert strangers == []


def test_an_import_inside_a_function_carries_its_reason():
    """An import hidden in a function hides a cycle, unless its line or the one above says why."""
    breaches = []
    for app in MAY_IMPORT:
        for path in modules(app):
            lines = path.read_text().splitlines()
            for function in ast.walk(ast.parse(path.read_text())):
                if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                    continue
                for node in ast.walk(function):
                    if isinstance(node, ast.Import | ast.ImportFrom):
                        around = lines[node.lineno - 2] + "".join(lines[node.lineno - 1 : node.end_lineno])
                        if "#" not in around:
                            breaches.append(f"{place(path)}:{node.lineno}")
    assert breaches == []
