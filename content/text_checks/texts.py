"""A text as the checks read it: words, sentences and links, without markup.

Everything here takes time in proportion to the length of the text, whatever stands in it.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from content.sanitise import is_html, text_of

#: Characters of a text that are looked at, about fifteen printed pages. What stands after them goes unread.
MOST_CHARACTERS = 30_000
#: Characters of a sentence or word that a hint repeats.
EXCERPT = 80

# A run of marks is looked at once, from its beginning: without the look back, "....x" would take its length squared.
_END = re.compile(r"""(?<![.!?…:])[.!?…:]++["'”“»«’›‹)\]]*+(?=\s|$)""")
_LINK = re.compile(r"<a\b", re.IGNORECASE)
_LINK_END = re.compile(r"</a\b", re.IGNORECASE)
#: What ends in a full stop without ending a sentence, where no dot or single letter inside gives it away.
_ABBREVIATIONS = re.compile(
    "abs|bzw|ca|dr|etc|evtl|geb|ggf|hl|inkl|max|min|mind|mio|mrs?|ms|nr|prof|sog|std?|str|tel|usw|vgl|zzgl"
    "|вул|грн|ім|напр|обл|р|стор|тел|тис|см"
)
#: Ukrainian words that end a sentence more often than they are short for something.
_WORDS_OF_ONE_LETTER = frozenset("бжя")
#: Longer than any abbreviation before a full stop.
_ABBREVIATION_LENGTH = 12


@dataclass(frozen=True)
class Text:
    """``plain``: the words, one line per paragraph, heading or list item. ``links``: the words of each link."""

    plain: str
    links: tuple[str, ...] = ()

    @cached_property
    def words(self):
        """Return what stands between spaces and has a letter or a digit in it."""
        return words_of(self.plain)

    @cached_property
    def sentences(self):
        """Return the sentences. They end at ". ! ? … :" before a space, and at the end of a line.

        So a heading and a list item are sentences of their own, and a colon ends one, as Björnsson counts.
        """
        return [
            sentence
            for line in self.plain.splitlines()
            for sentence in _sentences(line)
            if words_of(sentence)
        ]


def read(value):
    """Return the ``Text`` of a field's value: rich text, or plain text as it was typed."""
    value = value[:MOST_CHARACTERS]
    if not is_html(value):
        return Text(plain=value)
    return Text(plain=text_of(value), links=tuple(_links(value)))


def words_of(plain):
    """Return the words of plain text, with the marks that stand at them."""
    return [word for word in plain.split() if any(character.isalnum() for character in word)]


def shortened(words):
    """Return ``words`` on one line, cut at a space where they are long."""
    line = " ".join(words.split())
    if len(line) <= EXCERPT:
        return line
    return f"{line[:EXCERPT].rpartition(' ')[0] or line[:EXCERPT]} …"


def _links(html):
    for piece in _LINK.split(html)[1:]:
        words = " ".join(text_of(_LINK_END.split(piece.partition(">")[2], maxsplit=1)[0]).split())
        if words:
            yield words


def _sentences(line):
    begin = 0
    for mark in _END.finditer(line):
        if not _goes_on(line, begin, mark):
            yield line[begin : mark.end()].strip()
            begin = mark.end()
    yield line[begin:].strip()


def _goes_on(line, begin, mark):
    """Return whether the sentence goes on after a mark: after "z. B.", "12. Juni", "usw. und"."""
    following = line[mark.end() : mark.end() + 2].strip()[:1]
    if not following or not mark[0].startswith("."):
        return False
    if following.islower():
        return True
    before = line[max(begin, mark.start() - _ABBREVIATION_LENGTH) : mark.start()]
    before = re.split(r"\s", before)[-1].lstrip("(„“\"'»«").lower()
    is_ordinal = before.isdecimal() and len(before) <= 2
    if before in _WORDS_OF_ONE_LETTER:
        return False
    return is_ordinal or len(before) == 1 or "." in before or bool(_ABBREVIATIONS.fullmatch(before))
