"""What the databases have to offer for text search, behind the four methods of ``TextSearch``.

Both get finished words (``content.index.words``), so nothing here knows a language. A question is a list of
``Term``; a page is found when every term is.
"""

import re
from dataclasses import dataclass
from functools import cache

from django.db import connection
from rapidfuzz import fuzz, process

#: Candidates that are looked at for ranking: all that match by title, and all by title or place, up to this many …
NAMED_CANDIDATES = 500
#: … and this many of the newest that match anywhere. Ranking is what costs, so it must not grow with the site.
OTHER_CANDIDATES = 1000
#: Names of more words have no other spellings.
MOST_WORDS_OF_A_NAME = 3


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


def scope_word(*, language=None, kind=None):
    """Return the made-up word that stands for a language or a kind in ``IndexedText.scope``."""
    name = f"l{language}" if language is not None else f"k{kind}"
    return "scope" + re.sub(r"[\W_]", "", name).lower()


class TextSearch:
    """What a database can do. ``scope`` is a list of words as ``scope_word`` gives them, all of which must be there."""

    def write(self, texts):
        """Take in or replace the words of pages: a list of ``IndexedText`` that are saved already."""

    def remove(self, page_ids):
        """Forget pages."""

    def remember(self, words):
        """Keep words that occur, for ``similar_words``; known ones are no error."""
        raise NotImplementedError

    def matching(self, terms, scope):
        """Return ``(ids that match by title or place, all ids that match)``, each a list."""
        raise NotImplementedError

    def ranked(self, terms, scopes, limit, now):
        """Return up to ``limit`` pairs ``(page id, kind)``, best first, that readers may find ``now``.

        ``scopes``: lists of alternative scope words; of each, one must be there.
        """
        raise NotImplementedError

    def similar_words(self, word):
        """Return up to four known words that ``word`` may be a slip of."""
        raise NotImplementedError


# What matches by title is looked for on its own: everything in a town matches by the town's name, and the town's own
# page must not be one of hundreds that are left out. CROSS JOIN makes SQLite start with the text table, which hands
# out the newest rows first without sorting.
_CANDIDATES_ON_SQLITE = """
    SELECT found.rowid AS page_id, entry.kind, bm25(content_fulltext, 0, 10, 6, 3, 1) AS weight, {tier} AS tier
    FROM content_fulltext AS found CROSS JOIN content_indexentry AS entry
    WHERE content_fulltext MATCH %({name})s AND entry.page_id = found.rowid AND entry.is_listed
        AND (entry.expires_at IS NULL OR entry.expires_at > %(now)s)
        AND (entry.ends_at IS NULL OR entry.ends_at > %(now)s)
    ORDER BY found.rowid DESC LIMIT %({limit})s
"""
_CANDIDATES_ON_POSTGRESQL = """
    SELECT found.page_id, {tier} AS tier
    FROM content_indexedtext AS found JOIN content_indexentry AS entry USING (page_id)
    WHERE found.document @@ to_tsquery('pg_catalog.simple', %({name})s) AND entry.is_listed
        AND (entry.expires_at IS NULL OR entry.expires_at > %(now)s)
        AND (entry.ends_at IS NULL OR entry.ends_at > %(now)s)
    LIMIT %({limit})s
"""
_TIERS = (("titled", "named_limit"), ("named", "named_limit"), ("anywhere", "other_limit"))


def _candidates(template):
    """Return the candidates of all tiers as one statement; the names are ours, what readers type are parameters."""
    return " UNION ALL ".join(
        f"SELECT * FROM ({template.format(tier=tier, name=name, limit=limit)}) AS {name}"  # noqa: S608
        for tier, (name, limit) in enumerate(_TIERS)
    )


_RANKED_ON_SQLITE = """
SELECT page_id, kind FROM (CANDIDATES)
GROUP BY page_id, kind ORDER BY min(tier), min(weight), page_id DESC LIMIT %(limit)s
""".replace("CANDIDATES", _candidates(_CANDIDATES_ON_SQLITE))

_RANKED_ON_POSTGRESQL = """
WITH best AS (SELECT page_id, min(tier) AS tier FROM (CANDIDATES) AS candidates GROUP BY page_id)
SELECT page_id, entry.kind
FROM best JOIN content_indexedtext AS found USING (page_id) JOIN content_indexentry AS entry USING (page_id)
ORDER BY best.tier,
    ts_rank('{0.1, 0.3, 0.6, 1.0}', found.document, to_tsquery('pg_catalog.simple', %(anywhere)s)) DESC,
    page_id DESC
LIMIT %(limit)s
""".replace("CANDIDATES", _candidates(_CANDIDATES_ON_POSTGRESQL))


