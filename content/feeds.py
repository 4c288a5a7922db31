"""Lists as feeds: Atom for readers of news, iCalendar for calendars; with the filter of the list they stand for."""

from django.http import Http404, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .languages import direction
from .sanitise import writable

#: Entries of a feed at the most; readers come back.
LIMIT = 50
CALENDAR_LIMIT = 500
ATOM = "application/atom+xml"
CALENDAR = "text/calendar"


class LanguageAwareAtom(Atom1Feed):
    """Atom with the language of every entry, and the direction of its script where that differs."""

    def item_attributes(self, item):
        return super().item_attributes(item) | {"xml:lang": item["language"]}

    def add_item_elements(self, handler, item):
        """Write titles and summaries as XHTML where the script runs from right to left; plain text elsewhere."""
        if direction(item["language"]) == "ltr":
            super().add_item_elements(handler, item)
            return
        title, description = item["title"], item["description"]
        for name, text in (("title", title), ("summary", description)):
            handler.startElement(name, {"type": "xhtml"})
            handler.startElement("div", {"xmlns": "http://www.w3.org/1999/xhtml", "dir": "rtl"})
            handler.characters(text)
            handler.endElement("div")
            handler.endElement(name)
        super().add_item_elements(_Without(handler, {"title", "summary"}), item)


class _Without:
    """Passes everything to an XML writer but elements of some names."""

    def __init__(self, handler, names):
        self._handler, self._names = handler, names

    def addQuickElement(self, name, contents=None, attrs=None):  # noqa: N802  (the writer's own name)
        if name not in self._names:
            self._handler.addQuickElement(name, contents, attrs)

    def __getattr__(self, name):
        return getattr(self._handler, name)


def atom_feed(*, kind, query, request, url):
    """Return the newest entries of a list as Atom. ``query``: the list's ``DirectoryQuery``; ``url``: its page."""
    feed = LanguageAwareAtom(
        title=f"{kind.label} – Mitmischen",
        link=request.build_absolute_uri(url),
        description=str(kind.intro),
        language=get_language(),
        feed_url=request.build_absolute_uri(),
        feed_guid=request.build_absolute_uri(),
        author_name="Mitmischen",
    )
    pages = sorted(query.pages(limit=LIMIT), key=lambda page: page.last_published_at, reverse=True)
    for page in pages:
        owner = page.owner_page
        feed.add_item(
            title=writable(page.title),
            link=page.get_full_url(request),
            description=writable(kind.feed_summary(page) if kind.feed_summary else page.teaser),
            unique_id=f"urn:uuid:{page.translation_key}",
            unique_id_is_permalink=False,
            pubdate=page.first_published_at,
            updateddate=page.last_published_at,
            author_name=writable(owner.title) if owner is not None else "Mitmischen",
            language=page.language_of("title"),
        )
    response = HttpResponse(content_type=f"{ATOM}; charset=utf-8")
    feed.write(response, "utf-8")
    return response


def calendar_feed(*, kind, query, request):
    """Return a list as a calendar. Raises ``Http404`` for kinds without one."""
    if kind.calendar is None:
        raise Http404(_("There is no calendar for this list."))
    response = HttpResponse(
        kind.calendar(query.pages(limit=CALENDAR_LIMIT), request), content_type=f"{CALENDAR}; charset=utf-8"
    )
    response["Content-Disposition"] = f'inline; filename="{kind.slug}.ics"'
    return response


def feed_links(*, kind, url, query_string, request):
    """Return ``[(address, mime type, label)]`` of the feeds of a list with its filter."""
    tail = f"?{query_string}" if query_string else ""
    links = [(f"{url}feed.atom{tail}", ATOM, _("Follow this list as a feed"))]
    if kind.calendar is not None:
        address = request.build_absolute_uri(f"{url}calendar.ics{tail}")
        links.append((address, CALENDAR, _("Follow this list in your calendar")))
    return links
