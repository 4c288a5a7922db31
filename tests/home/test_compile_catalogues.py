"""Catalogues become usable without gettext."""

import gettext
import os

import pytest
from django.core.management import call_command

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: uk\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "Events"
msgstr "Події"

msgctxt "verb"
msgid "Open"
msgstr "Відкрити"

msgid "%(count)s event"
msgid_plural "%(count)s events"
msgstr[0] "%(count)s подія"
msgstr[1] "%(count)s події"
msgstr[2] "%(count)s подій"

#, fuzzy
msgid "Places"
msgstr "Плаваючі"
"""


@pytest.fixture
def catalogue(tmp_path, settings):
    """A Ukrainian catalogue in a directory of its own; returns the path of its source."""
    settings.LOCALE_PATHS = [tmp_path]
    source = tmp_path / "uk" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE, encoding="utf-8")
    return source


def test_a_compiled_catalogue_answers_with_texts_contexts_and_all_plurals(catalogue):
    call_command("compile_catalogues")
    with catalogue.with_suffix(".mo").open("rb") as stream:
        texts = gettext.GNUTranslations(stream)
    assert texts.gettext("Events") == "Події"
    assert texts.pgettext("verb", "Open") == "Відкрити"
    assert [texts.ngettext("%(count)s event", "%(count)s events", n) for n in (1, 3, 5)] == [
        "%(count)s подія",
        "%(count)s події",
        "%(count)s подій",
    ]
    assert texts.gettext("Places") == "Places"


def test_only_a_catalogue_that_changed_is_compiled_again(catalogue):
    call_command("compile_catalogues")
    compiled = catalogue.with_suffix(".mo")
    before = compiled.stat().st_mtime_ns
    call_command("compile_catalogues")
    assert compiled.stat().st_mtime_ns == before
    os.utime(catalogue, ns=(before + 10**9, before + 10**9))
    catalogue.write_text(CATALOGUE.replace("Події", "Заходи"), encoding="utf-8")
    os.utime(catalogue, ns=(before + 10**9, before + 10**9))
    call_command("compile_catalogues")
    assert "Заходи".encode() in compiled.read_bytes()
