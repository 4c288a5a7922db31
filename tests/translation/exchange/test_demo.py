"""All translations of the demo on their way through files, and what other programs say about them."""

import subprocess
from uuid import NAMESPACE_URL, uuid5

import pytest
from django.conf import settings
from translate.filters import checks
from translate.storage import pypo, xliff2

from tests.translation.demo_texts import sentences
from translation.exchange import Document, ExchangeUnit, State, read, unit_id, write_all
from translation.exchange.files import FORMATS
from translation.placeholders import plain

LANGUAGES = [row.code for row in settings.LANGUAGE_TABLE if row.code != settings.LANGUAGE_CODE]
#: What pofilter can judge of texts, whatever their language: the others know what is usual in English programs.
JUDGES = ("emails", "urls", "xmltags", "escapes", "newlines", "tabs", "blank")


def documents(language):
    """Return a document for each page of the demo that is translated into ``language``."""
    by_page = {}
    for place, source, target in sentences(language):
        *page, field = place[:2] if len(place) == 2 else (place[0], place[1], ".".join(map(str, place[2:])))
        units = by_page.setdefault(tuple(map(str, page)), {})
        unit = ExchangeUnit(unit_id(field, source), source, target, State.DRAFT)
        units.setdefault(unit.id, unit)
    return [
        Document(
            str(uuid5(NAMESPACE_URL, "/".join(page))), " ".join(page), "de", language, list(units.values())
        )
        for page, units in sorted(by_page.items())
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_demo_comes_back_unchanged_in_both_formats(language):
    sent = documents(language)
    assert len(sent) >= 25
    for file_format in FORMATS.values():
        received = read(write_all(sent, file_format))
        assert received.refused == []
        assert received.documents == sent


@pytest.mark.parametrize("language", LANGUAGES)
def test_gettext_and_the_translate_toolkit_find_nothing_wrong_with_it(language, tmp_path):
    for number, document in enumerate(documents(language)):
        data = FORMATS["po"].write(document)
        path = tmp_path / f"{number}.po"
        path.write_bytes(data)
        checker = checks.StandardChecker(limitfilters=JUDGES)
        entries = pypo.pofile.parsestring(data).units[1:]
        assert [(str(entry.source), checker.run_filters(entry)) for entry in entries] == [
            (unit.source, {}) for unit in document.units
        ]
        units = xliff2.Xliff2File.parsestring(FORMATS["xliff"].write(document)).units
        assert [(unit.source, unit.target) for unit in units] == [
            (plain(unit.source), plain(unit.target)) for unit in document.units
        ]
    each = 'for file in "$@"; do msgfmt -c -o /dev/null "$file" || exit 1; done'
    judged = subprocess.run(
        ["sh", "-c", each, "-", *map(str, tmp_path.iterdir())],
        capture_output=True,
        text=True,
    )
    assert (judged.returncode, judged.stderr) == (0, "")
