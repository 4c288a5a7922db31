"""Finding pages by words, in the reader's language and in the source language."""

from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone

from .models import Spelling
from .pending import write_pending
from .text_search import MOST_WORDS_OF_A_NAME, Term, scope_word, text_search
from .words import stem, words_of

#: A question of more words is cut; nobody types them, and each costs.
MOST_WORDS = 12
LONGEST_WORD = 60


@dataclass(frozen=True)
class Matches:
    """What a text search found: ``named`` by title, organisation or place, ``everywhere`` in any of its words.

    Both are lists of page ids, the first a part of the second. ``best``: the best of them, pairs ``(page id, kind)``,
    where they were asked for. ``understood`` is "" or the words that were searched instead of the mistyped ones.
    """

    named: list[int]
    everywhere: list[int]
    understood: str = ""
    best: list[tuple[int, str]] = field(default_factory=list)


def search(query, *, locale, kinds=None, limit=50):
    """Return the ids of up to ``limit`` pages of ``locale`` that answer ``query``, best first.

    ``kinds``: slugs to look in; default: everything indexed, plain pages too ("" is their kind). Titles weigh more
    than organisation and place, those more than the teaser, the teaser more than the text. Any string is allowed.
    """
    return [
        page_id
        for page_id, _kind in ranked(query, language=locale.language_code, kinds=kinds, limit=limit)[0]
    ]


def ranked(query, *, language, kinds=None, limit=50):
    """Return ``([(page id, kind), …], understood)``; see ``search`` and ``Matches``."""
    write_pending()
    scopes = [[scope_word(language=language)]]
    if kinds is not None:
        scopes.append([scope_word(kind=kind) for kind in kinds])
    if not all(scopes):
        return [], ""
    now = timezone.now()
    return _asked(
        query,
        language,
        lambda terms: text_search().ranked(terms, scopes, limit, now),
        is_answer=bool,
        nothing=[],
    )


def matching(query, *, language, kind):
    """Return ``Matches`` among the pages of one kind in one language, all of them, in no order."""
    write_pending()
    scope = [scope_word(language=language), scope_word(kind=kind)]
    found, understood = _asked(
        query,
        language,
        lambda terms: text_search().matching(terms, scope),
        is_answer=lambda answer: bool(answer[1]),
        nothing=([], []),
    )
    return Matches(*found, understood)


def matching_and_ranked(query, *, language, limit):
    """Return ``Matches`` among the pages of all kinds in one language, with up to ``limit`` of the ``best``."""
    write_pending()
    scope = scope_word(language=language)
    now = timezone.now()
    (best, found), understood = _asked(
        query,
        language,
        lambda terms: (
            text_search().ranked(terms, [[scope]], limit, now),
            text_search().matching(terms, [scope]),
        ),
        is_answer=lambda answer: bool(answer[0]),
        nothing=([], ([], [])),
    )
    return Matches(*found, understood, best)


def _asked(query, language, ask, *, is_answer, nothing):
    """Ask with the words as typed, and if nothing answers with the words they may have meant."""
    words = [word[:LONGEST_WORD] for word in words_of(query)[:MOST_WORDS]]
    if not words:
        return nothing, ""
    terms = terms_of(words, language)
    answer = ask(terms)
    if is_answer(answer):
        return answer, ""
    corrected, understood = _corrected(words, language)
    if corrected is not None:
        answer = ask(corrected)
        if is_answer(answer):
            return answer, understood
    return nothing, ""


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
