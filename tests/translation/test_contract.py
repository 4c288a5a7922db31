"""What we use of wagtail-localize, by name; an update that takes one of these away fails here first."""

import ast
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

USED = {
    "wagtail_localize.fields": {"SynchronizedField", "TranslatableField", "get_translatable_fields"},
    "wagtail_localize.models": {
        "OverridableSegment",
        "RelatedObjectSegment",
        "SegmentOverride",
        "String",
        "StringSegment",
        "StringTranslation",
        "Template",
        "TemplateSegment",
        "TranslatableObject",
        "Translation",
        "TranslationContext",
        "TranslationLog",
        "TranslationSource",
        "get_schema_version",
    },
    "wagtail_localize.segments": {
        "OverridableSegmentValue",
        "RelatedObjectSegmentValue",
        "StringSegmentValue",
        "TemplateSegmentValue",
    },
    "wagtail_localize.segments.extract": {"extract_segments"},
    "wagtail_localize.segments.ingest": {"ingest_segments"},
    "wagtail_localize.strings": {
        "StringValue",
        "extract_strings",
        "restore_strings",
        "validate_translation_links",
    },
    "wagtail_localize.views": {"convert", "report"},
}


def imports(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("wagtail_localize"):
            for alias in node.names:
                yield node.module, alias.name
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("wagtail_localize"):
                    yield alias.name, ""


def imports_of_apps():
    for path in ROOT.glob("*/**/*.py"):
        app = path.relative_to(ROOT).parts[0]
        if app not in {"tests", "var", ".venv", "node_modules"}:
            for module, name in imports(path):
                yield path.relative_to(ROOT), module, name


def test_the_list_is_complete():
    used = {}
    for _path, module, name in imports_of_apps():
        used.setdefault(module, set()).add(name)
    assert used == USED


def test_nobody_else_touches_it():
    files = {path for path, _module, _name in imports_of_apps()}
    assert {path for path in files if path.parts[0] != "translation"} == {Path("content/localisable.py")}


@pytest.mark.parametrize(("module", "name"), [(m, n) for m, names in USED.items() for n in sorted(names)])
def test_it_is_still_there(module, name):
    assert getattr(importlib.import_module(module), name)


def test_the_private_parts_we_use_are_still_there():
    from wagtail_localize.models import String, TranslationContext

    assert String._get_data_hash("a") == String._get_data_hash("a")
    assert TranslationContext._get_path_id("title") == TranslationContext._get_path_id("title")
    assert String.UUID_NAMESPACE
