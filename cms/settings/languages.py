"""The one table of languages. Everything that needs a language's name, direction or relation reads it.

To add a language, add one line here and a catalogue below ``locale/``. Endonyms are what speakers call
their language (Unicode CLDR); ``de-simple`` is Leichte Sprache, BCP 47 variant ``simple`` registered with IANA.
"""

from typing import NamedTuple


class Language(NamedTuple):
    """A language that content can be in.

    ``code``: BCP 47 tag in lower case, as Django writes it. ``endonym``: its own name for itself.
    ``english``: its English name, for logs and for the admin of a language we have no catalogue in.
    ``direction``: "ltr" or "rtl". ``base``: the code of the language a reader can fall back to, or "".
    ``hreflang``: whether search engines know the tag; a plain-language variant stays out of hreflang.
    """

    code: str
    endonym: str
    english: str
    direction: str = "ltr"
    base: str = ""
    hreflang: bool = True


LANGUAGE_TABLE = (
    Language("de", "Deutsch", "German"),
    Language("de-simple", "Leichte Sprache", "Plain German", base="de", hreflang=False),
    Language("en", "English", "English"),
    Language("tr", "Türkçe", "Turkish"),
    Language("uk", "Українська", "Ukrainian"),
    Language("ar", "العربية", "Arabic", direction="rtl"),
)


def language_info(table):
    """Return ``table`` in the shape of ``django.conf.locale.LANG_INFO``: a dict of dicts by code.

    Django raises for codes it has no entry for (``de-simple``, ``prs``, ``ti``, ``kmr``).
    """
    return {
        language.code: {
            "bidi": language.direction == "rtl",
            "code": language.code,
            "name": language.english,
            "name_local": language.endonym,
        }
        for language in table
    }
