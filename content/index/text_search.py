"""What the databases have to offer for text search, behind the five methods of ``TextSearch``.

Both get finished words (``content.index.words``), so nothing here knows a language. A question is a list of
``Term``; a page is found when every term is.

Both keep a word once for each language it stands in, as ``de0verein``: a page stands in the index in six languages, in
most of them untranslated, and a search in one of them must not wade through the others. How well a page matches
is said by *where* it matches, a question that an index answers by itself. To weigh how often a word occurs in a page,
as ``bm25`` and ``ts_rank`` do, each match would have to be fetched and read.
"""

import re
from dataclasses import dataclass
from functools import cache

from django.db import connection
from rapidfuzz import fuzz, process

#: Names of more words have no other spellings.
MOST_WORDS_OF_A_NAME = 3
#: Where all terms are found, the best first. Each goes further than the one before, so it finds that, too.
TIERS = {
    "title": ("title",),
    "name": ("title", "place"),
    "summary": ("title", "place", "teaser"),
    "anywhere": ("title", "place", "teaser", "text"),
}


@dataclass(frozen=True)
class Term:
    """One word of a question, or a name of several, with what counts as the same.

    One of ``phrases`` (tuples of words) has to be there, or one of ``beginnings``, phrases whose last word may go
    on, because the reader may not have finished typing it. What was typed stands first in one of them.
    """

    phrases: tuple[tuple[str, ...], ...] = ()
    beginnings: tuple[tuple[str, ...], ...] = ()

    @property
    def typed(self):
        """Return the words as they were typed."""
        return (self.beginnings or self.phrases)[0]


def word_in(language, word):
    """Return ``word`` as it stands in the index for pages in that language; no code of a language has a digit."""
    return re.sub(r"[\W_]", "", language).lower() + "0" + word


def kind_word(language, kind):
    """Return the made-up word that stands in the index for pages of a kind; no language is called "kind"."""
    return "kind0" + word_in(language, re.sub(r"[\W_]", "", kind).lower())


def words_in(language, text):
    """Return the words of ``text``, separated by spaces, as they stand in the index."""
    return " ".join(word_in(language, word) for word in text.split())


class TextSearch:
    """What a database can do."""

    def write(self, texts):
        """Take in or replace the words of pages: a list of ``IndexedText``."""
        raise NotImplementedError

    def remove(self, page_ids):
        """Forget pages."""
        with connection.cursor() as cursor:
            cursor.executemany(
                f"DELETE FROM content_fulltext WHERE {self.key} = %s",  # noqa: S608  (a name of ours)
                [(page_id,) for page_id in page_ids],
            )

    def remember(self, words):
        """Keep words that occur, for ``similar_words``; known ones are no error."""
        raise NotImplementedError

    def matching(self, terms, *, language, kind=None):
        """Return the ids of all pages that match, of one kind or of all: a list per tier of ``TIERS``."""
        raise NotImplementedError

    def similar_words(self, word):
        """Return up to four known words that ``word`` may be a slip of."""
        raise NotImplementedError


def _tiers(texts):
    """Return a list of ids for each text of ids, separated by commas.

    A text for all instead of a row for each: ten thousand rows cost more to hand over than to find.
    """
    found = {text: [int(page_id) for page_id in text.split(",")] if text else [] for text in set(texts)}
    return tuple(found[text] for text in texts)


# Most often no more pages have the words in the place or the teaser than in the title, and then nothing lies between.
_FOUND_BY_FTS5 = """
WITH
    title AS MATERIALIZED (
        SELECT group_concat(rowid) AS ids, count(*) AS size FROM content_fulltext
        WHERE content_fulltext MATCH %(title)s
    ),
    summary AS MATERIALIZED (
        SELECT group_concat(rowid) AS ids, count(*) AS size FROM content_fulltext
        WHERE content_fulltext MATCH %(summary)s
    )
SELECT
    title.ids,
    CASE WHEN title.size = summary.size THEN title.ids
        ELSE (SELECT group_concat(rowid) FROM content_fulltext WHERE content_fulltext MATCH %(name)s)
    END,
    summary.ids,
    (SELECT group_concat(rowid) FROM content_fulltext WHERE content_fulltext MATCH %(anywhere)s)
FROM title, summary
"""


