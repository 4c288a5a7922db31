"""Marked text as the content of an XML element, and back: numbered tags become inline codes with these numbers.

Only tags that lie in each other properly can be elements. What does not, such as the tags of a broken draft, is text,
so that every marked text survives the way there and back.
"""

import re
from xml.sax.saxutils import escape

from translation.files.xml import local_name
from translation.placeholders import MARK

# What XML 1.0 cannot hold at all, and what its readers change.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_PAIRED = frozenset({"pc", "g"})
_ALONE = frozenset({"ph", "x", "it"})
_OPENING = frozenset({"sc", "bx", "bpt"})
_CLOSING = frozenset({"ec", "ex", "ept"})
#: Elements that only point something out.
_THROUGH = frozenset({"mrk", "sm", "em"})
_NUMBER = re.compile(r"[1-9][0-9]{0,2}\Z", re.ASCII)


def to_xml(marked):
    """Return the content of a ``source`` or ``target`` of XLIFF 2.1 as XML text."""
    parts, position = [], 0
    for match, opens in _elements(marked):
        parts.append(_text(marked[position : match.start()]))
        number = match["number"]
        if match["empty"]:
            parts.append(f'<ph id="{number}"/>')
        else:
            parts.append(f'<pc id="{number}">' if opens else "</pc>")
        position = match.end()
    return "".join([*parts, _text(marked[position:])])


def from_xml(element):
    """Return the marked text of a ``source`` or ``target`` element of XLIFF 1.2 or 2.x."""
    return "".join(_parts(element))


def _parts(element):
    # Without recursion: files decide how deep they are.
    parts, waiting = [], [("inside", element)]
    while waiting:
        what, value = waiting.pop()
        if what == "text":
            parts.append(value)
            continue
        if what == "inside":
            following = [("text", value.text or "")]
            for child in value:
                following += [("code", child), ("text", child.tail or "")]
            waiting += reversed(following)
            continue
        name = local_name(value)
        number = _number(value)
        if name == "cp":
            parts.append(_character(value.get("hex", "")))
        elif name in _THROUGH:
            waiting.append(("inside", value))
        elif name in _PAIRED:
            waiting += [("text", f"</{number}>"), ("inside", value), ("text", f"<{number}>")]
        elif name in _OPENING:
            parts.append(f"<{number}>")
        elif name in _CLOSING:
            parts.append(f"</{number}>")
        elif name in _ALONE:
            parts.append(f"<{number}/>")
    return parts


def _number(element):
    """Return the number of an inline code. One that is not ours stays as it is, and is refused as an unknown tag."""
    for name in ("startRef", "rid", "id"):
        value = element.get(name, "")
        if _NUMBER.match(value):
            return value
    return "999"


def _character(code):
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _elements(marked):
    """Yield ``(match, whether it opens)`` of the tags that can be elements, each number once."""
    opened, pairs, used = [], {}, set()
    matches = list(MARK.finditer(marked))
    for place, match in enumerate(matches):
        number = match["number"]
        if match["close"]:
            if match["empty"]:
                continue
            if any(matches[start]["number"] == number for start in opened):
                while matches[opened[-1]]["number"] != number:
                    opened.pop()
                pairs[opened.pop()] = place
        elif match["empty"]:
            if number not in used:
                used.add(number)
                pairs[place] = place
        elif number not in used:
            used.add(number)
            opened.append(place)
    ends = {end: start for start, end in pairs.items()}
    for place, match in enumerate(matches):
        if place in pairs:
            yield match, True
        elif place in ends:
            yield match, False


def _text(text):
    """Return text for XML. Readers of XML make a line feed of "\\r", so it is written as a reference."""
    parts, position = [], 0
    for match in _FORBIDDEN.finditer(text):
        parts += [escape(text[position : match.start()]), f'<cp hex="{ord(match[0]):04X}"/>']
        position = match.end()
    return "".join([*parts, escape(text[position:])]).replace("\r", "&#13;")


def plain_xml(text):
    """Return text for an element or attribute that knows no inline codes; what XML cannot hold is left out."""
    return escape(_FORBIDDEN.sub("", text), {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})
