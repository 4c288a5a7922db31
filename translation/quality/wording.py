"""What a translator should look at again: sentences, marks, spaces, doubled words, letters of another script."""

import re

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from content.languages import CYRILLIC, direction
from content.text_checks.texts import Text

from .facts import SIMPLE
from .findings import error, warning

_WORD = re.compile(r"[^\W\d_]{1,80}")
_LETTERS = re.compile(r"[^\W\d_]{1,200}")
#: Marks at the end of a sentence in all scripts, by what they say.
_ENDS = {".": ".", "۔": ".", "!": "!", "?": "?", "؟": "?", "…": "…", ":": ":"}
_SENTENCE_MARKS = str.maketrans({"؟": "?", "۔": ".", ":": ","})
#: At the end of a text the dot of an abbreviation may be that of the sentence as well: "9–11 a.m.".
_DOTTED = re.compile(r"\.\s?[^\W\d_]{1,3}\.[\s\"'”“»«’‘›‹)\]}]{0,9}\Z")
_CLOSING = " \n\t\"'”“»«’‘›‹)]}"
_BRACKETS = {"(": ")", "[": "]", "{": "}", "«": "»"}
_SPACES = re.compile(r"(?<=\S)[ \u00a0]{2,50}(?=\S)")
_SPACE_BEFORE_MARK = re.compile(r"(?<=\w)[ \u00a0]{1,50}[,;.!?؟،؛](?=\s|\Z)")
_LATIN_MARK_IN_ARABIC = re.compile(r"(?<=[\u0620-\u064a\u0660-\u06d3])[,;?]|[,;?](?=\s{0,3}[\u0620-\u064a])")
_ARABIC_MARKS = {",": "،", ";": "؛", "?": "؟"}
#: Languages of the table whose question mark, comma and semicolon are the Arabic ones.
_ARABIC_SCRIPT = frozenset({"ar", "ckb", "fa", "prs", "ps", "ur"})

#: Words that may follow themselves. In Turkish all may: "yavaş yavaş" is slowly.
_MAY_REPEAT = {
    "de": frozenset(["die", "der", "das", "den", "dem", "sie", "ihr"]),
    "en": frozenset(["that", "had", "in"]),
    "uk": frozenset(["все", "так", "ну"]),
}
_TURKISH_ONCE = frozenset(
    ["ve", "bir", "bu", "şu", "için", "ile", "de", "da", "mi", "mı", "ama", "veya", "olan"]
)

#: How long a translation may be, as shares of the source; outside it is worth a look. In the demo, 652 translations of
#: sources with at least ``_LONG`` characters have shares from 0.37 to 1.4; the four below 0.45 leave a sentence out.
_SHORTEST, _LONGEST, _LONG = 0.45, 2.0, 40
#: An unchanged sentence is told when it has so many words in small letters; names have fewer ("e.V.", "am Markt").
_SMALL_WORDS = 2


def length(unit, source, target):
    """Find a translation longer than its field allows, and one that is much shorter or longer than its source."""
    if unit.limit is not None and len(target.plain) > unit.limit:
        message = format_lazy(
            _("Too long: {count} characters, and {limit} fit. Shorten it."),
            count=len(target.plain),
            limit=unit.limit,
        )
        return [error("length", message, target.span(unit.limit, len(target.plain)))]
    if unit.language == SIMPLE or len(source.plain) < _LONG:
        return []
    share = len(target.plain) / len(source.plain)
    if share < _SHORTEST:
        return [warning("length_ratio", _("Much shorter than the original. Is something missing?"))]
    if share > _LONGEST:
        return [
            warning("length_ratio", _("Much longer than the original. Does it say more than the original?"))
        ]
    return []