class FullText5(TextSearch):
    """SQLite's FTS5, in a virtual table of its own: rowid is the page's id, columns as in ``IndexedText``."""

    titled = "{title}"
    named = "{title place}"
    anywhere = "{title place teaser text}"

    def write(self, texts):
        self.remove([text.page_id for text in texts])
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO content_fulltext (rowid, scope, title, place, teaser, text) "
                "VALUES (%s, %s, %s, %s, %s, %s)",
                [(text.page_id, *(getattr(text, name) for name in type(text).columns)) for text in texts],
            )

    def remove(self, page_ids):
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM content_fulltext WHERE rowid = %s", [(pk,) for pk in page_ids])

    def remember(self, words):
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT OR IGNORE INTO content_indexedword (word) VALUES (%s)", [(word,) for word in words]
            )

    def _expression(self, terms, scopes, columns):
        parts = [f"scope : ({' OR '.join(words)})" for words in scopes]
        for term in terms:
            phrases = [f'"{" ".join(phrase)}"' for phrase in term.phrases]
            phrases += [f'"{" ".join(phrase)}"*' for phrase in term.beginnings]
            parts.append(f"{columns} : ({' OR '.join(phrases)})")
        return " AND ".join(parts)

    def matching(self, terms, scope):
        scopes = [[word] for word in scope]
        found = []
        with connection.cursor() as cursor:
            # One string per answer: ten thousand rows would cost more to hand over than to find.
            cursor.execute(
                "SELECT 1 AS part, group_concat(rowid) FROM content_fulltext WHERE content_fulltext MATCH %s "
                "UNION ALL SELECT 2, group_concat(rowid) FROM content_fulltext WHERE content_fulltext MATCH %s "
                "ORDER BY part",
                [
                    self._expression(terms, scopes, self.named),
                    self._expression(terms, scopes, self.anywhere),
                ],
            )
            for _part, ids in cursor.fetchall():
                found.append(list(map(int, str(ids).split(","))) if ids else [])
        return tuple(found)

    def ranked(self, terms, scopes, limit, now):
        with connection.cursor() as cursor:
            cursor.execute(
                _RANKED_ON_SQLITE,
                {
                    "titled": self._expression(terms, scopes, self.titled),
                    "named": self._expression(terms, scopes, self.named),
                    "anywhere": self._expression(terms, scopes, self.anywhere),
                    "named_limit": NAMED_CANDIDATES,
                    "other_limit": OTHER_CANDIDATES,
                    "now": now,
                    "limit": limit,
                },
            )
            return cursor.fetchall()

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
    """PostgreSQL's ``tsvector`` in a generated column, and trigrams over the words that occur."""

    def remember(self, words):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO content_indexedword (word) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING",
                [words],
            )

    @staticmethod
    def _phrase(words, flags, last_flags):
        """Return words in a row as ``tsquery`` writes them. Words are letters and digits, so quotes are safe."""
        all_flags = [*[flags] * (len(words) - 1), last_flags]
        parts = [
            f"'{word}':{own}" if own else f"'{word}'" for word, own in zip(words, all_flags, strict=True)
        ]
        return f"({' <-> '.join(parts)})"

    def _expression(self, terms, scopes, weights=""):
        parts = ["(" + " | ".join(words) + ")" for words in scopes]
        for term in terms:
            phrases = [self._phrase(phrase, weights, weights) for phrase in term.phrases]
            phrases += [self._phrase(phrase, weights, f"*{weights}") for phrase in term.beginnings]
            parts.append("(" + " | ".join(phrases) + ")")
        return " & ".join(parts)

    def matching(self, terms, scope):
        scopes = [[word] for word in scope]
        found = []
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 AS part, array_agg(page_id) FROM content_indexedtext "
                "WHERE document @@ to_tsquery('pg_catalog.simple', %s) "
                "UNION ALL SELECT 2, array_agg(page_id) FROM content_indexedtext "
                "WHERE document @@ to_tsquery('pg_catalog.simple', %s) ORDER BY part",
                [self._expression(terms, scopes, "AB"), self._expression(terms, scopes)],
            )
            for _part, ids in cursor.fetchall():
                found.append(ids or [])
        return tuple(found)

    def ranked(self, terms, scopes, limit, now):
        with connection.cursor() as cursor:
            cursor.execute(
                _RANKED_ON_POSTGRESQL,
                {
                    "titled": self._expression(terms, scopes, "A"),
                    "named": self._expression(terms, scopes, "AB"),
                    "anywhere": self._expression(terms, scopes),
                    "named_limit": NAMED_CANDIDATES,
                    "other_limit": OTHER_CANDIDATES,
                    "now": now,
                    "limit": limit,
                },
            )
            return cursor.fetchall()

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
