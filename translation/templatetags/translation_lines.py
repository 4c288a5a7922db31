"""Marked text in templates: tags as small numbers, differences word by word."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from content.word_diffs import ADDED, DELETED, word_diff
from translation.placeholders import MARK, plain

register = template.Library()

register.filter("without_marks", plain)


@register.simple_tag
def marked(text, hits=()):
    """Show marked text with its tags as small boxes, and what the glossary's ``hits`` found in it underlined."""
    parts, position = [], 0
    for hit in sorted(hits, key=lambda hit: hit.start):
        if hit.start >= position:
            parts.append(_boxed(text[position : hit.start]))
            parts.append(format_html('<span class="term">{}</span>', _boxed(text[hit.start : hit.end])))
            position = hit.end
    parts.append(_boxed(text[position:]))
    return format_html_join("", "{}", ((part,) for part in parts))


def _boxed(text):
    parts, position = [], 0
    for match in MARK.finditer(text):
        parts.append(_words(text[position : match.start()]))
        parts.append(format_html('<span class="mark">{}</span>', match[0].strip("<>")))
        position = match.end()
    parts.append(_words(text[position:]))
    return format_html_join("", "{}", ((part,) for part in parts))


@register.simple_tag
def marked_diff(before, after):
    """Show what became of ``before``: what went struck through, what came underlined."""
    tags = {DELETED: "del", ADDED: "ins"}
    parts = []
    for kind, text in word_diff(before, after):
        tag = tags.get(kind)
        parts.append(format_html("<{0}>{1}</{0}>", SafeString(tag), marked(text)) if tag else marked(text))
    return format_html_join("", "{}", ((part,) for part in parts))


def _words(text):
    return format_html_join(SafeString("<br>"), "{}", ((line,) for line in text.split("\n")))
