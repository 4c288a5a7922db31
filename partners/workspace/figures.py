"""Numbers about regions for the network office, from a few aggregate queries however much there is."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.utils import timezone

from content import registry
from content.index.models import IndexEntry
from content.index.pending import write_pending
from translation.models import PageTranslationState, State


@dataclass
class RegionFigures:
    """What one region has: published entries by kind slug, fresh translations by language code, late confirmations."""

    region: Any
    entries: dict = field(default_factory=dict)
    translated: dict = field(default_factory=dict)
    unconfirmed: int = 0

    @property
    def total(self):
        """Return the number of published entries of all kinds."""
        return sum(self.entries.values())

    @property
    def confirmed(self):
        """Return the number of entries that somebody confirmed in time."""
        return self.total - self.unconfirmed

    def share(self, code):
        """Return the part, from 0 to 1, of the entries whose translation says what the source says."""
        return self.translated.get(code, 0) / self.total if self.total else 0


def figures_for(regions):
    """Return the ``RegionFigures`` of ``regions``, in their order. One query."""
    write_pending()
    found = {region.pk: RegionFigures(region) for region in regions}
    parts = [part for kind in registry.all_kinds() for part in _parts(kind, list(found))]
    for kind_slug, region, code, count, late in parts[0].union(*parts[1:], all=True):
        if code:
            translated = found[region].translated
            translated[code] = translated.get(code, 0) + count
        else:
            found[region].entries[kind_slug] = count
            found[region].unconfirmed += late
    return list(found.values())


def _parts(kind, region_ids):
    """Return two querysets of ``(kind's slug, region, language code, count, late)``.

    One counts the entries, without a language, and those that nobody confirmed; the other the fresh translations.
    """
    pages = kind.page_model.objects.filter(
        live=True,
        alias_of__isnull=True,
        locale__language_code=settings.LANGUAGE_CODE,
        region_page__in=region_ids,
    ).order_by()
    late = IndexEntry.objects.filter(page_id=OuterRef("pk"), unconfirmed_at__lte=timezone.now())
    entries = (
        pages.annotate(is_late=Exists(late))
        .values("region_page")
        .annotate(
            kind=Value(kind.slug),
            code=Value(""),
            count=Count("pk"),
            late=Count("pk", filter=Q(is_late=True)),
        )
        .values_list("kind", "region_page", "code", "count", "late")
    )
    of_page = pages.filter(translation_key=OuterRef("translation_key"))
    fresh = (
        PageTranslationState.objects.filter(state=State.FRESH)
        .annotate(region=Subquery(of_page.values("region_page")[:1]))
        .filter(region__isnull=False)
        .order_by()
        .values("region", "locale__language_code")
        .annotate(kind=Value(kind.slug), count=Count("pk"), late=Value(0))
        .values_list("kind", "region", "locale__language_code", "count", "late")
    )
    return entries, fresh
