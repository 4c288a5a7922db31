"""What the libraries behind the admin leave untranslated, and the catalogues that fill it.

Wagtail, wagtail-localize and the rest bring catalogues of their own, in some languages with holes. The holes are
filled by ``cms/supplement/<locale>/LC_MESSAGES/``, which ``LOCALE_PATHS`` names after ``locale/``. A text is there
exactly as long as a library shows it and does not translate it; see docs/adr/0010.
"""

import gettext
from pathlib import Path

import django
import polib
from django.apps import apps
from django.conf import settings
from django.utils.translation import to_locale

SUPPLEMENT = Path(settings.BASE_DIR) / "cms" / "supplement"
# Texts of templates and Python, and texts of scripts.
DOMAINS = ("django", "djangojs")
# The apps with texts that people of partners meet. Django's own admin is left out: nobody but technicians uses it.
LIBRARIES = ("allauth", "django.contrib.auth", "taggit", "wagtail", "wagtail_localize")


def supplemented_languages():
    """Return the codes of the languages the admin is offered in, without that of the texts themselves."""
    return [code for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES if code != "en"]


def supplement_path(code, domain):
    """Return where the texts of ``domain`` for the language ``code`` are filled in."""
    return SUPPLEMENT / to_locale(code) / "LC_MESSAGES" / f"{domain}.po"


def text_key(entry):
    """Return what tells one text from another: its context or ``None``, its text, its plural or ``""``."""
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def _library_directories():
    """Return the directories with catalogues of the libraries, and of Django itself."""
    installed = [
        Path(config.path) / "locale"
        for config in apps.get_app_configs()
        if any(config.name == name or config.name.startswith(f"{name}.") for name in LIBRARIES)
    ]
    return [*installed, Path(django.__file__).parent / "conf" / "locale"]


def _translated(directories, *, code, domain):
    """Return the keys that a compiled catalogue has in ``code``, as gettext writes them.

    For ``tr`` gettext reads ``tr_TR`` too and keeps one of them as the other's fallback.
    """
    keys = set()
    for directory in directories:
        found = gettext.translation(domain, directory, [to_locale(code)], fallback=True)
        while found:
            keys.update(getattr(found, "_catalog", {}))
            found = found._fallback
    return keys


def _is_among(entry, keys):
    context = f"{entry.msgctxt}\x04" if entry.msgctxt else ""
    key = context + entry.msgid
    return key in keys or (entry.msgid_plural != "" and (key, 0) in keys)


def lacking_texts(code, domain):
    """Return the texts of ``domain`` that no library translates into ``code``: ``{text_key: polib.POEntry}``.

    One library's translation serves all others, except for scripts: each library sends those its own.
    """
    directories = _library_directories()
    everywhere = _translated(directories, code=code, domain=domain)
    lacking = {}
    for directory in directories:
        source = directory / "en" / "LC_MESSAGES" / f"{domain}.po"
        if not source.exists():
            continue
        own = everywhere if domain == "django" else _translated([directory], code=code, domain=domain)
        for entry in polib.pofile(str(source)):
            if not entry.obsolete and not _is_among(entry, own):
                lacking.setdefault(text_key(entry), entry)
    return lacking


def plural_header(code):
    """Return how Django counts in ``code``; catalogues that count alike are merged into one."""
    path = Path(django.__file__).parent / "conf" / "locale" / to_locale(code) / "LC_MESSAGES" / "django.po"
    return polib.pofile(str(path)).metadata["Plural-Forms"]


def read_supplement(code, domain):
    """Return the catalogue as a ``polib.POFile``; an empty one when there is none."""
    path = supplement_path(code, domain)
    return polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile(wrapwidth=0)


def renewed_supplement(code, domain):
    """Return the catalogue as it should be: what is lacking now, with the translations there are.

    Texts that a library meanwhile translates or no longer shows are gone; new ones are empty.
    """
    kept = {text_key(entry): entry for entry in read_supplement(code, domain)}
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": "Mitmischen",
        "Language": to_locale(code),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_header(code),
    }
    forms = int(catalogue.metadata["Plural-Forms"].split("nplurals=")[1].split(";")[0])
    for key, source in sorted(lacking_texts(code, domain).items(), key=lambda item: str(item[0])):
        entry = polib.POEntry(
            msgctxt=source.msgctxt,
            msgid=source.msgid,
            msgid_plural=source.msgid_plural,
            flags=[flag for flag in source.flags if flag != "fuzzy"],
        )
        if source.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(range(forms), "")
        if key in kept:
            entry.msgstr, entry.msgstr_plural = kept[key].msgstr, kept[key].msgstr_plural
        catalogue.append(entry)
    return catalogue
