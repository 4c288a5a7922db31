"""Finds terms in texts: whole words, whatever their case, also with the endings that German adds to them.

Names that are not translated are found as they are written only: "MitMischen" is a name, "mitmischen" a word.
The time it takes grows with the length of the text, not with the number of terms.
"""

import re
from dataclasses import dataclass
from typing import Any

from translation.placeholders import MARK

from .models import Rule

#: What German adds to a word: "Lotse" is found in "Lotsen", "Verein" in "Vereines" and "Vereinen".
ENDINGS = ("e", "en", "er", "es", "n", "s")
#: Endings of adjectives, which change before a noun: "Runder Tisch" is found in "am Runden Tisch".
ADJECTIVE_ENDINGS = ("e", "em", "en", "er", "es")
#: Letters that have to be left of a word when an ending is taken off.
SHORTEST_STEM = 3

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Hit:
    """A ``term`` that stands in a text from ``start`` to ``end``."""

    term: Any
    start: int
    end: int


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int


def folded(text):
    """Return ``text`` in one line and without case, as it is compared."""
    return " ".join(text.split()).casefold()


def _words(text):
    return [_Word(match.group().casefold(), *match.span()) for match in _WORD.finditer(text)]


def _gap(between):
    """Return what stands between two words without the spaces; "" where they follow each other."""
    return "".join(between.split()).replace("-", "").replace("\u2011", "")


def _stems(word, endings):
    """Return ``word`` and what is left of it without each ending."""
    return {word} | {
        word.removesuffix(ending)
        for ending in endings
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM
    }


class Matcher:
    """The terms of a language, ready to be looked for in any number of texts.

    ``terms``: objects with a ``source``; one without a letter or digit in it is never found.
    """

    def __init__(self, terms):
        self._by_first = {}
        for term in terms:
            words = _words(term.source)
            if not words:
                continue
            gaps = [
                _gap(term.source[one.end : other.start]) for one, other in zip(words, words[1:], strict=False)
            ]
            phrase = ([word.text for word in words], gaps, term)
            if len(words) == 1:
                keys = {words[0].text}
            else:
                keys = _stems(words[0].text, ADJECTIVE_ENDINGS)
            for key in keys:
                self._by_first.setdefault(key, []).append(phrase)

    def hits(self, text):
        """Return the ``Hit`` list of ``text`` (marked text), in its order.

        Where terms overlap the longest is found; several terms for the same words are all found.
        """
        bare = MARK.sub(lambda mark: " " * len(mark.group()), text)
        words = _words(bare)
        found, position = [], 0
        while position < len(words):
            here = self._longest_at(words, position, bare)
            found += here
            position += self._length(here) if here else 1
        return found

    def _longest_at(self, words, position, text):
        best, hits = 0, {}
        first = words[position].text
        for stem in _stems(first, {*ENDINGS, *ADJECTIVE_ENDINGS}):
            for phrase, gaps, term in self._by_first.get(stem, ()):
                size = len(phrase)
                here = words[position : position + size]
                if (
                    size < best
                    or not _fits(phrase, gaps, here, text)
                    or not _is_written_alike(term, here, text)
                ):
                    continue
                if size > best:
                    best, hits = size, {}
                hits[id(term)] = Hit(term, words[position].start, words[position + size - 1].end)
        return list(hits.values())

    @staticmethod
    def _length(hits):
        return len(_words(hits[0].term.source))


def _is_written_alike(term, words, text):
    """Return whether ``text`` writes ``term`` with the same capital letters, where that makes a difference."""
    if getattr(term, "rule", None) != Rule.KEEP:
        return True
    return all(
        text[word.start : word.end].startswith(tuple(_stems(match.group(), ADJECTIVE_ENDINGS)))
        for word, match in zip(words, _WORD.finditer(term.source), strict=True)
    )


def _fits(phrase, gaps, words, text):
    if len(words) < len(phrase):
        return False
    *before, last = phrase
    if last not in _stems(words[-1].text, ENDINGS):
        return False
    if any(
        _stems(wanted, ADJECTIVE_ENDINGS).isdisjoint(_stems(word.text, ADJECTIVE_ENDINGS))
        for wanted, word in zip(before, words, strict=False)
    ):
        return False
    return all(
        _gap(text[one.end : other.start]) == gap
        for one, other, gap in zip(words, words[1:], gaps, strict=False)
    )
