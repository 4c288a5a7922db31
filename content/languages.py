"""Names, directions and relations of languages, from the one table in the settings.

Django's ``get_language_info`` has no entry for several of our languages and no base language for any, so
everything here reads ``settings.LANGUAGE_TABLE``.
"""

from django.conf import settings


def language(code):
    """Return the row of the language table for ``code``. Raises ``LookupError`` naming the known codes."""
    for row in settings.LANGUAGE_TABLE:
        if row.code == code:
            return row
    known = ", ".join(row.code for row in settings.LANGUAGE_TABLE)
    raise LookupError(f"“{code}” is not in LANGUAGE_TABLE; it has {known}.")


def direction(code):
    """Return "rtl" or "ltr" for ``code``."""
    return language(code).direction


def language_for(user):
    """Return the code of the language that the admin speaks with ``user``, and mails to them."""
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile and profile.preferred_language) or settings.LANGUAGE_CODE


def source_language():
    """Return the code of the language that partners write in."""
    return settings.LANGUAGE_CODE


#: Languages written in Cyrillic letters; a page loads the font file of its own script.
CYRILLIC = frozenset({"be", "bg", "mk", "ru", "sr", "uk"})


def font_script(code):
    """Return which of the site's font files holds the letters of ``code``: latin, cyrillic or vazirmatn."""
    if direction(code) == "rtl":
        return "vazirmatn"
    return "cyrillic" if code.partition("-")[0] in CYRILLIC else "latin"
