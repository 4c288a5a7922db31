"""What the memory knows: suggestions for sentences, units to look through, and places that say the same."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Q
from rapidfuzz import fuzz, process
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation

from content.visibility import open_pages
from content.word_diffs import word_diff
from translation.placeholders import to_marked
from translation.segments import text_hash

from .models import MOST_CHARACTERS, MemoryUnit
from .services import context_key

#: Kinds of suggestions, from the surest to the least sure.
CONTEXT, EXACT, FUZZY = "context", "exact", "fuzzy"
#: How alike two sentences have to be for one's translation to be worth a look, in percent of their letters.
LEAST_ALIKE = 70
#: Sentences like another that are looked at for each sentence.
MOST_ALIKE = 5
#: How many sentences of a language a process compares with; with more in the memory, the latest.
MOST_COMPARED = 50_000
#: Words of a search that count.
MOST_WORDS = 10
#: Places with the same sentence that are shown.
MOST_TWINS = 50


@dataclass(frozen=True)
class Suggestion:
    """A translation that fits, or may.

    ``target``, ``source``: marked texts. ``percent``: 101 where the same sentence stood in the same place, 100 for
    the same sentence, else how alike the sentences are. ``asked``: the sentence that it is suggested for.
    """

    target: str
    source: str
    percent: int
    kind: str
    asked: str = field(repr=False)

    @property
    def changes(self):
        """Return what differs from ``source`` to ``asked``, as ``content.word_diffs.word_diff`` gives it."""
        return word_diff(self.source, self.asked)


def suggestions(source, locale, context_path="", *, limit=5, region_key=""):
    """Return at most ``limit`` suggestions for one sentence; see ``suggestions_for``."""
    return suggestions_for([(source, context_path)], locale, limit=limit, region_key=region_key)[
        source, context_path
    ]


def suggestions_for(sources_with_context, locale, *, limit=5, region_key=""):
    """Return ``{(source, context path): [Suggestion]}``, the surest first, for pairs of marked text and path.

    Sentences alike are looked for where the same sentence was never translated. Of suggestions that are equally
    sure, those of the region ``region_key`` come first, then the latest. At most three queries, however many sentences.
    """
    asked = list(dict.fromkeys(sources_with_context))
    compared = _compared(locale)
    alike = {}
    for source, _path in asked:
        if source not in alike:
            alike[source] = _alike(source, compared)
    units = _units_by_source({text_hash(source) for source in alike}, alike, locale, region_key)
    return {(source, path): _ranked(source, path, units, alike[source])[:limit] for source, path in asked}


def _alike(source, compared):
    """Return ``[(hash, percent)]`` of sentences like ``source``; empty where the sentence itself is known."""
    hashed = text_hash(source)
    if not source or len(source) > MOST_CHARACTERS or hashed in compared.known:
        return []
    found = process.extract(
        source, compared.sources, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=MOST_ALIKE
    )
    # Sentences that are not the same are never wholly alike.
    return [(compared.hashes[position], min(int(score), 99)) for _text, score, position in found]


def _units_by_source(hashes, alike, locale, region_key):
    wanted = hashes | {hashed for found in alike.values() for hashed, _percent in found}
    if not wanted:
        return {}
    rows = (
        MemoryUnit.objects.remembered(locale)
        .filter(source_language=settings.LANGUAGE_CODE, source_hash__in=wanted)
        .order_by("-approved_at", "-pk")
    )
    by_source = {}
    for unit in rows:
        by_source.setdefault(unit.source_hash, []).append(unit)
    if region_key:
        for units in by_source.values():
            units.sort(key=lambda unit: unit.region_key != region_key)
    return by_source


def _ranked(source, path, units, alike):
    same = units.get(text_hash(source), [])
    place = context_key(path)
    found = [(unit, 101, CONTEXT) for unit in same if place and unit.context == place]
    found += [(unit, 100, EXACT) for unit in same]
    found += [(unit, percent, FUZZY) for hashed, percent in alike for unit in units.get(hashed, [])]
    by_target = {}
    for unit, percent, kind in found:
        by_target.setdefault(unit.target, Suggestion(unit.target, unit.source, percent, kind, source))
    return list(by_target.values())


# --- Sentences in memory ------------------------------------------------------------------------------------


class _Version(NamedTuple):
    """How many units there are, the newest one's id, and when the last was made."""

    count: int = 0
    newest: int | None = None
    made: datetime | None = None


