"""Keeps of hostile HTML what a field allows, and makes plain text of HTML and HTML of plain text."""

import re
from html import unescape
from urllib.parse import urlsplit

import nh3
from django.utils.html import escape
from wagtail.rich_text import features as feature_registry

URL_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_BLANK_LINES = re.compile(r"\n\s*\n")
_TAG_BEGINS = re.compile(r"<[a-zA-Z/!?]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# Characters that XML cannot hold, and so neither a feed nor a spreadsheet.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BLOCK_END = re.compile(r"<(?:/p|/h[1-6]|/li|/ul|/ol|/blockquote|br\s*/?|hr\s*/?)>", re.IGNORECASE)

#: What each editor feature stores: tags, each with its attributes.
FEATURE_TAGS = {
    **{f"h{level}": {f"h{level}": ()} for level in range(1, 7)},
    "bold": {"b": (), "strong": ()},
    "italic": {"i": (), "em": ()},
    "ol": {"ol": (), "li": ()},
    "ul": {"ul": (), "li": ()},
    "hr": {"hr": ()},
    "superscript": {"sup": ()},
    "subscript": {"sub": ()},
    "strikethrough": {"s": ()},
    "code": {"code": ()},
    "blockquote": {"blockquote": ()},
    "link": {"a": ("href", "linktype", "id")},
    "document-link": {"a": ("linktype", "id")},
    "image": {"embed": ("embedtype", "id", "format", "alt")},
    "embed": {"embed": ("embedtype", "url")},
}


def clean_rich_text(html, features=None):
    """Return ``html`` with nothing in it but what ``features`` store (default: Wagtail's own list).

    Links keep web, mail and telephone addresses, and Wagtail's own references to pages and documents.
    Cleaning twice changes nothing more.
    """
    tags, attributes = {"p", "br"}, {}
    for feature in features or feature_registry.get_default_features():
        for tag, names in FEATURE_TAGS.get(feature, {}).items():
            tags.add(tag)
            attributes.setdefault(tag, set()).update(names)
    return nh3.clean(
        html,
        tags=tags,
        clean_content_tags={"script", "style"},
        attributes={tag: names for tag, names in attributes.items() if names},
        url_schemes=URL_SCHEMES,
        link_rel=None,
    ).strip()


#: What a sentence inside a paragraph may contain; links are told apart by ``id``, their addresses are kept elsewhere.
SENTENCE_TAGS = frozenset({"a", "abbr", "b", "br", "code", "em", "i", "strong"})


#: What does no harm in a sentence and is no part of one; whoever typed it is told when it is published.
BLOCK_TAGS = frozenset({"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "ul"})


def clean_sentence(html, *, keeps_blocks=False):
    """Return one sentence of rich text with nothing in it but emphasis and numbered links.

    Plain text is returned as it is, also with a lonely "<" or "&" in it. ``keeps_blocks``: headings, lists and
    paragraphs stay, without attributes, for a message to point at.
    """
    if not _TAG_BEGINS.search(html):
        return html
    return nh3.clean(
        html,
        tags=set(SENTENCE_TAGS | BLOCK_TAGS if keeps_blocks else SENTENCE_TAGS),
        clean_content_tags={"script", "style"},
        attributes={"a": {"id"}},
        link_rel=None,
    )


def is_safe_address(address):
    """Return whether ``address`` may be linked to: on the web, by mail or telephone, or within this site."""
    try:
        scheme = urlsplit(address.strip()).scheme.lower()
    except ValueError:
        return False
    return not scheme or scheme in URL_SCHEMES


def writable(text):
    """Return ``text`` without characters that a file cannot hold, line ends as ``\\n``."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_html(text):
    """Return whether ``text`` contains a tag."""
    return bool(_TAG.search(text))


def html_of(text):
    """Return plain text as paragraphs; a blank line separates two, a single line break stays one."""
    paragraphs = [part.strip() for part in _BLANK_LINES.split(text.strip()) if part.strip()]
    return "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs)


def text_of(html):
    """Return the words of ``html`` as plain text, one line per paragraph, heading or list item."""
    with_breaks = _BLOCK_END.sub("\n", html)
    bare = unescape(nh3.clean(with_breaks, tags=set(), clean_content_tags={"script", "style"}))
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in bare.splitlines())
    return "\n".join(line for line in lines if line)
