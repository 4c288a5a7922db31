"""Whether the numbered tags of the source are all there, and no others."""

import re
from html import escape

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from translation.placeholders import MARK, Broken, to_html

from .findings import error, warning

_HTML = re.compile(
    r"</?(?:a|b|br|div|em|h[1-6]|i|li|ol|p|span|strong|u|ul)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#\d{1,6}|[a-z]{2,8});", re.IGNORECASE)


def tags(unit, source, target):
    """Find tags that are missing, doubled, open, crossed or not in the source, and HTML that readers would see."""
    html, numbers = _as_html(source.marked)
    found = []
    try:
        to_html(target.marked, html)
    except Broken as broken:
        found += [error("tags", message) for message in broken.messages]
    said = {match[0] for match in MARK.finditer(source.marked)}
    for match in MARK.finditer(target.marked):
        if int(match["number"]) not in numbers and match[0] not in said:
            message = _("The original has no mark “{here}”. Take it out.")
            found.append(error("tags", format_lazy(message, here=match[0]), match.span()))
    for pattern in (_HTML, _ENTITY):
        for match in pattern.finditer(target.marked):
            if match[0] not in source.marked:
                message = _("Readers would see “{here}”. Write the words or signs themselves.")
                found.append(warning("markup", format_lazy(message, here=match[0]), match.span()))
    return found


def _as_html(marked):
    """Return inline HTML with the tags of a marked text, and their numbers; what its author typed as a tag is text."""
    closed = {match["number"] for match in MARK.finditer(marked) if match["close"]}
    parts, numbers, position = [], set(), 0
    for match in MARK.finditer(marked):
        if not match["empty"] and match["number"] not in closed:
            continue
        numbers.add(int(match["number"]))
        parts += [escape(marked[position : match.start()], quote=False), _html_of(match)]
        position = match.end()
    return "".join([*parts, escape(marked[position:], quote=False)]), numbers


def _html_of(match):
    return "<br/>" if match["empty"] else f"<{match['close']}b>"
