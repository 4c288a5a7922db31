"""Writing the index.

The unit is a translation key: all languages of a page are written together. Facets are facts, so they are read once,
from the source page, and hold for every language; the same filter gives the same set in Turkish and in German,
also in the seconds before a fact has reached a translation's row.
"""

import datetime
import logging
import re

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import override
from modelcluster.queryset import FakeQuerySet
from wagtail.models import Locale, Page

from content import freshness, registry
from content.models import TaggedPage, Topic
from content.visibility import open_pages

from .models import IndexedText, IndexEntry, IndexState, Spelling
from .pending import indexing_later, write_pending
from .text_search import MOST_WORDS_OF_A_NAME, text_search
from .words import indexed_words, plain_text, words_of

__all__ = [
    "index_below",
    "index_page",
    "index_pages",
    "indexing_later",
    "rebuild",
    "refresh_dates",
    "unindex_page",
    "write_changes",
]

logger = logging.getLogger(__name__)

#: ``ends_at`` of what has no date any more.
LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
#: Keys written in one transaction; writers wait for each other so long.
BATCH = 100
#: With more keys than this below a page, they are written in the background.
MOST_AT_ONCE = 200
#: A word that nobody would type, or mistype, is not kept as a suggestion.
WORD_LENGTHS = range(4, 31)

ENTRY_FIELDS = (
    "translation_key",
    "kind",
    "language",
    "is_listed",
    "facets",
    "title",
    "published_at",
    "starts_at",
    "ends_at",
    "expires_at",
    "unconfirmed_at",
)


def index_page(page):
    """Write what the index knows of ``page`` and its translations."""
    index_keys([page.translation_key])


def index_pages(page_ids):
    """Write what the index knows of the pages with these ids and of their translations."""
    keys = Page.objects.filter(pk__in=page_ids).values_list("translation_key", flat=True)
    index_keys(set(keys) | set(_noted_keys(page_ids)))


def unindex_page(page):
    """Take ``page``, which may be deleted already, and its translations out where they are not to be seen any more."""
    index_keys([page.translation_key])


def _noted_keys(page_ids):
    return IndexEntry.objects.filter(pk__in=page_ids).values_list("translation_key", flat=True)


def write_changes(*, keys, roots):
    """Write the pages with these translation keys, and what lies below the pages with the ids ``roots``."""
    below = set()
    for path in Page.objects.filter(pk__in=roots).values_list("path", flat=True):
        below |= set(Page.objects.filter(path__startswith=path).values_list("translation_key", flat=True))
    if len(below) > MOST_AT_ONCE:
        index_keys(keys)
        # What readers may not see any more disappears at once; the rest is a matter of seconds.
        take_out_hidden(below)
        for root in roots:
            _index_below_in_background(root)
    else:
        index_keys(set(keys) | below)


def _index_below_in_background(root):
    from content.tasks import index_below as task  # tasks import services

    if task.delay(root) is None:
        logger.warning("The pages below page %s are indexed here and now.", root)
        index_below(root)


def index_below(page_id):
    """Write all pages at and below the page with that id, in batches."""
    for path in Page.objects.filter(pk=page_id).values_list("path", flat=True):
        index_keys(set(Page.objects.filter(path__startswith=path).values_list("translation_key", flat=True)))


def index_keys(keys):
    """Write all pages with these translation keys, in batches, each in its own transaction.

    Returns how many rows changed.
    """
    keys = sorted(keys)
    return sum(_write_batch(keys[start : start + BATCH]) for start in range(0, len(keys), BATCH))


@transaction.atomic
def take_out_hidden(keys):
    """Take out of the index what readers may not see any more of the pages with these translation keys."""
    number = IndexState.take_number()
    keys = sorted(keys)
    for start in range(0, len(keys), BATCH):
        entries = IndexEntry.objects.filter(translation_key__in=keys[start : start + BATCH], is_listed=True)
        known = set(entries.values_list("pk", flat=True))
        gone = known - set(open_pages().filter(pk__in=known).values_list("pk", flat=True))
        _take_out(gone, number)


def _take_out(page_ids, number):
    if not page_ids:
        return
    IndexEntry.objects.filter(pk__in=page_ids).update(is_listed=False, facets={}, seq=number)
    IndexedText.objects.filter(pk__in=page_ids).delete()
    text_search().remove(list(page_ids))


@transaction.atomic
def _write_batch(keys):
    # The number first: it keeps other writers out, so what is read here is not older than what they wrote.
    number = IndexState.take_number()
    known = {entry.pk: entry for entry in IndexEntry.objects.filter(translation_key__in=keys)}
    entries, texts, spellings = describe(keys)
    changed = [
        entry
        for entry in entries
        if entry.pk not in known
        or any(getattr(entry, name) != getattr(known[entry.pk], name) for name in ENTRY_FIELDS)
    ]
    for entry in changed:
        entry.seq = number
    IndexEntry.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["page_id"], update_fields=[*ENTRY_FIELDS, "seq"]
    )
    written = _write_texts(texts)
    present = {entry.pk for entry in entries}
    gone = {pk for pk, entry in known.items() if pk not in present and entry.is_listed}
    _take_out(gone, number)
    _write_spellings(keys, spellings)
    return len(changed) + len(gone) + written


