"""Whether the glossary is heeded.

A term to keep, such as a name, must stand in the translation letter by letter; endings may follow, as Turkish and
German add them. A forbidden term must not be there as whole words. Both are errors. A required term is a warning when
it is missing: languages inflect words in more ways than a comparison of beginnings finds.
"""

import re

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from content.index.words import normalise, stem

from .findings import error, warning

_WORD = re.compile(r"[^\W_]{1,80}(?:['’ʼ][^\W_]{1,80}){0,3}")
#: Letters at the end of a word that may be another ending in languages without a stemmer.
_ENDING = 3


def terms(unit, source, target):
    """Find terms that are missing though the glossary requires or keeps them, and forbidden ones."""
    if not unit.terms:
        return []
    words = [(match, normalise(match[0])) for match in _WORD.finditer(target.plain)]
    found = []
    for term in unit.terms:
        if term.rule == "keep" and not _is_kept(term.source, target.plain):
            message = _("“{term}” is not translated. Write it as in the original.")
            found.append(error("term_kept", format_lazy(message, term=term.source)))
        elif term.rule == "forbidden":
            for start, end in _places(term.target, words):
                message = _("The glossary says not to use “{term}”. Choose another word.")
                found.append(
                    error("term_forbidden", format_lazy(message, term=term.target), target.span(start, end))
                )
        elif term.rule == "required" and not _is_used(term.target, words, target.language):
            message = _("The glossary says “{term}” for “{source}”. Use it here as well.")
            found.append(warning("term_required", format_lazy(message, term=term.target, source=term.source)))
    return found


def _is_kept(term, plain):
    wanted = " ".join(term.split())
    plain = " ".join(plain.split())
    position = plain.find(wanted)
    while position != -1:
        if not position or not plain[position - 1].isalnum() or not wanted[0].isalnum():
            return True
        position = plain.find(wanted, position + 1)
    return False


def _places(term, words):
    wanted = [normalise(word) for word in _WORD.findall(term)]
    size = len(wanted)
    if not size:
        return
    for place in range(len(words) - size + 1):
        if words[place][1] == wanted[0] and [word for _match, word in words[place : place + size]] == wanted:
            yield words[place][0].start(), words[place + size - 1][0].end()


def _is_used(term, words, language):
    """Return whether each word of a term begins a word of the translation, as far as its ending allows."""
    here = {word for _match, word in words}
    stems = {stem(word, language) for word in here}
    for word in _WORD.findall(term):
        wanted = normalise(word)
        root = wanted[: max(3, len(wanted) - _ENDING)]
        if stem(wanted, language) not in stems and not any(root in word for word in here):
            return False
    return True
