"""In the languages of the admin no text of a library stays untranslated."""

import re
import subprocess
from collections import Counter
from io import StringIO
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from django.utils.translation import gettext, ngettext, override, pgettext

from home import supplement
from home.management.commands.update_catalogues import catalogue_path
from home.supplement import (
    DOMAINS,
    lacking_texts,
    read_supplement,
    supplement_path,
    supplemented_languages,
    text_key,
)

CATALOGUES = [(code, domain) for code in supplemented_languages() for domain in DOMAINS]
WRITTEN = [pair for pair in CATALOGUES if supplement_path(*pair).exists()]
PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|%[sdr]|\{[^{}]*\}")
TAG = re.compile(r"</?[a-z]+")


def test_the_admin_is_supplemented_in_all_its_languages_but_english():
    assert supplemented_languages() == ["de", "tr", "uk", "ar"]
    assert {path.parts[-3] for path in supplement.SUPPLEMENT.rglob("*.po")} == {"de", "ar", "tr", "uk"}


@pytest.mark.parametrize(("code", "domain"), CATALOGUES)
def test_the_supplement_holds_what_libraries_lack_and_nothing_they_translate_or_no_longer_show(code, domain):
    keys = [text_key(entry) for entry in read_supplement(code, domain)]
    assert sorted(map(str, keys)) == sorted(map(str, lacking_texts(code, domain)))


@pytest.mark.parametrize(("code", "domain"), WRITTEN)
def test_every_text_of_the_supplement_is_translated(code, domain):
    assert [entry.msgid for entry in read_supplement(code, domain) if not entry.translated()] == []


@pytest.mark.gettext
@pytest.mark.parametrize(("code", "domain"), WRITTEN)
def test_gettext_finds_no_fault_in_the_supplement(code, domain):
    checked = subprocess.run(
        [
            "msgfmt",
            "--check-format",
            "--check-domain",
            "--output-file=/dev/null",
            supplement_path(code, domain),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize(("code", "domain"), WRITTEN)
def test_translations_keep_placeholders_and_tags(code, domain):
    """gettext checks only what a library marked, and no library marks its scripts' texts."""
    changed = []
    for entry in read_supplement(code, domain):
        if entry.msgid_plural:
            # "1 page" may say its number without a placeholder.
            allowed = set(PLACEHOLDER.findall(entry.msgid_plural) + PLACEHOLDER.findall(entry.msgid))
            forms = entry.msgstr_plural.values()
            changed += [form for form in forms if not set(PLACEHOLDER.findall(form)) <= allowed]
        elif any(
            Counter(pattern.findall(entry.msgid)) != Counter(pattern.findall(entry.msgstr))
            for pattern in (PLACEHOLDER, TAG)
        ):
            changed.append(entry.msgstr)
    assert changed == []


@pytest.mark.parametrize("code", supplemented_languages())
def test_the_admin_shows_what_the_supplement_says(code):
    # What our own sources say too, our own catalogue translates.
    own = {
        text_key(entry) for entry in polib.pofile(str(catalogue_path(Path(settings.LOCALE_PATHS[0]), code)))
    }
    hidden = []
    with override(code):
        for entry in read_supplement(code, "django"):
            if text_key(entry) in own:
                continue
            if entry.msgid_plural:
                forms = {ngettext(entry.msgid, entry.msgid_plural, number) for number in range(120)}
                if not forms <= set(entry.msgstr_plural.values()):
                    hidden.append(entry.msgid)
                continue
            shown = pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else gettext(entry.msgid)
            if shown != entry.msgstr:
                hidden.append(entry.msgid)
    assert hidden == []


@pytest.mark.parametrize(
    ("code", "text"), [("tr", '"Main menu": "Ana men\\u00fc"'), ("uk", '"Main menu": "\\u0413\\u043e\\u043b')]
)
def test_scripts_of_the_admin_get_the_supplement_too(code, text):
    from wagtail.admin.views.i18n import js_catalog

    with override(code):
        answer = js_catalog(RequestFactory().get("/admin/jsi18n/"))
    assert text in answer.content.decode()


def test_renewing_drops_what_is_translated_meanwhile_keeps_the_rest_and_names_what_is_new(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(supplement, "SUPPLEMENT", tmp_path)
    path = supplement_path("tr", "djangojs")
    path.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    # The library translates "Cancel", shows "Main menu" untranslated, and has no text "Gone".
    for text in ("Cancel", "Main menu", "Gone"):
        catalogue.append(polib.POEntry(msgid=text, msgstr=f"{text}!"))
    catalogue.save(str(path))
    with pytest.raises(CommandError) as raised:
        call_command("update_supplement", stdout=StringIO())
    renewed = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))}
    assert {text: renewed.get(text) for text in ("Cancel", "Main menu", "Gone", "Reply")} == {
        "Cancel": None,
        "Main menu": "Main menu!",
        "Gone": None,
        "Reply": "",
    }
    assert f"{path}: 'Reply'" in str(raised.value)
    assert f"{path}: 'Main menu'" not in str(raised.value)