class FullText5(TextSearch):
    """SQLite's FTS5: rowid is the page's id; columns as in ``IndexedText`` and ``scope``, the word for the kind."""

    key = "rowid"

    def write(self, texts):
        self.remove([text.page_id for text in texts])
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO content_fulltext (rowid, scope, title, place, teaser, text) "
                "VALUES (%s, %s, %s, %s, %s, %s)",
                [
                    (
                        text.page_id,
                        kind_word(text.language, text.kind),
                        *(words_in(text.language, getattr(text, name)) for name in TIERS["anywhere"]),
                    )
                    for text in texts
                ],
            )

    def remember(self, words):
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT OR IGNORE INTO content_indexedword (word) VALUES (%s)", [(word,) for word in words]
            )

    def _expression(self, terms, language, kind, columns):
        parts = [] if kind is None else [f"scope : {kind_word(language, kind)}"]
        for term in terms:
            phrases = [f'"{words_in(language, " ".join(phrase))}"' for phrase in term.phrases]
            phrases += [f'"{words_in(language, " ".join(phrase))}"*' for phrase in term.beginnings]
            parts.append(f"{{{' '.join(columns)}}} : ({' OR '.join(phrases)})")
        return " AND ".join(parts)

    def matching(self, terms, *, language, kind=None):
        expressions = {
            name: self._expression(terms, language, kind, columns) for name, columns in TIERS.items()
        }
        with connection.cursor() as cursor:
            cursor.execute(_FOUND_BY_FTS5, expressions)
            # SQLite gives a single id as a number.
            return _tiers([str(ids or "") for ids in cursor.fetchone()])

    def similar_words(self, word):
        # SQLite has no index for this; it is asked only when nothing was found.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT word FROM content_indexedword WHERE length(word) BETWEEN %s AND %s",
                [len(word) - 2, len(word) + 2],
            )
            words = [row[0] for row in cursor.fetchall()]
        return [
            match for match, _, _ in process.extract(word, words, scorer=fuzz.ratio, limit=4, score_cutoff=75)
        ]


class TextSearchVectors(TextSearch):
    """PostgreSQL's ``tsvector``, one per tier under one GIN index, and trigrams over the words that occur."""

    key = "page_id"

    def write(self, texts):
        vectors = ", ".join(["to_tsvector('pg_catalog.simple', %s)"] * len(TIERS))
        self.remove([text.page_id for text in texts])
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO content_fulltext (page_id, {', '.join(TIERS)}) VALUES (%s, {vectors})",  # noqa: S608
                [(text.page_id, *self._texts(text)) for text in texts],
            )

    @staticmethod
    def _texts(text):
        """Yield what is searched in each tier, behind the word for the kind."""
        for columns in TIERS.values():
            words = words_in(text.language, " ".join(getattr(text, name) for name in columns))
            yield f"{kind_word(text.language, text.kind)} {words}"

    def remember(self, words):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO content_indexedword (word) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING",
                [words],
            )

    @staticmethod
    def _phrase(language, words, flag=""):
        """Return words in a row as ``tsquery`` writes them. Words are letters and digits, so quotes are safe."""
        return "(" + " <-> ".join(f"'{word_in(language, word)}'" for word in words) + f"{flag})"

    def _expression(self, terms, language, kind):
        parts = [] if kind is None else [f"'{kind_word(language, kind)}'"]
        for term in terms:
            phrases = [self._phrase(language, phrase) for phrase in term.phrases]
            phrases += [self._phrase(language, phrase, ":*") for phrase in term.beginnings]
            parts.append("(" + " | ".join(phrases) + ")")
        return " & ".join(parts)

    def matching(self, terms, *, language, kind=None):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM content_found(to_tsquery('pg_catalog.simple', %s))",
                [self._expression(terms, language, kind)],
            )
            return _tiers([ids or "" for ids in cursor.fetchone()])

    def similar_words(self, word):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT word FROM content_indexedword WHERE word %% %s AND similarity(word, %s) >= 0.4 "
                "ORDER BY similarity(word, %s) DESC, word LIMIT 4",
                [word, word, word],
            )
            return [row[0] for row in cursor.fetchall()]


_VENDORS = {"sqlite": FullText5, "postgresql": TextSearchVectors}


@cache
def text_search(vendor=None):
    """Return the ``TextSearch`` of the database in use. Raises ``LookupError`` for one that we do not support."""
    vendor = vendor or connection.vendor
    try:
        return _VENDORS[vendor]()
    except KeyError:
        raise LookupError(
            f"There is no text search for “{vendor}”; use one of {', '.join(_VENDORS)}."
        ) from None
