"""Numbers about regions for the network office, from a few aggregate queries however much there is."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, Subquery
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
    """Return the ``RegionFigures`` of ``regions``, in their order. Two queries per kind."""
    write_pending()
    found = {region.pk: RegionFigures(region) for region in regions}
    late = IndexEntry.objects.filter(page_id=OuterRef("pk"), unconfirmed_at__lte=timezone.now())
    for kind in registry.all_kinds():
        pages = kind.page_model.objects.filter(
            live=True,
            alias_of__isnull=True,
            locale__language_code=settings.LANGUAGE_CODE,
            region_page__in=found,
        )
        counted = (
            pages.annotate(is_late=Exists(late))
            .order_by()
            .values("region_page")
            .annotate(total=Count("pk"), late=Count("pk", filter=Q(is_late=True)))
        )
        for row in counted:
            figures = found[row["region_page"]]
            figures.entries[kind.slug] = row["total"]
            figures.unconfirmed += row["late"]
        of_page = pages.filter(translation_key=OuterRef("translation_key")).order_by()
        fresh = (
            PageTranslationState.objects.filter(state=State.FRESH)
            .annotate(region=Subquery(of_page.values("region_page")[:1]))
            .filter(region__isnull=False)
            .values("region", "locale__language_code")
            .annotate(count=Count("pk"))
        )
        for row in fresh:
            translated = found[row["region"]].translated
            code = row["locale__language_code"]
            translated[code] = translated.get(code, 0) + row["count"]
    return list(found.values())
