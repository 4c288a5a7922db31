"""schema.org data in a page, written so that nothing in it can end the script it stands in."""

import json

from django.utils.html import format_html
from django.utils.safestring import mark_safe

#: Inside a script element these could end it, open a comment, or break older readers of JSON.
ESCAPES = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def json_ld_script(data, *, nonce=""):
    """Return ``data`` (a dict, or a list of dicts) as a JSON-LD script element; "" for nothing."""
    if not data:
        return ""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return format_html(
        '<script type="application/ld+json" nonce="{}">{}</script>',
        nonce,
        mark_safe(text),  # noqa: S308  (every character that could leave the element is escaped above)
    )


def breadcrumb_list(trail):
    """Return a schema.org ``BreadcrumbList`` of ``[(name, absolute address)]``, outermost first."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": url}
            for number, (name, url) in enumerate(trail, start=1)
        ],
    }


def page_data(page, request):
    """Return the schema.org data that the page's kind declares for it, as a list; empty without any."""
    kind = getattr(page, "kind", None)
    if kind is None or kind.json_ld is None:
        return []
    data = kind.json_ld(page, request)
    return data if isinstance(data, list) else [data]
