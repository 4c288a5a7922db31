"""How much could be read in a language over time, as areas that the template draws as SVG."""

import datetime
from dataclasses import dataclass

from django.db.models import Sum
from django.utils import timezone

from content.languages import language

from .models import Coverage

#: Width and height of a plot in the drawing's own units.
WIDTH, HEIGHT = 100, 40
#: How far back a plot reaches.
DAYS = 365


@dataclass(frozen=True)
class Count:
    """The numbers of one day."""

    day: datetime.date
    fresh: int
    outdated: int
    missing: int

    @property
    def total(self):
        """Return how many pages there were."""
        return self.fresh + self.outdated + self.missing


@dataclass(frozen=True)
class Plot:
    """One language. ``counts``: in the order of their days, at least one."""

    code: str
    name: str
    counts: tuple

    @property
    def ends(self):
        """Return the first and the last count; one where there is one."""
        return self.counts[:1] if len(self.counts) == 1 else (self.counts[0], self.counts[-1])

    @property
    def fresh_area(self):
        """Return the corners of what was up to date: "x,y x,y …"."""
        return self._area(lambda count: count.fresh)

    @property
    def outdated_area(self):
        """Return the corners of all that was translated; what was up to date is drawn over it."""
        return self._area(lambda count: count.fresh + count.outdated)

    def _area(self, number):
        first, last = self.counts[0].day, self.counts[-1].day
        span = (last - first).days
        tops = [
            (
                WIDTH * (count.day - first).days / span if span else 0,
                HEIGHT - HEIGHT * number(count) / count.total,
            )
            for count in self.counts
            if count.total
        ]
        if not span:
            tops += [(WIDTH, y) for _x, y in tops]
        corners = [(0, HEIGHT), *tops, (WIDTH, HEIGHT)]
        return " ".join(f"{x:.2f},{y:.2f}" for x, y in corners)


def coverage_plots(*, scopes, locales):
    """Return a ``Plot`` for each of ``locales`` that was counted in the regions ``scopes``. One query."""
    since = timezone.localdate() - datetime.timedelta(days=DAYS)
    rows = Coverage.objects.filter(scope__in=scopes, day__gt=since).order_by("day").values("locale_id", "day")
    counts = {}
    for row in rows.annotate(
        fresh_sum=Sum("fresh"), outdated_sum=Sum("outdated"), missing_sum=Sum("missing")
    ):
        count = Count(row["day"], row["fresh_sum"], row["outdated_sum"], row["missing_sum"])
        counts.setdefault(row["locale_id"], []).append(count)
    return [
        Plot(locale.language_code, language(locale.language_code).endonym, tuple(counts[locale.pk]))
        for locale in locales
        if locale.pk in counts
    ]
