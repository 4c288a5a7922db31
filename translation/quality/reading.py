"""A marked text as the checks read it: without tags and invisible marks, and with the digits 0 to 9."""

import unicodedata
from functools import cached_property

from content.text_checks.texts import MOST_CHARACTERS
from translation.placeholders import MARK

from .tokens import tokens_of

#: Invisible marks of direction (Unicode Standard Annex 9, section 2).
DIRECTION_MARKS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_DROPPED = frozenset(DIRECTION_MARKS + "\u00ad\u200b\u2060\ufeff")
# Arabic has signs of its own between thousands and before decimals.
_READ_AS = {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "٬": ",", "٫": "."}


class Reading:
    """``plain``: the words. ``span(start, end)``: where a part of ``plain`` stands in the marked text.

    Only the first ``MOST_CHARACTERS`` are read.
    """

    def __init__(self, marked, language):
        self.marked = marked[:MOST_CHARACTERS]
        self.language = language
        self._characters, self._positions = [], []
        position = 0
        for match in MARK.finditer(self.marked):
            self._take(position, match.start())
            if match["empty"]:
                self._add("\n", match.start())
            position = match.end()
        self._take(position, len(self.marked))
        self.plain = "".join(self._characters)

    def _take(self, start, end):
        for position in range(start, end):
            character = self.marked[position]
            if character in _DROPPED:
                continue
            if character.isdecimal() and not character.isascii():
                character = str(unicodedata.decimal(character))
            self._add(_READ_AS.get(character, character), position)

    def _add(self, character, position):
        self._characters.append(character)
        self._positions.append(position)

    def span(self, start, end):
        """Return where ``plain[start:end]`` stands in the marked text; ``end`` must be greater than ``start``."""
        return self._positions[start], self._positions[end - 1] + 1

    @cached_property
    def tokens(self):
        """Return ``{kind: [Token]}``: what must be the same in every language."""
        return tokens_of(self.plain, self.language)