def sentences(unit, source, target):
    """Find another number of sentences than in the source, and a sentence that stands there twice.

    A colon ends none here: languages differ in where they put one. Leichte Sprache makes several sentences of one.
    """
    found = []
    text = _sentence_text(target.plain)
    before, after = Text(plain=_sentence_text(source.plain)).sentences, Text(plain=text).sentences
    if unit.language != SIMPLE and len(after) < len(before):
        message = _("Sentences in the original: {there}, in the translation: {here}. Is one missing?")
        found.append(warning("sentences", format_lazy(message, there=len(before), here=len(after))))
    elif unit.language != SIMPLE and len(after) > len(before):
        message = _("Sentences in the original: {there}, in the translation: {here}. Is one too many?")
        found.append(warning("sentences", format_lazy(message, there=len(before), here=len(after))))
    seen, position = set(), 0
    for sentence in after:
        start = text.find(sentence, position)
        position = start + len(sentence)
        bare = sentence.casefold()
        if bare in seen and len(_WORD.findall(sentence)) > 1 and len(set(before)) == len(before):
            message = _("This sentence stands there twice. Keep one.")
            found.append(warning("sentence_doubled", message, target.span(start, position)))
        seen.add(bare)
    return found


def end_mark(unit, source, target):
    """Find a translation that does not end as its source does: with a stop, a question mark, or nothing."""
    before, after = _end(source.plain), _end(target.plain)
    if before == after or {before, after} == {".", "!"} or {before, after} == {".", "…"}:
        return []
    if (before in ("", ".") and after in ("", ".")) and (
        _DOTTED.search(source.plain) or _DOTTED.search(target.plain)
    ):
        return []
    if unit.language == SIMPLE and after:
        return []
    last = target.plain.rstrip()
    span = target.span(len(last) - 1, len(last)) if last else None
    if not after:
        message = format_lazy(
            _("The original ends with “{there}”, the translation with no mark. Add it."),
            there=_mark(before, unit.language),
        )
    elif not before:
        message = format_lazy(
            _("The translation ends with “{here}”, the original with no mark. Take it out."), here=last[-1]
        )
    else:
        message = format_lazy(
            _("The original ends with “{there}”, the translation does not. Is it the same sentence?"),
            there=_mark(before, unit.language),
        )
    return [warning("end_mark", message, span)]


def marks(unit, source, target):
    """Find Latin marks between Arabic letters, a space before a mark, and brackets that do not close."""
    found = []
    if unit.language.partition("-")[0] in _ARABIC_SCRIPT:
        for match in _LATIN_MARK_IN_ARABIC.finditer(target.plain):
            message = _("In this language the mark is “{mark}”. Write it instead of “{here}”.")
            found.append(
                warning(
                    "marks",
                    format_lazy(message, mark=_ARABIC_MARKS[match[0]], here=match[0]),
                    target.span(*match.span()),
                )
            )
    for match in _SPACE_BEFORE_MARK.finditer(target.plain):
        if unit.language.partition("-")[0] != "fr":
            message = _("There is a space before “{mark}”. Take it out.")
            found.append(
                warning("spaces", format_lazy(message, mark=match[0].strip()), target.span(*match.span()))
            )
    return found + _brackets(source, target)


def spaces(unit, source, target):
    """Find several spaces in a row, and spaces at the beginning or end that the source does not have."""
    found = []
    if not _SPACES.search(source.plain):
        message = _("There are several spaces. Keep one.")
        found = [
            warning("spaces", message, target.span(*match.span())) for match in _SPACES.finditer(target.plain)
        ]
    text = target.plain
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if begin and not source.plain[:1].isspace():
        found.append(warning("spaces", _("It begins with a space. Take it out."), target.span(0, begin)))
    if end < len(text) and not source.plain[-1:].isspace():
        found.append(warning("spaces", _("It ends with a space. Take it out."), target.span(end, len(text))))
    return found


def unchanged(unit, source, target):
    """Find a translation that is its source, though that has words beside names.

    Leichte Sprache may leave an easy sentence as it is.
    """
    if unit.language in (SIMPLE, unit.source_language) or source.plain.strip() != target.plain.strip():
        return []
    plain = source.plain
    for term in unit.terms:
        if term.rule == "keep":
            plain = plain.replace(term.source, " ")
    small = [word for word in _WORD.findall(plain) if word.islower() and len(word) > 1]
    if len(small) < _SMALL_WORDS:
        return []
    return [warning("unchanged", _("The translation is the original. Translate it, or leave it empty."))]


