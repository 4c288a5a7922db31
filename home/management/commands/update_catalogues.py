"""Collects the texts to translate into ``locale/`` and says what each language still lacks. Needs gettext."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.core import UnknownLocaleError
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import to_locale

# Readers never see what these say, or they bring catalogues of their own.
NOT_COLLECTED = {
    "benchmarks",
    "docs",
    "examples",
    "media",
    "node_modules",
    "staticfiles",
    "tests",
    "tools",
    "var",
}
COLLECTED_FROM = {".html", ".po", ".py", ".txt"}
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: Mitmischen\\n"
"Language: {locale}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"
"""
# Most languages have two forms, and CLDR does not know all languages that people here speak.
USUAL_PLURAL_FORMS = "nplurals=2; plural=(n != 1);"


def catalogue_path(directory, code):
    """Return where below ``directory`` the catalogue of the language ``code`` lies: ``de-simple`` in ``de_Simple``."""
    return directory / to_locale(code) / "LC_MESSAGES" / "django.po"


def incomplete_texts(path):
    """Return the English texts that the catalogue at ``path`` has no finished translation for, in its order."""
    with path.open("rb") as stream:
        catalogue = read_po(stream, abort_invalid=True)
    lacking = []
    for message in catalogue:
        singular = message.id[0] if message.pluralizable else message.id
        translations = message.string if message.pluralizable else (message.string,)
        if message.id and (message.fuzzy or len(translations) == 0 or not all(translations)):
            lacking.append(singular)
    return lacking


def plural_forms(code):
    """Return the value of the header ``Plural-Forms`` for the language ``code``, as CLDR counts."""
    try:
        return str(get_plural(code.split("-")[0]))
    except UnknownLocaleError:
        return USUAL_PLURAL_FORMS


def _copy_sources(target):
    """Copy what texts are collected from: Django writes scratch files beside templates while it collects."""

    def ignored(directory, names):
        here = Path(directory)
        return {
            name
            for name in names
            if name in NOT_COLLECTED
            or name.startswith(".")
            or ((here / name).is_dir() and (here / name / "pyvenv.cfg").exists())
            or ((here / name).is_file() and Path(name).suffix not in COLLECTED_FROM)
        }

    shutil.copytree(settings.BASE_DIR, target, ignore=ignored)


def _run(*command, cwd):
    finished = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if finished.returncode:
        raise CommandError(f"{' '.join(map(str, command))} failed:\n{finished.stderr}")


def collect(sources):
    """Collect all texts from the tree ``sources`` and return the path of the template catalogue."""
    languages = [part for code, _ in settings.LANGUAGES for part in ("--exclude", to_locale(code))]
    (sources / "locale").mkdir(exist_ok=True)
    _run(sys.executable, "manage.py", "makemessages", *languages, "--keep-pot", "--no-location", cwd=sources)
    template = sources / "locale" / "django.pot"
    if not template.exists():
        raise CommandError("No text to translate was found.")
    return template


def merge(path, template, *, code):
    """Bring the catalogue at ``path`` up to date with ``template``; create it when it is not there.

    New texts come without a translation rather than with that of a similar text. English is the language
    of the texts themselves and needs no translator.
    """
    locale = to_locale(code)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEADER.format(locale=locale, plural_forms=plural_forms(code)), encoding="utf-8")
    options = ["--no-location", "--no-wrap"]
    _run("msgmerge", "-q", "--no-fuzzy-matching", *options, "-o", path, path, template, cwd=path.parent)
    _run("msgattrib", "--no-obsolete", *options, "-o", path, path, cwd=path.parent)
    if code == "en":
        _run("msgen", *options, "-o", path, path, cwd=path.parent)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    # A date that changes with every run would make every run a change.
    path.write_text(
        "".join(line for line in lines if not line.startswith('"POT-Creation-Date')), encoding="utf-8"
    )


class Command(BaseCommand):
    help = "Collects texts into locale/ for every language of the table; fails naming what a language lacks."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing, only say what is lacking")
        parser.add_argument("--locale", action="append", help="only these language codes; all when left out")

    def handle(self, *args, check, locale, **options):
        if not shutil.which("msgmerge"):
            raise CommandError("gettext is needed. On Debian and Ubuntu: apt-get install gettext")
        lacking = {}
        with tempfile.TemporaryDirectory() as directory:
            sources = Path(directory) / "sources"
            _copy_sources(sources)
            template = collect(sources)
            for code in locale or [code for code, _ in settings.LANGUAGES]:
                target = catalogue_path(Path(settings.LOCALE_PATHS[0]), code)
                catalogue = catalogue_path(Path(directory) / "catalogues", code)
                catalogue.parent.mkdir(parents=True)
                if target.exists():
                    shutil.copyfile(target, catalogue)
                merge(catalogue, template, code=code)
                lacking[code] = incomplete_texts(catalogue)
                if not check:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(catalogue, target)
        messages = [
            f"{code}: {len(texts)} not translated\n" + "\n".join(f"    {text!r}" for text in texts)
            for code, texts in lacking.items()
            if texts
        ]
        if messages:
            raise CommandError("Some languages lack translations.\n" + "\n".join(messages))
        self.stdout.write(f"Complete: {', '.join(lacking)}")
