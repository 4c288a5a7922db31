"""The sitemap: every page readers may see, in every language, with its alternates (sitemaps.org 0.9, xhtml links).

Wagtail's own lists the default language only.
"""

from collections import defaultdict
from io import BytesIO
from xml.sax.saxutils import XMLGenerator

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from .alternates import alternates_of, hreflang_links
from .visibility import visible_pages

#: Pages (each in all its languages) in one file; with six languages far below the 50,000 addresses allowed.
PAGES_PER_FILE = 1500

NAMESPACES = {
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
}


def _keys():
    return (
        visible_pages()
        .filter(depth__gt=1)
        .order_by("translation_key")
        .values_list("translation_key", flat=True)
    )


def _file(root, attributes, write):
    buffer = BytesIO()
    xml = XMLGenerator(buffer, encoding="utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement(root, attributes)
    write(xml)
    xml.endElement(root)
    xml.endDocument()
    return HttpResponse(buffer.getvalue(), content_type="application/xml; charset=utf-8")


def _element(xml, name, text):
    xml.startElement(name, {})
    xml.characters(text)
    xml.endElement(name)


@require_safe
def sitemap(request):
    """Return the sitemap, or an index of its parts where one file would be too long."""
    count = _keys().distinct().count()
    if count <= PAGES_PER_FILE:
        return sitemap_part(request, number=1)

    def write(xml):
        for number in range(1, -(-count // PAGES_PER_FILE) + 1):
            xml.startElement("sitemap", {})
            address = reverse("content_sitemap_part", args=[number])
            _element(xml, "loc", request.build_absolute_uri(address))
            xml.endElement("sitemap")

    return _file("sitemapindex", {"xmlns": NAMESPACES["xmlns"]}, write)


@require_safe
def sitemap_part(request, number):
    """Return part ``number``, from 1. Raises ``Http404`` beyond the last."""
    start = (number - 1) * PAGES_PER_FILE
    keys = list(_keys().distinct()[start : start + PAGES_PER_FILE])
    if not keys and number > 1:
        raise Http404
    groups = defaultdict(list)
    for row in visible_pages().filter(translation_key__in=keys).select_related("locale"):
        groups[row.translation_key].append(row)

    def write(xml):
        for rows in groups.values():
            found = alternates_of(rows, request)
            changed = max((row.last_published_at for row in rows if row.last_published_at), default=None)
            for alternate in found:
                xml.startElement("url", {})
                _element(xml, "loc", alternate.url)
                if changed:
                    _element(xml, "lastmod", changed.isoformat(timespec="seconds"))
                for hreflang, url in hreflang_links(found, alternate.code):
                    link = {"rel": "alternate", "hreflang": hreflang, "href": url}
                    xml.startElement("xhtml:link", link)
                    xml.endElement("xhtml:link")
                xml.endElement("url")

    return _file("urlset", NAMESPACES, write)


@require_safe
def robots(request):
    """Tell robots where the sitemap is and what is not for them."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /django-admin/",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('content_sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
