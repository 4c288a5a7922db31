"""Marked text: a sentence as translators see it, with its tags as numbers that cannot be mistyped into others.

wagtail-localize keeps a sentence as inline HTML whose tags have no attributes but an ``id``. In marked text it reads
``Kaffee & <1>Kuchen</1> <2>hier</2><3/>``: nothing is escaped, and each tag is the number of its first appearance. A
number that the sentence says itself, as in ``<1>`` typed by its author, is not given to a tag.
"""

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

#: One tag of marked text. Groups: ``close``, ``number``, ``empty``.
MARK = re.compile(r"<(?P<close>/?)(?P<number>[1-9][0-9]{0,2})(?P<empty>/?)>")

_EMPTY = frozenset({"br", "hr", "img", "wbr"})


class Broken(ValueError):
    """The tags of a marked text are not those of its source. ``messages``: what is wrong, for people."""

    def __init__(self, messages):
        super().__init__(str(messages[0]))
        self.messages = messages


@dataclass(frozen=True)
class Tag:
    """A tag of the source: its number, how it begins and ends in HTML; ``end`` is empty for ``<br/>``."""

    number: int
    start: str
    end: str


class _Reader(HTMLParser):
    """Reads inline HTML into marked text and its tags."""

    def __init__(self, taken, numbers=None):
        super().__init__(convert_charrefs=True)
        self.taken = taken
        self.numbers = {start: list(known) for start, known in (numbers or {}).items()}
        self.last = max((number for known in self.numbers.values() for number in known), default=0)
        self.parts, self.tags, self.open = [], [], []

    def handle_starttag(self, name, attrs):
        is_empty = name in _EMPTY
        start = self.get_starttag_text()
        number = self._number_of(start)
        self.tags.append(Tag(number, start, "" if is_empty else f"</{name}>"))
        if is_empty:
            self.parts.append(f"<{number}/>")
        else:
            self.open.append((name, number))
            self.parts.append(f"<{number}>")

    def handle_startendtag(self, name, attrs):
        start = self.get_starttag_text()
        number = self._number_of(start)
        self.tags.append(Tag(number, start, ""))
        self.parts.append(f"<{number}/>")

    def handle_endtag(self, name):
        if self.open and self.open[-1][0] == name:
            self.parts.append(f"</{self.open.pop()[1]}>")

    def handle_data(self, data):
        self.parts.append(data)

    def _number_of(self, start):
        if self.numbers.get(start):
            return self.numbers[start].pop(0)
        self.last += 1
        while self.last in self.taken:
            self.last += 1
        return self.last


def _read(html, numbers=None):
    spoken = _Words()
    spoken.feed(html)
    spoken.close()
    taken = {int(match["number"]) for match in MARK.finditer("".join(spoken.words))}
    reader = _Reader(taken, numbers)
    reader.feed(html)
    reader.close()
    return reader


class _Words(HTMLParser):
    """Collects what a sentence says, without its tags."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.words = []

    def handle_data(self, data):
        self.words.append(data)


def to_marked(html, source_html=None):
    """Return inline HTML as marked text.

    ``source_html``: the sentence that ``html`` translates; its tags have the same numbers in both. A tag that the
    source has not is given the next free number, and is text for ``to_html``.
    """
    if source_html is None:
        return "".join(_read(html).parts)
    numbers = {}
    for tag in tags_of(source_html):
        numbers.setdefault(tag.start, []).append(tag.number)
    return "".join(_read(html, numbers).parts)


def tags_of(source_html):
    """Return the ``Tag`` list of a sentence, in the order of their numbers."""
    return _read(source_html).tags


def marks_in(marked):
    """Return the numbers of the tags in a marked text, each as often as it opens or stands alone."""
    return [int(match["number"]) for match in MARK.finditer(marked) if not match["close"]]


def plain(marked):
    """Return a marked text without its tags. A ``<1>`` that is part of the text goes as well."""
    return MARK.sub("", marked)


def to_html(marked, source_html):
    """Return ``marked`` as inline HTML with the tags of ``source_html``.

    Raises ``Broken`` where a tag is missing, doubled, not closed, or crosses another. A number that is no tag
    of the source is text.
    """
    tags = {tag.number: tag for tag in tags_of(source_html)}
    parts, wrong, opened, used, position = [], {}, [], set(), 0
    for match in MARK.finditer(marked):
        number = int(match["number"])
        tag = tags.get(number)
        if tag is None:
            continue
        parts.append(escape(marked[position : match.start()], quote=False))
        position = match.end()
        if match["close"]:
            if not opened or opened[-1] != number:
                wrong.setdefault(number, _crossed)
                continue
            opened.pop()
            parts.append(tag.end)
            continue
        if number in used:
            wrong.setdefault(number, _doubled)
            continue
        used.add(number)
        if bool(match["empty"]) != (not tag.end):
            wrong.setdefault(number, _not_closed if tag.end else _crossed)
            continue
        if tag.end:
            opened.append(number)
        parts.append(tag.start)
    parts.append(escape(marked[position:], quote=False))
    wrong = dict.fromkeys(opened, _not_closed) | wrong
    wrong |= {number: _missing for number in tags if number not in used}
    if wrong:
        raise Broken([wrong[number](number) for number in sorted(wrong)])
    return "".join(parts)


def _missing(number):
    return format_lazy(
        _("The mark {start} is missing. Put it where the words stand that it belongs to."),
        start=f"<{number}>",
    )


def _doubled(number):
    return format_lazy(_("The mark {start} stands there twice. Keep one."), start=f"<{number}>")


def _not_closed(number):
    return format_lazy(
        _("The mark {start} is not closed. Write {end} behind the words that it belongs to."),
        start=f"<{number}>",
        end=f"</{number}>",
    )


def _crossed(number):
    return format_lazy(
        _("The mark {end} stands in the wrong place. Marks must not cross each other."), end=f"</{number}>"
    )
