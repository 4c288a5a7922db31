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
    """Return the ``RegionFigures`` of ``regions``, in their order. Two queries."""
    write_pending()
    found = {region.pk: RegionFigures(region) for region in regions}
    for kind_slug, region, total, late in _together(_counted, found):
        found[region].entries[kind_slug] = total
        found[region].unconfirmed += late
    for _kind_slug, region, code, count in _together(_fresh, found):
        translated = found[region].translated
        translated[code] = translated.get(code, 0) + count
    return list(found.values())


def _together(rows_of, regions):
    """Return the rows of ``rows_of(pages)`` for every kind in one query, the kind's slug first."""
    parts = []
    for kind in registry.all_kinds():
        pages = kind.page_model.objects.filter(
            live=True,
            alias_of__isnull=True,
            locale__language_code=settings.LANGUAGE_CODE,
            region_page__in=list(regions),
        ).order_by()
        rows, names = rows_of(pages)
        parts.append(rows.annotate(kind=Value(kind.slug)).values_list("kind", *names))
    return parts[0].union(*parts[1:], all=True)


def _counted(pages):
    late = IndexEntry.objects.filter(page_id=OuterRef("pk"), unconfirmed_at__lte=timezone.now())
    rows = (
        pages.annotate(is_late=Exists(late))
        .values("region_page")
        .annotate(total=Count("pk"), late=Count("pk", filter=Q(is_late=True)))
    )
    return rows, ("region_page", "total", "late")


def _fresh(pages):
    of_page = pages.filter(translation_key=OuterRef("translation_key"))
    rows = (
        PageTranslationState.objects.filter(state=State.FRESH)
        .annotate(region=Subquery(of_page.values("region_page")[:1]))
        .filter(region__isnull=False)
        .values("region", "locale__language_code")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return rows, ("region", "locale__language_code", "count")
