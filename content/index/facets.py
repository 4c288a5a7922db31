"""One kind in one language, in memory: lists, filters and counts without a query per page or option.

Each page has a position, each value of a facet a bitmap: an ``int`` whose n-th bit says whether the page at position n
has the value. Filtering is ``&`` and ``|``, counting is ``bit_count()``; ten thousand pages are 1,250 bytes per value.

A process loads a kind once and afterwards asks the database for one number per request; when that moved, for the
entries written since (``IndexState`` says why none can be missed). So what was published before a request began is
in its answer, in every process.
"""

import math
import threading
from array import array
from collections import defaultdict
from itertools import compress, islice

from django.utils import timezone

from .models import IndexEntry, IndexState, has_uncommitted_entries
from .pending import write_pending
from .text_search import TIERS
from .words import words_of

_LOADED = (
    "page_id",
    "translation_key",
    "is_listed",
    "facets",
    "title",
    "published_at",
    "starts_at",
    "ends_at",
    "expires_at",
    "unconfirmed_at",
)
#: What lists can be sorted by, as named in ``ContentKind.ordering``.
TITLE, PUBLISHED = "title", "first_published_at"
NEVER = math.inf

#: Tables for ``bytes.translate``: make the bytes of what matches, or of one tier alone, "1" and others "0"; make those
#: digits flags.
_ANY = b"0" + b"1" * 255
_ONLY = [bytes(49 if byte == number else 48 for byte in range(256)) for number in range(1, len(TIERS) + 1)]
_FLAGS = bytes.maketrans(b"01", b"\0\1")


def bits(positions):
    """Return the bitmap of some positions."""
    positions = list(positions)
    if not positions:
        return 0
    # A digit per position, read as one binary number, the first position last.
    digits = bytearray(b"0") * (max(positions) + 1)
    for position in positions:
        digits[position] = 49  # "1"
    return int(digits[::-1], 2)


def _bits_where(values, table):
    """Return the bitmap of the positions for whose byte ``table`` has "1"."""
    return int(values.translate(table)[::-1] or b"0", 2)


def positions_in(bitmap):
    """Return the positions whose bits are set, ascending."""
    text = bin(bitmap)[:1:-1]
    found = []
    position = text.find("1")
    while position >= 0:
        found.append(position)
        position = text.find("1", position + 1)
    return found


def _in_turn(ids_of, bitmaps, ordering, start, stop):
    """Return ids from ``start`` to ``stop`` of all that is in disjoint ``bitmaps``, those of the first bitmap first."""
    ids = []
    for bitmap in bitmaps:
        size = bitmap.bit_count()
        if start < size and (stop is None or stop > 0):
            ids += ids_of(bitmap, ordering, start, stop)
        start = max(start - size, 0)
        stop = None if stop is None else max(stop - size, 0)
    return ids