def _write_texts(texts):
    stored = IndexedText.objects.in_bulk([text.pk for text in texts])
    changed = [
        text
        for text in texts
        if text.pk not in stored
        or any(getattr(text, name) != getattr(stored[text.pk], name) for name in IndexedText.columns)
    ]
    if not changed:
        return 0
    IndexedText.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["page_id"], update_fields=IndexedText.columns
    )
    text_search().write(changed)
    words = {
        word
        for text in changed
        for name in ("title", "place", "teaser", "text")
        for word in getattr(text, name).split()
        if len(word) in WORD_LENGTHS and not word.isdigit()
    }
    # In order, so that two writers never wait for each other's words.
    text_search().remember(sorted(words))
    return len(changed)


def _write_spellings(keys, spellings):
    stored = {(row.group, row.words): row.pk for row in Spelling.objects.filter(group__in=keys)}
    Spelling.objects.filter(pk__in=[pk for key, pk in stored.items() if key not in spellings]).delete()
    Spelling.objects.bulk_create(
        [Spelling(group=group, words=words) for group, words in sorted(spellings - set(stored))],
        ignore_conflicts=True,
    )


def indexed_models():
    """Return ``{model: kind slug}`` of what is indexed: every kind's pages, and pages that have ``search_words``."""
    models = {kind.page_model: kind.slug for kind in registry.all_kinds()}
    for model in apps.get_models():
        if issubclass(model, Page) and hasattr(model, "search_words"):
            models.setdefault(model, "")
    return models


def describe(keys):
    """Return ``(entries, texts, spellings)`` of the pages with these translation keys that belong into the index.

    ``spellings`` is a set of pairs ``(translation key, normalised words)``. Nothing is written.
    """
    models = indexed_models()
    types = ContentType.objects.get_for_models(*models)
    rows = open_pages().filter(translation_key__in=keys, content_type__in=types.values())
    pages = list(rows.specific())
    ancestors = _ancestors(pages)
    _prefetch(pages, ancestors)
    sources = {
        page.translation_key: page
        for page in pages
        if page.locale.language_code == settings.LANGUAGE_CODE and not page.alias_of_id
    }
    entries, texts, spellings = [], [], set()
    facets = {}
    for page in pages:
        source = sources.get(page.translation_key, page)
        kind = registry.kind_of(type(page))
        if kind is not None and source.pk not in facets:
            facets[source.pk] = facets_of(source, kind)
        entry = _entry(page, source, kind, facets.get(source.pk, {}))
        entries.append(entry)
        if entry.is_listed:
            texts.append(_text(page, source, kind, ancestors))
        if hasattr(source, "spellings"):
            spellings |= {(page.translation_key, words) for words in _names(source)}
    return entries, texts, spellings


def _names(page):
    """Return the normalised names that mean the same; what stands in brackets is no part of a name."""
    names = {" ".join(words_of(re.sub(r"\(.*?\)", " ", name))) for name in page.spellings()}
    return (
        {name for name in names if name and len(name.split()) <= MOST_WORDS_OF_A_NAME}
        if len(names) > 1
        else set()
    )


def _ancestors(pages):
    """Return ``{path: page}``, specific, of ``pages`` and all of their ancestors below the root, with their locales."""
    steps = Page.steplen
    paths = {page.path[:length] for page in pages for length in range(2 * steps, len(page.path), steps)}
    known = {page.path: page for page in pages}
    known.update((page.path, page) for page in Page.objects.filter(path__in=paths - set(known)).specific())
    locales = Locale.objects.in_bulk()
    for page in known.values():
        page.locale = locales[page.locale_id]
    return known


def _lineage(page, ancestors):
    """Return the ancestors of ``page`` from ``ancestors``, the nearest first."""
    steps = Page.steplen
    paths = [page.path[:length] for length in range(len(page.path) - steps, steps, -steps)]
    return [ancestors[path] for path in paths if path in ancestors]


def _prefetch(pages, ancestors):
    """Fetch what facets and words ask for of many pages in a few queries."""
    by_id = {page.pk: page for page in ancestors.values()}
    topics = {}
    for tagged in TaggedPage.objects.filter(content_object__in=[page.pk for page in pages]).select_related(
        "tag"
    ):
        topics.setdefault(tagged.content_object_id, []).append(tagged.tag)
    for page in pages:
        if hasattr(type(page), "topics"):
            # As `prefetch_related` leaves it, which takes taggit two milliseconds a page.
            page._prefetched_objects_cache = {"topics": FakeQuerySet(Topic, topics.get(page.pk, []))}
        for name in ("owner_page", "region_page"):
            found = by_id.get(getattr(page, f"{name}_id", None))
            if found is not None:
                setattr(page, name, found)


