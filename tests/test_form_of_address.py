"""German readers are addressed with “Sie”: in both German catalogues and in all German texts of the demo."""

import csv
import json
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CATALOGUES = sorted(
    path
    for code in ("de", "de_Simple")
    for pattern in (f"locale/{code}", f"cms/supplement/{code}", f"examples/*/*/locale/{code}")
    for path in ROOT.glob(f"{pattern}/LC_MESSAGES/*.po")
)
# What is in another language has its code before the last dot.
DEMO_TEXTS = sorted(
    path
    for pattern in ("*/demo/*", "examples/*/*/demo/*")
    for path in ROOT.glob(pattern)
    if path.suffix in (".csv", ".json") and path.stem.partition(".")[2] in ("", "earlier", "de-simple")
)
GUIDES = sorted(ROOT.glob("docs/editors/de/*.md"))
FAMILIAR = re.compile(
    r"\b(?:du|dir|dich|dein(?:e[mnrs]?)?|euch|euer|eure[mnrs]?)\b"
    # Calls to one person whom the speaker knows well. As nouns or in other persons these do not exist.
    r"|\b(?:komm|schau|sag|drück|schreib|lies|nimm|gib|hilf|tipp)\b",
    re.IGNORECASE,
)
#: People who speak to each other in a text, by file.
QUOTED = {"offers.csv": ["„Darf ich dich fotografieren?“"]}


def messages(path):
    """Yield what the catalogue at ``path`` shows to people, without placeholders."""
    with path.open("rb") as stream:
        for message in read_po(stream):
            if message.id:
                texts = message.string if isinstance(message.string, tuple) else (message.string,)
                yield from (re.sub(r"%\(\w+\)[sd]", "", text) for text in texts)


def strings(value):
    """Yield all strings inside a JSON ``value``, but no labels in other languages."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in ("en", "tr", "uk", "ar"):
                yield from strings(part)


def demo_texts(path):
    """Yield the texts of a demo file."""
    if path.suffix == ".json":
        yield from strings(json.loads(path.read_text(encoding="utf-8")))
        return
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            yield from row.values()


def familiar(texts, quoted=()):
    """Return the texts that say “du”, what is ``quoted`` left aside."""
    found = []
    for text in texts:
        for quotation in quoted:
            text = text.replace(quotation, "")
        if FAMILIAR.search(text):
            found.append(text)
    return found


def test_there_are_catalogues_and_demo_texts_to_look_at():
    assert len(CATALOGUES) == 5
    assert len(GUIDES) == 15
    assert {path.name for path in DEMO_TEXTS} >= {
        "events.csv",
        "events.de-simple.csv",
        "offers.csv",
        "organisations.csv",
        "pages.json",
        "pages.de-simple.json",
        "regions.json",
    }


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_catalogue_says_du(path):
    assert familiar(messages(path)) == []


@pytest.mark.parametrize("path", DEMO_TEXTS, ids=lambda path: path.name)
def test_no_text_of_the_demo_says_du(path):
    quoted = QUOTED.get(path.name, [])
    texts = list(demo_texts(path))
    assert familiar(texts, quoted) == []
    assert [quotation for quotation in quoted if not any(quotation in text for text in texts)] == []


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_no_guide_for_partners_says_du(path):
    assert familiar(path.read_text(encoding="utf-8").splitlines()) == []


@pytest.mark.parametrize(
    ("text", "is_familiar"),
    [
        ("Was suchst du?", True),
        ("Dein Deutsch", True),
        ("Das liegt nicht an dir.", True),
        ("Kommt bei euch vorbei!", True),
        ("Bitte sag Bescheid", True),
        ("Schreib: Worum geht es?", True),
        ("Nicht nötig, kommen Sie einfach vorbei", False),
        ("Ihr Deutsch, Duisburg, Direktor, Deinzer", False),
        ("Suche & Biete", False),
    ],
)
def test_what_counts_as_familiar(text, is_familiar):
    assert bool(familiar([text])) is is_familiar