def doubled_words(unit, source, target):
    """Find a word that stands there twice in a row, where the language does not do that on purpose."""
    code = unit.language.partition("-")[0]
    found = []
    if _pairs_of(source.plain):
        return []
    for first, second in _pairs_of(target.plain):
        word = first[0].casefold()
        is_meant = word not in _TURKISH_ONCE if code == "tr" else word in _MAY_REPEAT.get(code, ())
        if not is_meant:
            message = format_lazy(_("“{word}” stands there twice. Keep one."), word=second[0])
            found.append(warning("word_doubled", message, target.span(first.start(), second.end())))
    return found


def scripts(unit, source, target):
    """Find words in which letters of the Latin and the Cyrillic alphabet are mixed; they look alike, and are not.

    Search and screen readers take "cловo" with a Latin c for another word.
    """
    found = []
    for match in _LETTERS.finditer(target.plain):
        word = match[0]
        if word.isascii():
            continue
        latin = sum(map(_is_latin, word))
        cyrillic = sum(map(_is_cyrillic, word))
        if latin and cyrillic:
            is_cyrillic = unit.language.partition("-")[0] in CYRILLIC
            strange = _is_latin if is_cyrillic else _is_cyrillic
            place = next(place for place, character in enumerate(word) if strange(character))
            message = (
                _("“{word}” has a Latin letter in it: “{letter}”. Type it with the keyboard of the language.")
                if is_cyrillic
                else _(
                    "“{word}” has a Cyrillic letter in it: “{letter}”. Type it with the keyboard of the language."
                )
            )
            found.append(
                warning(
                    "script",
                    format_lazy(message, word=word, letter=word[place]),
                    target.span(match.start() + place, match.start() + place + 1),
                )
            )
    return found


def _is_latin(character):
    return "a" <= character.lower() <= "z" or "\u00c0" <= character <= "\u024f"


def _is_cyrillic(character):
    return "\u0400" <= character <= "\u04ff"


def _sentence_text(plain):
    """Return a text of the same length in which sentences end at Latin marks, and not at colons."""
    return plain.translate(_SENTENCE_MARKS)


def _end(plain):
    """Return what a text ends with: a key of ``_ENDS``, "" for none."""
    bare = plain.rstrip(_CLOSING)
    if not bare:
        return ""
    return "…" if bare.endswith("...") else _ENDS.get(bare[-1], "")


def _mark(mark, language):
    return "؟" if mark == "?" and language.partition("-")[0] in _ARABIC_SCRIPT else mark


def _brackets(source, target):
    if _unclosed(source.plain) is not None:
        return []
    place = _unclosed(target.plain)
    if place is None:
        return []
    message = _("“{mark}” has no partner. Close what you open.")
    return [
        warning("brackets", format_lazy(message, mark=target.plain[place]), target.span(place, place + 1))
    ]


def _unclosed(plain):
    """Return the place of the first bracket without a partner, or None."""
    closing = {end: start for start, end in _BRACKETS.items()}
    opened = []
    for place, character in enumerate(plain):
        if character in _BRACKETS:
            opened.append((character, place))
        elif character in closing:
            if not opened or opened[-1][0] != closing[character]:
                return place
            opened.pop()
    return opened[0][1] if opened else None


def _pairs_of(plain):
    """Return pairs of matches of words that follow themselves with nothing but a space between."""
    found, before = [], None
    for match in _LETTERS.finditer(plain):
        if (
            before is not None
            and before[0].casefold() == match[0].casefold()
            and plain[before.end() : match.start()].strip(" ") == ""
            and match.start() > before.end()
        ):
            found.append((before, match))
        before = match
    return found


def is_right_to_left(unit):
    """Return whether the translation is read from right to left."""
    return direction(unit.language) == "rtl"
