"""The same page in other languages: for search engines, the sitemap and the switcher.

A page whose sentences nobody has translated yet counts: its facts and everything around them are in the reader's
language. Plain-language variants have addresses of their own but no ``hreflang``, which knows no such tag.
"""

from dataclasses import dataclass

from django.conf import settings

from .languages import language
from .visibility import visible_pages


@dataclass(frozen=True)
class Alternate:
    """A page in one language. ``hreflang`` is "" where search engines have no name for the language."""

    code: str
    hreflang: str
    url: str


def alternates_of(rows, request):
    """Return an ``Alternate`` per page of ``rows`` (with ``locale`` fetched), in the order of the language table.

    Pages that stand below no site have no address and are left out.
    """
    by_code = {row.locale.language_code: row for row in rows}
    found = []
    for entry in settings.LANGUAGE_TABLE:
        url = by_code[entry.code].get_full_url(request) if entry.code in by_code else None
        if url:
            found.append(Alternate(entry.code, entry.code if entry.hreflang else "", url))
    return found


def alternates(page, request):
    """Return the ``Alternate`` of every language that readers find ``page`` in."""
    rows = visible_pages().filter(translation_key=page.translation_key).select_related("locale")
    return alternates_of(rows, request)


def hreflang_links(found, code):
    """Return ``[(hreflang, address)]`` for a page in the language ``code``: all languages, itself, and x-default.

    Empty where the page's own language has no ``hreflang``, because links must be mutual.
    """
    if not language(code).hreflang:
        return []
    links = [(alternate.hreflang, alternate.url) for alternate in found if alternate.hreflang]
    default = next((a.url for a in found if a.code == settings.LANGUAGE_CODE), None)
    return [*links, ("x-default", default)] if default else links
