"""Whether words of both directions stand in the order they are meant to be read in.

Browsers order a text by the Unicode Bidirectional Algorithm (Unicode Standard Annex 9). In a text that is read from
right to left it takes apart what has spaces or signs between numbers: "+49 831 99998-000" is shown as
"99998-000 831 49+", and the last dot of "e.V." jumps to the other side. A left-to-right mark before and after holds
both together.
"""

import re

from django.utils.translation import gettext_lazy as _

from .findings import warning
from .reading import DIRECTION_MARKS
from .wording import is_right_to_left

_MARKS = re.compile(f"[{DIRECTION_MARKS}]")
_OVERRIDES = "\u202d\u202e"
_OPENING = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"} | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)
_CLOSING = frozenset(_OPENING.values())
# Latin words that end in a sign of their own, before more of the text: "e.V.", "C++", "Info!?" is none.
_LATIN_WITH_SIGN = re.compile(
    r"(?<![\w.])[A-Za-z][\w.-]{0,60}(?:[+#%]{1,3}|\.[A-Za-z]\.)(?=[\s،؛])", re.ASCII
)


def directions(unit, source, target):
    """Find phone numbers and Latin words that are shown out of order, and marks of direction without a use."""
    found = _marks(unit, target.marked)
    if not is_right_to_left(unit):
        return found
    message = _(
        "This is shown in the wrong order between words that are read from right to left. Put a left-to-right mark "
        "(U+200E) before it and behind it."
    )
    for token in target.tokens["phone"]:
        if any(sign in token.words for sign in " +/()"):
            found += _unless_held(target, token.start, token.end, message)
    for match in _LATIN_WITH_SIGN.finditer(target.plain):
        found += _unless_held(target, match.start(), match.end(), message)
    return found


def _unless_held(target, start, end, message):
    span = target.span(start, end)
    before = target.marked[max(0, span[0] - 1) : span[0]]
    after = target.marked[span[1] : span[1] + 1]
    held = "\u200e\u202a\u2066\u2068"
    if before in held and before and after and after in "\u200e\u202c\u2069":
        return []
    return [warning("direction", message, span)]


def _marks(unit, marked):
    found, opened, before = [], [], None
    useless = _("There is an invisible mark of direction that does nothing here. Delete it.")
    for match in _MARKS.finditer(marked):
        mark, place = match[0], match.start()
        is_double = before is not None and before.end() == place and before[0] == mark
        if mark in _OVERRIDES:
            message = _("An invisible mark turns the following words around. Delete it.")
            found.append(warning("direction", message, match.span()))
        if mark in _OPENING:
            opened.append(match)
        elif mark in _CLOSING:
            if opened and _OPENING[opened[-1][0]] == mark:
                opened.pop()
            else:
                found.append(warning("direction", useless, match.span()))
        elif (
            is_double
            or not is_right_to_left(unit)
            or not marked[:place].strip()
            and mark != "\u200e"
            or _is_between_arabic(marked, place)
        ):
            found.append(warning("direction", useless, match.span()))
        before = match
    message = _("An invisible mark of direction is opened here and not closed. Delete it.")
    return found + [
        warning("direction", message, match.span()) for match in opened if match[0] not in _OVERRIDES
    ]


def _is_between_arabic(marked, place):
    around = marked[max(0, place - 1) : place] + marked[place + 1 : place + 2]
    return len(around) == 2 and all("\u0620" <= character <= "\u06d3" for character in around)
