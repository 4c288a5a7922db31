"""The demo's sentences with their translations, read from its files: no database is asked."""

import csv
import json
from pathlib import Path

from django.apps import apps
from django.conf import settings
from wagtail_localize.strings import extract_strings

from content import registry
from content.sanitise import is_html
from translation.placeholders import to_marked

HOME = Path(settings.BASE_DIR) / "home" / "demo"
#: What names something else in the files of pages, and is no text.
KEYS = {"type", "image", "page", "slug"}


def marked(text):
    """Return the sentences of a text as translators get them."""
    if is_html(text):
        return [to_marked(string.data) for string, _attrs in extract_strings(text)[1]]
    return [text] if text else []


def sheets(suffix=""):
    """Yield ``(place, text)`` of the sheets of all kinds."""
    for kind in registry.all_kinds():
        if not kind.demo_sheet:
            continue
        sheet = Path(apps.get_app_config(kind.page_model._meta.app_label).path) / kind.demo_sheet
        path = sheet.with_suffix(f"{suffix}.csv")
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines(keepends=True)):
            for name, text in row.items():
                yield (kind.slug, row["slug"], name), text


def pages(value, place):
    """Yield ``(place, text)`` of what the files of pages and regions hold."""
    if isinstance(value, str):
        if place[-1] not in KEYS:
            yield place, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from pages(part, (*place, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from pages(part, (*place, _name(part, number)))


def _name(part, number):
    """Return what translations call a page or region: its path. Everything else is called by its place."""
    if not isinstance(part, dict) or "slug" not in part:
        return number
    return "/".join(filter(None, [part.get("below"), part["slug"]]))


def texts(suffix=""):
    """Yield ``(place, text)`` of everything that the demo says in a language."""
    yield from sheets(suffix)
    yield from pages(json.loads((HOME / f"pages{suffix}.json").read_text(encoding="utf-8")), ())
    if not suffix:
        yield from pages(json.loads((HOME / "regions.json").read_text(encoding="utf-8")), ("regions",))


def sentences(language):
    """Return ``(place, source, target)`` of all sentences that are translated; both as marked text."""
    sources = dict(texts())
    return [
        (place, source, target)
        for place, translated in texts(f".{language}")
        if place[-1] != "slug" and translated
        for source, target in zip(marked(sources[place]), marked(translated), strict=True)
    ]
