"""Everything that changes the translation memory."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation

from content import audit
from content.sanitise import writable
from content.visibility import open_pages
from translation.models import PageTranslationState
from translation.placeholders import to_marked
from translation.segments import carried_source, sentence_key, text_hash

from .models import MOST_CHARACTERS, MemoryUnit

FORGOTTEN = "translation.memory_forgotten"

#: Pages whose translations are read at once, rows that are written at once.
PAGES_AT_ONCE, ROWS_AT_ONCE = 100, 500


def remember(*, locale, pairs, page, user=None):
    """Remember approved translations into ``locale`` of sentences of ``page``; return how many were new.

    ``pairs``: ``[(source, target, context path)]`` in marked text. ``page``: the source or its translation; of a
    page that not everybody may read nothing is remembered, because the memory is open to all translators of a
    language. ``user``: who wrote them. Called again it changes nothing but that these translations are offered before
    older ones. Texts that are empty or longer than ``MOST_CHARACTERS`` are left out.
    """
    source_page = _public_sources([page.translation_key]).first()
    if source_page is None:
        return 0
    region_key = _region_keys([source_page]).get(source_page.pk, "")
    return _add_or_raise(
        [
            unit_of(
                locale=locale, source=source, target=target, context=context, region_key=region_key, user=user
            )
            for source, target, context in pairs
        ]
    )


def learn_from_approved(*, locale=None, page=None):
    """Remember every translation that readers see now; return how many were new.

    ``locale``: only into this language; ``page``: only of this page. For the first start, for what comes in by sheets
    and for what was approved before its page was public. Called again it changes nothing, and what somebody
    forgot stays forgotten; 100 pages at a time.
    """
    states = PageTranslationState.objects.exclude(approved=[])
    if locale is not None:
        states = states.filter(locale=locale)
    if page is not None:
        states = states.filter(translation_key=page.translation_key)
    keys = list(states.order_by("pk").values_list("pk", flat=True))
    return sum(
        add_units(_units_of(list(PageTranslationState.objects.filter(pk__in=some))))
        for some in _in_batches(keys, PAGES_AT_ONCE)
    )


def forget(*, unit, by):
    """Offer a unit that is wrong to nobody any more, until somebody approves it again.

    The audit log says who did it and in which language.
    """
    with transaction.atomic():
        audit.record(
            action=FORGOTTEN,
            actor=by,
            subject=unit,
            detail={"language": unit.locale.language_code},
        )
        MemoryUnit.objects.filter(pk=unit.pk).update(is_forgotten=True)


# --- Units --------------------------------------------------------------------------------------------------


def unit_of(*, locale, source, target, context="", region_key="", user=None, **values):
    """Return an unsaved ``MemoryUnit``, or None for texts that are not remembered (see ``remember``)."""
    source, target = writable(source).strip(), writable(target).strip()
    if not source or not target or max(len(source), len(target)) > MOST_CHARACTERS:
        return None
    return MemoryUnit(
        locale=locale,
        source_language=settings.LANGUAGE_CODE,
        source=source,
        source_hash=text_hash(source),
        context=context_key(context),
        target=target,
        target_hash=text_hash(target),
        region_key=region_key,
        author=user,
        **values,
    )


def context_key(path):
    """Return a context path as units keep it: cut to what the column holds, from the end that tells places apart."""
    return (path or "")[-MemoryUnit._meta.get_field("context").max_length :]


def identity(unit):
    """Return what tells a unit apart from all others."""
    return unit.locale_id, unit.source_language, unit.source_hash, unit.context, unit.target_hash


def add_units(units):
    """Write those of ``units`` (None among them is passed over) that are not in the memory yet; return how many."""
    wanted = {identity(unit): unit for unit in units if unit is not None}
    known = known_identities(wanted.values())
    new = [unit for key, unit in wanted.items() if key not in known]
    MemoryUnit.objects.bulk_create(new, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)
    return len(new)


def _add_or_raise(units):
    """Write ``units``; those that are there already count as approved now. Return how many were new."""
    wanted = {identity(unit): unit for unit in units if unit is not None}
    known = known_identities(wanted.values())
    MemoryUnit.objects.bulk_create(
        wanted.values(),
        batch_size=ROWS_AT_ONCE,
        update_conflicts=True,
        unique_fields=["locale", "source_language", "source_hash", "context", "target_hash"],
        update_fields=["approved_at", "author", "region_key", "is_forgotten"],
    )
    return len(wanted) - len(known)


def known_identities(units):
    """Return the ``identity`` of those of ``units`` that are in the memory."""
    found = set()
    units = list(units)
    for some in _in_batches(units, ROWS_AT_ONCE):
        rows = MemoryUnit.objects.filter(
            locale_id__in={unit.locale_id for unit in some},
            source_language=settings.LANGUAGE_CODE,
            source_hash__in={unit.source_hash for unit in some},
        )
        found |= set(
            rows.values_list("locale_id", "source_language", "source_hash", "context", "target_hash")
        )
    return found & {identity(unit) for unit in units}


def _in_batches(rows, size):
    return (rows[start : start + size] for start in range(0, len(rows), size))


# --- What readers see ---------------------------------------------------------------------------------------


def _public_sources(keys):
    """Return the source pages with these translation keys that everybody may read."""
    return open_pages(Locale.objects.get(language_code=settings.LANGUAGE_CODE)).filter(
        translation_key__in=keys, alias_of__isnull=True
    )


def _region_keys(pages):
    """Return ``{page id: translation key of its region}`` of the pages that lie in one."""
    specific = Page.objects.filter(pk__in=[page.pk for page in pages]).specific()
    regions = {page.pk: getattr(page, "region_page_id", None) for page in specific}
    keys = dict(Page.objects.filter(pk__in=set(regions.values())).values_list("pk", "translation_key"))
    return {pk: str(keys[region]) for pk, region in regions.items() if region in keys}


@dataclass(frozen=True)
class _Place:
    """A page in one language: the sentences of it that somebody approved, and the region it lies in."""

    approved: frozenset
    region_key: str


def _units_of(states):
    pages = list(_public_sources({state.translation_key for state in states}))
    regions = _region_keys(pages)
    by_key = {page.translation_key: regions.get(page.pk, "") for page in pages}
    places = {
        (state.translation_key, state.locale_id): _Place(
            frozenset(tuple(entry) for entry in state.approved), by_key[state.translation_key]
        )
        for state in states
        if state.translation_key in by_key
    }
    rows = StringTranslation.objects.filter(
        context__object_id__in=by_key, locale_id__in={locale_id for _key, locale_id in places}
    ).select_related("translation_of", "context", "carried", "locale")
    units = []
    for row in rows:
        place = places.get((row.context.object_id, row.locale_id))
        if place is None:
            continue
        source = carried_source(row) or row.translation_of.data
        path = row.context.path
        if (path.split(".")[0], sentence_key(source), text_hash(row.data)) in place.approved:
            units.append(
                unit_of(
                    locale=row.locale,
                    source=to_marked(source),
                    target=to_marked(row.data, source),
                    context=path,
                    region_key=place.region_key,
                    user=row.last_translated_by,
                    approved_at=row.updated_at or timezone.now(),
                )
            )
    return units