@dataclass(frozen=True)
class _Compared:
    """The different sentences that were translated into a language, in the same order as ``hashes``."""

    version: _Version = _Version()
    sources: tuple[str, ...] = ()
    hashes: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()

    def with_rows(self, rows, version):
        """Return what is known after ``rows`` of ``(hash, sentence)`` were read."""
        new = {hashed: text for hashed, text in rows if hashed not in self.known}
        hashes = (*self.hashes, *new)
        return _Compared(version, (*self.sources, *new.values()), hashes, frozenset(hashes))


#: What this process has read, by locale. Nothing is changed in place, so that threads need no lock.
_kept = {}


def _compared(locale):
    """Return the ``_Compared`` of ``locale`` as the database has it: one query, and one more when that has changed.

    Inside a transaction nothing is kept, because what it reads may be its own and never be committed.
    """
    units = MemoryUnit.objects.remembered(locale)
    version = _Version(**units.aggregate(count=Count("pk"), newest=Max("pk"), made=Max("created_at")))
    kept = _kept.get(locale.pk)
    if kept is not None and kept.version == version:
        return kept
    if connection.in_atomic_block:
        return _all_compared(units, version)
    if kept is not None and kept.version.count and kept.version.newest < (version.newest or 0):
        _kept[locale.pk] = _with_new_ones(kept, units)
    else:
        _kept[locale.pk] = _all_compared(units, version)
    return _kept[locale.pk]


def _all_compared(units, version):
    rows = units.order_by("-pk").values_list("source_hash", "source")[:MOST_COMPARED]
    return _Compared().with_rows(rows, version)


def _with_new_ones(kept, units):
    """Return ``kept`` with the units that were made since.

    Where one was deleted as well, or one with a lower id was committed later, the count it notes is not that of the
    database, and everything is read with the next request.
    """
    rows = list(
        units.filter(pk__gt=kept.version.newest)
        .order_by("pk")
        .values_list("source_hash", "source", "pk", "created_at")
    )
    if not rows:
        return _Compared()
    version = _Version(
        kept.version.count + len(rows), rows[-1][2], max(kept.version.made, *(row[3] for row in rows))
    )
    return kept.with_rows([row[:2] for row in rows], version)


# --- Looking through ----------------------------------------------------------------------------------------


def units_of(locale, *, text=""):
    """Return the units of ``locale`` as a queryset, the latest first.

    ``text``: words that all have to be in the original or the translation.
    """
    units = MemoryUnit.objects.remembered(locale).select_related("author", "locale")
    for word in text.split()[:MOST_WORDS]:
        units = units.filter(Q(source__icontains=word) | Q(target__icontains=word))
    return units.order_by("-approved_at", "-pk")


# --- Places with the same sentence --------------------------------------------------------------------------


@dataclass(frozen=True)
class Twin:
    """Another place that says the same. ``target``: how readers or translators have it there, marked; "" for nothing.

    ``page``: the source page, not specific. ``segment_id``, ``context_id``: wagtail-localize's rows of the place.
    """

    page: Page
    path: str
    segment_id: int
    context_id: int
    target: str


def identical(sentence, locale):
    """Return the ``Twin`` places of a ``translation.segments.Sentence``, at most ``MOST_TWINS``, in four queries or so.

    Only of pages that everybody may read and that appear in ``locale``, so that nobody sees more than readers do.
    """
    segments = list(
        StringSegment.objects.filter(
            string_id=sentence.string_id, source__locale__language_code=settings.LANGUAGE_CODE
        )
        .exclude(context_id=sentence.context_id)
        .select_related("context", "source")
        .order_by("source__object_repr", "pk")[:MOST_TWINS]
    )
    keys = {segment.context.object_id for segment in segments}
    source_locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    in_language = Page.objects.filter(locale=locale, translation_key__in=keys).values("translation_key")
    pages = {
        page.translation_key: page
        for page in open_pages(source_locale).filter(translation_key__in=in_language, alias_of__isnull=True)
    }
    targets = dict(
        StringTranslation.objects.filter(
            locale=locale,
            translation_of_id=sentence.string_id,
            context_id__in=[segment.context_id for segment in segments],
        ).values_list("context_id", "data")
    )
    return [
        Twin(
            page=pages[segment.context.object_id],
            path=segment.context.path,
            segment_id=segment.pk,
            context_id=segment.context_id,
            target=to_marked(targets.get(segment.context_id, ""), sentence.text),
        )
        for segment in segments
        if segment.context.object_id in pages
    ]
