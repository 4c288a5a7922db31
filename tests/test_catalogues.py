"""The catalogues are complete and sound in every language."""

import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from home.management.commands.update_catalogues import (
    USUAL_PLURAL_FORMS,
    catalogue_path,
    incomplete_texts,
    merge,
    plural_forms,
)

LOCALE = Path(settings.LOCALE_PATHS[0])
TRANSLATED = [code for code, _ in settings.LANGUAGES if catalogue_path(LOCALE, code).exists()]

TEMPLATE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"POT-Creation-Date: 2026-11-22 20:00+0100\\n"

msgid "Events"
msgstr ""

#, python-format
msgid "%(count)s event"
msgid_plural "%(count)s events"
msgstr[0] ""
msgstr[1] ""
"""


@pytest.fixture
def template(tmp_path):
    """A template catalogue with one plain text and one plural."""
    path = tmp_path / "django.pot"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


@pytest.mark.gettext
@pytest.mark.skipif(not TRANSLATED, reason="there is no catalogue yet")
def test_no_language_lacks_a_text_that_the_sources_hold():
    call_command("update_catalogues", "--check", locale=TRANSLATED, stdout=StringIO())


@pytest.mark.gettext
@pytest.mark.parametrize("code", TRANSLATED or ["none"])
def test_gettext_finds_no_fault_in_a_catalogue(code):
    path = catalogue_path(LOCALE, code)
    if code == "none":
        pytest.skip("there is no catalogue yet")
    checked = subprocess.run(
        ["msgfmt", "--check", "--output-file=/dev/null", path], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_below_locale_lie_catalogues_and_nothing_else():
    files = [path.relative_to(LOCALE).parts for path in LOCALE.rglob("*") if path.is_file()]
    directories = {catalogue_path(LOCALE, code).parts[-3] for code, _ in settings.LANGUAGES}
    assert [
        parts
        for parts in files
        if not (
            parts[0] in directories
            and parts[1:] in {("LC_MESSAGES", "django.po"), ("LC_MESSAGES", "django.mo")}
        )
    ] == []


@pytest.mark.gettext
def test_a_new_text_arrives_empty_in_every_language_and_filled_in_english(tmp_path, template):
    for code in ("tr", "de-simple", "prs", "en"):
        merge(catalogue_path(tmp_path, code), template, code=code)
    assert incomplete_texts(tmp_path / "de_Simple" / "LC_MESSAGES" / "django.po") == [
        "Events",
        "%(count)s event",
    ]
    assert incomplete_texts(tmp_path / "prs" / "LC_MESSAGES" / "django.po") == ["Events", "%(count)s event"]
    assert incomplete_texts(tmp_path / "tr" / "LC_MESSAGES" / "django.po") == ["Events", "%(count)s event"]
    assert incomplete_texts(tmp_path / "en" / "LC_MESSAGES" / "django.po") == []


@pytest.mark.gettext
def test_collecting_twice_changes_nothing_and_keeps_what_is_translated(tmp_path, template):
    path = catalogue_path(tmp_path, "tr")
    merge(path, template, code="tr")
    path.write_text(
        path.read_text().replace('msgid "Events"\nmsgstr ""', 'msgid "Events"\nmsgstr "Etkinlikler"')
    )
    merge(path, template, code="tr")
    once = path.read_text()
    merge(path, template, code="tr")
    assert path.read_text() == once
    assert incomplete_texts(path) == ["%(count)s event"]
    assert "POT-Creation-Date" not in once


def test_a_fuzzy_text_and_a_missing_plural_count_as_not_translated(tmp_path):
    path = tmp_path / "django.po"
    path.write_text(
        'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "Done"\nmsgstr "Fertig"\n\n'
        '#, fuzzy\nmsgid "Guessed"\nmsgstr "Geraten"\n\n'
        'msgid "Empty"\nmsgstr ""\n\n'
        'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s Tag"\nmsgstr[1] ""\n'
    )
    assert incomplete_texts(path) == ["Guessed", "Empty", "%(n)s day"]


@pytest.mark.gettext
def test_the_command_names_the_language_and_its_texts_and_changes_nothing_when_it_checks(tmp_path, settings):
    settings.LOCALE_PATHS = [tmp_path]
    with pytest.raises(CommandError) as raised:
        call_command("update_catalogues", "--check", locale=["eo"], stdout=StringIO())
    assert "eo: " in str(raised.value)
    assert "not translated" in str(raised.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "expected"), [("prs", USUAL_PLURAL_FORMS), ("de-simple", "nplurals=2; plural=(n != 1);")]
)
def test_every_language_has_plural_forms_even_one_that_cldr_does_not_know(code, expected):
    assert plural_forms(code) == expected