def facets_of(page, kind):
    """Return ``{facet slug: [values]}`` of a page of that kind; facets without a value are left out."""
    found = {facet.slug: list(dict.fromkeys(facet.values(page))) for facet in kind.facets}
    return {slug: values for slug, values in found.items() if values}


def _entry(page, source, kind, facets):
    starts_at = ends_at = None
    if kind is not None and kind.dates:
        starts_at = getattr(source, kind.dates.order_field)
        ends_at = (getattr(source, kind.dates.end_field) or starts_at) if starts_at else LONG_AGO
    is_listed = kind is None or kind.is_listed is None or bool(kind.is_listed(source))
    scope = getattr(source, "region_page", None)
    due = freshness.due_on(source, scope=scope) if kind is not None else None
    return IndexEntry(
        page_id=page.pk,
        translation_key=page.translation_key,
        kind=kind.slug if kind else "",
        language=page.locale.language_code,
        is_listed=is_listed,
        facets=facets if is_listed else {},
        title=page.title,
        published_at=source.first_published_at,
        starts_at=starts_at,
        ends_at=ends_at,
        expires_at=_expires_at(source, kind, freshness.leaves_lists_on(due, scope=scope)),
        unconfirmed_at=_midnight(freshness.unconfirmed_from(due)),
    )


def _expires_at(page, kind, leaves_lists_on):
    """Return the first instant at which readers may not find ``page`` any more, or None."""
    last_day = kind.expires_on(page) if kind is not None and kind.expires_on else None
    day_after = last_day and last_day + datetime.timedelta(days=1)
    instants = (page.expire_at, _midnight(day_after), _midnight(leaves_lists_on))
    return min((instant for instant in instants if instant), default=None)


def _midnight(day):
    """Return the instant at which the local ``day`` begins; None for None."""
    return day and timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def _text(page, source, kind, ancestors):
    language = page.locale.language_code
    versions = [(page, language)]
    if source is not page and not page.alias_of_id:
        versions.append((source, source.locale.language_code))
    if page.alias_of_id:
        versions = [(page, settings.LANGUAGE_CODE)]

    def column(read):
        return indexed_words(*((read(version), code) for version, code in versions))

    below = [
        ancestor.words_below() for ancestor in _lineage(page, ancestors) if hasattr(ancestor, "words_below")
    ]
    place = page.place_words() if hasattr(page, "place_words") else ""
    own_below = page.words_below() if hasattr(page, "words_below") else ""
    with override(language):
        labels = kind.search_text(page) if kind is not None and kind.search_text else ""
        if hasattr(source, "topics"):
            labels = " ".join([labels, *(topic.label() for topic in source.topics.all())])
    return IndexedText(
        page_id=page.pk,
        language=language,
        kind=kind.slug if kind else "",
        title=column(lambda version: version.title),
        place=indexed_words((" ".join([place, own_below, *below]), settings.LANGUAGE_CODE)),
        teaser=column(lambda version: getattr(version, "teaser", "")),
        text=indexed_words(
            *((_sentences(version, kind), code) for version, code in versions), (labels, language)
        ),
    )


def _sentences(page, kind):
    """Return what there is to read on ``page`` beside title and teaser, as plain text."""
    if kind is None:
        return plain_text(page.search_words())
    names = {column.field_name for column in kind.columns if column.translated} - {"title", "teaser"}
    return " ".join(plain_text(str(getattr(page, name, "") or "")) for name in sorted(names))


def refresh_dates(kind):
    """Take over the next dates of a kind after they were moved on in bulk. Returns how many pages changed."""
    write_pending()
    model, dates = kind.page_model, kind.dates
    pages = model.objects.filter(live=True, locale__language_code=settings.LANGUAGE_CODE)
    known = dict(
        IndexEntry.objects.filter(kind=kind.slug, language=settings.LANGUAGE_CODE).values_list(
            "pk", F("starts_at")
        )
    )
    moved = [
        key
        for pk, key, starts_at in pages.values_list("pk", "translation_key", dates.order_field)
        if pk in known and known[pk] != starts_at
    ]
    return index_keys(moved)


def rebuild(*, after=0, progress=None):
    """Write the whole index anew, batch by batch, and take out what no page stands behind.

    Rows that are right already are left alone, so that it can be repeated at any time and goes on where it was
    interrupted. ``after``: start behind the page with this id. ``progress``: called with ``(last id, rows changed)``
    after each batch. Returns how many rows changed.
    """
    types = ContentType.objects.get_for_models(*indexed_models())
    total = 0
    while True:
        batch = list(
            Page.objects.filter(pk__gt=after, content_type__in=types.values())
            .order_by("pk")
            .values_list("pk", "translation_key")[:BATCH]
        )
        if not batch:
            break
        after = batch[-1][0]
        total += index_keys({key for _pk, key in batch})
        if progress:
            progress(after, total)
    orphans = IndexEntry.objects.filter(is_listed=True).exclude(pk__in=Page.objects.values("pk"))
    return total + index_keys(set(orphans.values_list("translation_key", flat=True)))
