"""What coordinators and the network office see of their regions."""

import datetime

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Length, Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from content import registry
from content.languages import language
from organisations.models import OrganisationPage

from . import plots
from .figures import figures_for
from .registry import Panel

#: How much a panel shows before it says that there is more.
SHOWN = 6
#: Days for which an organisation counts as new.
NEW_DAYS = 30


def panels(audience, today):
    """Return the panels of the regions' daily work, for the network office with figures."""
    if not audience.regions:
        return []
    found = [
        _list("approve", _("To approve"), _waiting(audience), order=10, nothing=_("Nothing waits for you.")),
        _list(
            "new",
            _("New organisations"),
            _new_organisations(audience, today),
            order=30,
            nothing=_("Nobody new in the last 30 days."),
        ),
    ]
    return [*found, *_plots(audience)] if audience.is_network else found


def _list(key, title, items, *, order, nothing, more_url=""):
    """Return a ``Panel`` of ``items``: dicts with title, url, note and perhaps day."""
    return Panel(
        key=key,
        title=title,
        template="partners/workspace/_list_panel.html",
        context={
            "items": items[:SHOWN],
            "more": max(0, len(items) - SHOWN),
            "more_url": more_url,
            "nothing": nothing,
        },
        count=len(items),
        order=order,
    )


def _within(audience):
    within = Q(pk__in=())
    for region in audience.regions:
        within |= Q(path__startswith=region.path)
    return within


def _waiting(audience):
    """Return what waits for an approval in the regions, the longest waiting first. One query."""
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type__app_label="wagtailcore",
        workflow_state__base_content_type__model="page",
        # Keys of whatever waits are kept as text there, and not everything's key is a number.
        workflow_state__object_id=Cast(OuterRef("pk"), CharField()),
    )
    parents = Page.objects.filter(
        path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Value(Page.steplen))
    )
    found = Page.objects.filter(_within(audience)).annotate(
        since=Subquery(states.order_by("started_at").values("started_at")[:1]),
        parent_title=Subquery(parents.values("title")),
    )
    return [
        {
            "title": page.draft_title,
            "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
            "note": page.parent_title,
            "day": timezone.localtime(page.since),
        }
        for page in found.filter(Exists(states)).order_by("since", "pk")
    ]


def _new_organisations(audience, today):
    since = today - datetime.timedelta(days=NEW_DAYS)
    found = OrganisationPage.objects.filter(
        _within(audience), alias_of__isnull=True, locale__language_code=settings.LANGUAGE_CODE
    ).filter(Q(first_published_at__date__gte=since) | Q(live=False, first_published_at=None))
    return [
        {
            "title": page.draft_title,
            "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
            "note": "" if page.live else _("not published yet"),
            "day": page.first_published_at,
        }
        for page in found.order_by("-first_published_at", "title")
    ]


def _plots(audience):
    figures = figures_for(audience.regions)
    kinds = registry.all_kinds()
    content = plots.stacked(
        _("Published entries by region"),
        [(kind.accent, kind.label) for kind in kinds],
        [(each.region.title, [each.entries.get(kind.slug, 0) for kind in kinds]) for each in figures],
    )
    freshness = plots.shares(
        _("How much is confirmed"),
        [("mint", _("confirmed in time")), ("coral", _("nobody confirmed it"))],
        [(each.region.title, [each.confirmed, each.unconfirmed]) for each in figures],
    )
    return [
        Panel("content", _("Content"), "partners/workspace/_plot.html", {"plot": content}, order=110),
        Panel(
            "languages",
            _("Languages"),
            "partners/workspace/_languages_plot.html",
            _languages(figures),
            order=120,
        ),
        Panel("freshness", _("Freshness"), "partners/workspace/_plot.html", {"plot": freshness}, order=130),
    ]


def _languages(figures):
    """Return how much of each region says in each language what the source says, in percent."""
    codes = [row.code for row in settings.LANGUAGE_TABLE if row.code != settings.LANGUAGE_CODE]
    rows = [
        (
            each.region.title,
            [
                (round(100 * each.share(code)) if code in each.region.language_codes() else None)
                for code in codes
            ],
        )
        for each in figures
    ]
    return {"names": [(code, language(code).endonym) for code in codes], "rows": rows}