class FacetIndex:
    """The pages of one kind in one language.

    Use it inside ``with index.lock`` when several answers must fit together.
    """

    def __init__(self, kind, language):
        self.kind = kind
        self.language = language
        self.lock = threading.RLock()
        self._seen = None
        self._empty()

    def _empty(self):
        self.bitmaps = defaultdict(lambda: defaultdict(int))
        self.listed = 0
        self._position = {}
        self._position_of_key = {}
        self._page_ids = array("q")
        self._last_page_id = 0
        self._titles = []
        self._published = array("d")
        self._starts = array("d")
        self._gone_at = array("d")
        self._unconfirmed_at = array("d")
        self._orders = {}
        self._passed = {}

    # --- keeping current ---------------------------------------------------------------------------------

    def refresh(self, state):
        """Bring what is in memory to ``state``, a pair ``(lineage, seq)`` read in this request."""
        with self.lock:
            lineage, seq = state
            if self._seen == state:
                return
            entries = IndexEntry.objects.filter(kind=self.kind.slug, language=self.language)
            if self._seen is None or self._seen[0] != lineage or self._seen[1] > seq:
                self._empty()
                self._load(entries.filter(is_listed=True).values_list(*_LOADED))
            else:
                for row in entries.filter(seq__gt=self._seen[1]).order_by("seq").values_list(*_LOADED):
                    self._take_over(row)
            self._seen = state

    def _load(self, rows):
        positions = defaultdict(lambda: defaultdict(list))
        for position, row in enumerate(rows.iterator(chunk_size=2000)):
            self._place(row)
            for slug, values in row[3].items():
                for value in values:
                    positions[slug][value].append(position)
        for slug, values in positions.items():
            for value, found in values.items():
                self.bitmaps[slug][value] = bits(found)
        self.listed = (1 << len(self._page_ids)) - 1

    def _place(self, row):
        """Give the page of ``row`` a position, its old one if it had one, and return it."""
        page_id, key, _is_listed, _facets, title, published_at, starts_at, *moments = row
        ends_at, expires_at, unconfirmed_at = moments
        position = self._position.get(page_id)
        if position is None:
            position = self._position[page_id] = len(self._page_ids)
            for column in (
                self._page_ids,
                self._published,
                self._starts,
                self._gone_at,
                self._unconfirmed_at,
            ):
                column.append(0)
            self._titles.append("")
        self._page_ids[position] = page_id
        self._last_page_id = max(self._last_page_id, page_id)
        if self.kind.dates:
            self._position_of_key[key.hex] = position
        # Between spaces, so that words in it are found as words.
        self._titles[position] = f" {' '.join(words_of(title))} "
        self._published[position] = published_at.timestamp() if published_at else 0
        self._starts[position] = starts_at.timestamp() if starts_at else NEVER
        self._gone_at[position] = min(
            (moment.timestamp() for moment in (ends_at, expires_at) if moment), default=NEVER
        )
        self._unconfirmed_at[position] = unconfirmed_at.timestamp() if unconfirmed_at else NEVER
        return position

    def _take_over(self, row):
        page_id, _key, is_listed, facets, *_rest = row
        if not is_listed and page_id not in self._position:
            return
        position = self._place(row)
        bit = 1 << position
        for values in self.bitmaps.values():
            for value in [value for value, bitmap in values.items() if bitmap & bit]:
                values[value] &= ~bit
        self.listed &= ~bit
        if is_listed:
            self.listed |= bit
            for slug, values in facets.items():
                for value in values:
                    self.bitmaps[slug][value] |= bit
        self._orders.clear()
        self._passed.clear()

    # --- bitmaps -------------------------------------------------------------------------------------------

    def current(self, now=None):
        """Return the bitmap of pages that are neither over nor expired ``now``."""
        return self.listed & ~self._passed_by("gone", self._gone_at, now)

    def unconfirmed(self, now=None):
        """Return the bitmap of pages that nobody confirmed in time, some of them no longer listed."""
        return self._passed_by("unconfirmed", self._unconfirmed_at, now)

    def _passed_by(self, name, moments, now):
        """Return the bitmap of pages whose moment has come, made anew when the next one does."""
        now = (now or timezone.now()).timestamp()
        since, until, passed = self._passed.get(name, (NEVER, NEVER, 0))
        if not since <= now < until:
            since = max((moment for moment in moments if moment <= now), default=-NEVER)
            until = min((moment for moment in moments if moment > now), default=NEVER)
            passed = bits(position for position, moment in enumerate(moments) if moment <= now)
            self._passed[name] = (since, until, passed)
        return passed

    def of_keys(self, keys):
        """Return the bitmap of the pages with these translation keys, 32 hexadecimal digits each."""
        positions = map(self._position_of_key.get, keys)
        return bits(position for position in positions if position is not None)

    def matching(self, matches):
        """Return the bitmap of what a text search found (``Matches``)."""
        return _bits_where(self._tiers(matches), _ANY)

    def ranked(self, matches, within):
        """Return what a text search found and is in ``within``: disjoint bitmaps, the best first.

        First titles that are what was asked for, then those that begin with it, then those that have it in them as it
        was typed; after them the tiers of the search, from all words in the title to words anywhere.
        """
        tiers = self._tiers(matches)
        ranked = []
        for found in (*self._with_title(tiers, matches.names), *(_bits_where(tiers, only) for only in _ONLY)):
            ranked.append(found & within)
            within &= ~found
        return ranked

    def _tiers(self, matches):
        """Return a byte per position: 0 for what does not match, otherwise the number of the tier, from 1."""
        # Neighbours in memory are read one after the other. To look ids up in a dictionary takes three times as long.
        tiers = matches.by_page_id.ljust(self._last_page_id + 1, b"\0")
        # The ids stand there in the order of their positions, as the objects they are.
        return bytes(map(tiers.__getitem__, self._position))

    def _with_title(self, tiers, names):
        """Return bitmaps of those pages whose title is one of ``names``, begins with one, has one in it."""
        titles, names = self._titles, tuple(f" {name} " for name in names)
        titled = list(compress(range(len(tiers)), tiers.translate(_ONLY[0]).translate(_FLAGS)))
        inside = [position for name in names for position in titled if name in titles[position]]
        beginning = [position for position in inside if titles[position].startswith(names)]
        same = [position for position in beginning if titles[position] in names]
        return bits(same), bits(beginning), bits(inside)

    def chosen(self, selection, within, without=None):
        """Return the bitmap of what is in ``within`` and fits ``selection``, ``{facet slug: values}``.

        One of the values of a facet has to fit, of every facet. ``without``: slug of a facet to leave out.
        """
        for slug, values in selection.items():
            if slug == without:
                continue
            fits = 0
            for value in values:
                fits |= self.bitmaps[slug].get(value, 0) if slug in self.bitmaps else 0
            within &= fits
        return within

    def counts(self, selection, within):
        """Return ``{facet slug: {value: count}}``: how many there would be with that value chosen.

        A facet's own choice does not narrow its counts, because a second choice there would add to the first.
        """
        counts = {}
        everything = self.chosen(selection, within)
        for slug, values in self.bitmaps.items():
            base = self.chosen(selection, within, without=slug) if slug in selection else everything
            counts[slug] = {value: (bitmap & base).bit_count() for value, bitmap in values.items()}
        return counts

    # --- order ---------------------------------------------------------------------------------------------

    def page_ids(self, bitmap, ordering, start=0, stop=None):
        """Return ids of the pages in ``bitmap``, sorted by ``ordering``, from ``start`` to ``stop``.

        ``ordering``: names of fields as in ``ContentKind.ordering``, descending with "-". Raises ``ValueError`` for
        others than ``title``, ``first_published_at``, the kind's ``dates.order_field`` and ``pk``.

        Where they lie by the day of publication, those that nobody confirmed come last. Alphabet and calendar stay
        as they are: who looks for a name or a day finds it in its place.
        """
        sinking = bitmap & self.unconfirmed() if ordering[0].endswith(PUBLISHED) else 0
        if not sinking:
            return self._sorted_ids(bitmap, ordering, start, stop)
        return _in_turn(self._sorted_ids, (bitmap & ~sinking, sinking), ordering, start, stop)

    def _sorted_ids(self, bitmap, ordering, start, stop):
        order, rank = self._order(tuple(ordering))
        if bitmap.bit_count() * 8 < len(order):
            # Few of many: cheaper to sort them than to look for them.
            positions = sorted(positions_in(bitmap), key=rank.__getitem__)[start:stop]
        else:
            text = bin(bitmap)[:1:-1].ljust(len(order), "0")
            positions = islice((position for position in order if text[position] == "1"), start, stop)
        return [self._page_ids[position] for position in positions]

    def page_ids_by_rank(self, ranked, ordering, start=0, stop=None):
        """Return ids of the pages in ``ranked``, as the method of that name gives it, each bitmap in ``ordering``."""
        return _in_turn(self.page_ids, ranked, ordering, start, stop)

    def _order(self, ordering):
        if ordering not in self._orders:
            order = list(range(len(self._page_ids)))
            # The sort is stable: the last criterion first.
            for name in reversed(ordering):
                order.sort(key=self._column(name.removeprefix("-")).__getitem__, reverse=name.startswith("-"))
            rank = array("l", bytes(array("l").itemsize * len(order)))
            for number, position in enumerate(order):
                rank[position] = number
            self._orders[ordering] = (array("l", order), rank)
        return self._orders[ordering]

    def _column(self, name):
        if self.kind.dates and name == self.kind.dates.order_field:
            return self._starts
        try:
            return {TITLE: self._titles, PUBLISHED: self._published, "pk": self._page_ids}[name]
        except KeyError:
            raise ValueError(
                f"“{self.kind.slug}” cannot be sorted by “{name}”; use title, first_published_at, pk"
                + (f" or {self.kind.dates.order_field}." if self.kind.dates else ".")
            ) from None


_indexes = {}
_making = threading.Lock()


def facet_index(kind, language, state=None):
    """Return the ``FacetIndex`` of a kind in a language, current as of this call: one query when nothing changed.

    ``state``: what ``current_state`` returned a moment ago, for those who ask for several kinds at once.
    """
    write_pending()
    state = state or current_state()
    if has_uncommitted_entries():
        # What this transaction wrote may be taken back and is nobody else's business: read for this call only.
        index = FacetIndex(kind, language)
    else:
        key = (kind.slug, language)
        with _making:
            if key not in _indexes or _indexes[key].kind is not kind:
                _indexes[key] = FacetIndex(kind, language)
            index = _indexes[key]
    index.refresh(state)
    return index


def current_state():
    """Return ``(lineage, number)`` of the last write to the index, in one query."""
    return IndexState.objects.values_list("lineage", "seq").filter(pk=1).first() or (None, 0)


def forget():
    """Drop what is in memory, for tests that put the database back to an earlier state."""
    with _making:
        _indexes.clear()
