"""The index: what lists, facets and search know of a page, apart from the page itself."""

import uuid

from django.db import connection, models, transaction
from django.db.models import F


def has_uncommitted_entries():
    """Return whether the current transaction wrote to the index."""
    if not connection.in_atomic_block:
        connection.wrote_to_index = False
    return getattr(connection, "wrote_to_index", False)


def _committed():
    connection.wrote_to_index = False


class IndexState(models.Model):
    """One row that counts the writes to the index.

    Every write takes its number by ``UPDATE … SET seq = seq + 1`` *inside* the transaction that writes the entries,
    as its first statement. The row lock this takes is held until the commit, so the next writer gets its number
    only when the entries of the one before can be read. Therefore the order of commits is the order of numbers,
    and whoever has seen number n has seen everything up to n: a process that keeps the index in memory asks for
    ``seq > n`` and misses nothing. A sequence of the database or the clock would not do: numbers given out
    earlier can become visible later, and would be skipped for ever.

    ``lineage`` is drawn when the row is made; another lineage means another database (emptied, restored), and
    what is in memory counts for nothing.
    """

    seq = models.BigIntegerField(default=0)
    lineage = models.UUIDField(default=uuid.uuid4)

    def __str__(self):
        return str(self.seq)

    @classmethod
    def take_number(cls):
        """Return the next number. Has to run inside a transaction, before anything is read that will be written."""
        connection.wrote_to_index = True
        transaction.on_commit(_committed)
        if not cls.objects.filter(pk=1).update(seq=F("seq") + 1):
            cls.objects.create(pk=1, seq=1)
        return cls.objects.values_list("seq", flat=True).get(pk=1)


class IndexEntry(models.Model):
    """What a list needs to know of one page in one language, to filter, count and sort it.

    The key is the page's, without a foreign key: the row outlives the page as a note that it is gone
    (``is_listed`` false). ``facets``: facet slug → list of values. ``starts_at`` and ``ends_at``: next date of a kind
    that has dates; ``ends_at`` in 1970 when there is none any more. ``expires_at``: from when on readers may not
    find it. ``unconfirmed_at``: from when on it sinks in lists, because nobody said that it is still right.
    """

    page_id = models.BigIntegerField(primary_key=True)
    translation_key = models.UUIDField(db_index=True)
    kind = models.SlugField(max_length=50, blank=True, db_index=False)
    language = models.CharField(max_length=20)
    seq = models.BigIntegerField()
    is_listed = models.BooleanField()
    facets = models.JSONField(default=dict)
    title = models.CharField(max_length=255)
    published_at = models.DateTimeField(null=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    unconfirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=("kind", "language", "seq"), name="index_entries_by_number"),
            models.Index(
                fields=("page_id",), name="index_entries_not_listed", condition=models.Q(is_listed=False)
            ),
            models.Index(
                fields=("expires_at",),
                name="index_entries_that_expire",
                condition=models.Q(expires_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.page_id} ({self.language})"


class IndexedText(models.Model):
    """The words one page is found by, normalised, in order of their weight. See ``content.index.words``.

    What is searched is a table that each database has in its own way; ``content.index.text_search`` writes it.
    """

    page_id = models.BigIntegerField(primary_key=True)
    language = models.CharField(max_length=20)
    kind = models.SlugField(max_length=50, blank=True, db_index=False)
    title = models.TextField()
    place = models.TextField()
    teaser = models.TextField()
    text = models.TextField()

    columns = ("language", "kind", "title", "place", "teaser", "text")

    def __str__(self):
        return self.title


class IndexedWord(models.Model):
    """A word that occurs somewhere: what a mistyped word may have meant."""

    word = models.CharField(max_length=60, primary_key=True)

    def __str__(self):
        return self.word


class Spelling(models.Model):
    """One of several names that mean the same, like Kempten and Kempton.

    ``group`` is the translation key of the page that lists them.
    """

    group = models.UUIDField(db_index=True)
    words = models.CharField(max_length=120, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("group", "words"), name="a_spelling_once_per_group")]

    def __str__(self):
        return self.words
