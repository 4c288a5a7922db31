"""Finding pages by words, in the reader's language and in the source language."""

from dataclasses import dataclass, field

from django.conf import settings

from .models import Spelling
from .pending import write_pending
from .text_search import MOST_WORDS_OF_A_NAME, Term, text_search
from .words import stem, words_of

#: A question of more words is cut; nobody types them, and each costs.
MOST_WORDS = 12
LONGEST_WORD = 60


@dataclass(frozen=True)
class Matches:
    """What a text search found.

    ``by_page_id``: a byte per page id: 0 for what does not match, 1 for what matches by its title, then the further
    ones of ``text_search.TIERS``, up to what matches anywhere. ``names``: what was asked for, in normalised words, with
    its other spellings, to compare titles with. ``understood`` is "" or the words that were searched instead of the
    mistyped ones.
    """

    by_page_id: bytearray = field(default_factory=bytearray)
    names: tuple[str, ...] = ()
    understood: str = ""

    def __bool__(self):
        return bool(self.by_page_id)


def matching(query, *, language, kind=None):
    """Return the ``Matches`` among the pages in one language, of one kind (its slug) or of all.

    Any string is allowed. One query, two where a name with other spellings may be meant, four where nothing answers.
    """
    write_pending()
    words = [word[:LONGEST_WORD] for word in words_of(query)[:MOST_WORDS]]
    if not words:
        return Matches()
    terms = terms_of(words, language)
    found = _found(terms, language, kind)
    if not found:
        # Nothing answers the words as they were typed: ask with those they may have meant.
        corrected, understood = _corrected(words, language)
        if corrected is not None:
            found = _found(corrected, language, kind, understood)
    return found if found else Matches()


def _found(terms, language, kind, understood=""):
    tiers = text_search().matching(terms, language=language, kind=kind)
    by_page_id = bytearray(max(tiers[-1], default=-1) + 1)
    # The best last, because each tier holds those before it; one that holds no more is the same list.
    for number in range(len(tiers), 0, -1):
        if number == 1 or tiers[number - 1] is not tiers[number - 2]:
            for page_id in tiers[number - 1]:
                by_page_id[page_id] = number
    return Matches(by_page_id, _names(terms, understood), understood)


def _names(terms, understood):
    """Return the question as a title would say it; where it is one name, each of its spellings."""
    if understood:
        return (understood,)
    if len(terms) == 1:
        term = terms[0]
        return tuple(" ".join(phrase) for phrase in term.beginnings or term.phrases[:1])
    return (" ".join(word for term in terms for word in term.typed),)


def terms_of(words, language):
    """Return ``words`` as ``Term``s: each with its stems, names with their other spellings, the last as a beginning.

    A name goes without stems, so that each of its spellings finds the same pages.
    """
    names = _names_in(words)
    terms = []
    position = 0
    while position < len(words):
        length, spellings = names.get(position, (1, ()))
        phrase = tuple(words[position : position + length])
        position += length
        alike = (phrase, *spellings)
        stems = (
            ()
            if spellings
            else tuple((stem(phrase[0], code),) for code in (language, settings.LANGUAGE_CODE))
        )
        # One letter would begin half of all words.
        if position == len(words) and len(phrase[-1]) > 1:
            terms.append(Term(phrases=_distinct(stems, without=alike), beginnings=alike))
        else:
            terms.append(Term(phrases=_distinct((*alike, *stems))))
    return terms


def _distinct(phrases, *, without=()):
    return tuple(phrase for phrase in dict.fromkeys(phrases) if phrase not in without)


def _names_in(words):
    """Return ``{position: (length, other spellings)}`` for names among ``words``, the longest at each place."""
    runs = {
        " ".join(words[start : start + length]): (start, length)
        for length in range(1, MOST_WORDS_OF_A_NAME + 1)
        for start in range(len(words) - length + 1)
    }
    groups = {}
    for group, spelling in Spelling.objects.filter(
        group__in=Spelling.objects.filter(words__in=list(runs)).values("group")
    ).values_list("group", "words"):
        groups.setdefault(group, set()).add(spelling)
    names = {}
    for run, (start, length) in runs.items():
        others = {
            tuple(spelling.split())
            for spellings in groups.values()
            if run in spellings
            for spelling in spellings
            if spelling != run
        }
        if others and names.get(start, (0,))[0] < length:
            names[start] = (length, sorted(others))
    return names


def _corrected(words, language):
    """Return the terms with similar words beside each longer one, and those words as text; or ``(None, "")``."""
    backend = text_search()
    terms, best = [], []
    for term in terms_of(words, language):
        typed = " ".join(term.typed)
        similar = backend.similar_words(typed) if len(term.typed) == 1 and len(typed) >= 4 else []
        others = _distinct(((word,) for word in similar), without=(*term.phrases, *term.beginnings))
        terms.append(Term(phrases=(*term.phrases, *others), beginnings=term.beginnings))
        best.append(similar[0] if similar else typed)
    if best == words:
        return None, ""
    return terms, " ".join(best)
