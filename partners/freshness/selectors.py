"""Reads around freshness: what is to be confirmed, by organisation, region or person."""

import datetime
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from wagtail.models import Page

from content import freshness, registry, signed_links
from content.permissions import changeable_pages
from content.vocabularies import ReviewInterval
from organisations.models import RegionPage

from .models import ConfirmationRequest

#: Days before its due date on which an entry is asked about first.
DAYS_AHEAD = 14
#: Months differ in length by so many days.
_SLACK = datetime.timedelta(days=3)


class DueState(Enum):
    """How it stands with an entry that is to be confirmed."""

    COMING = "coming"
    OVERDUE = "overdue"
    NOT_LISTED = "not_listed"


@dataclass(frozen=True)
class Due:
    """A source page that is to be confirmed, soon or since long.

    ``organisation`` and ``region`` are pages, the region None outside one. ``contact`` is whom readers can ask, or
    None. ``requests``: the ``ConfirmationRequest`` rows of this due date, in their order.
    """

    page: Any
    organisation: Any
    region: Any
    contact: Any
    due_on: datetime.date
    leaves_lists_on: datetime.date | None
    today: datetime.date
    requests: tuple = ()

    @property
    def state(self):
        """Return the ``DueState`` on ``today``."""
        if self.leaves_lists_on is not None and self.today >= self.leaves_lists_on:
            return DueState.NOT_LISTED
        return DueState.OVERDUE if self.today > self.due_on else DueState.COMING


def due_everywhere(*, today=None):
    """Return the ``Due`` of all regions, the longest first. All of these ask the same few queries for any number."""
    return _due(Q(), today)


def due_in(region, *, today=None):
    """Return the ``Due`` of a region's source page and what is below."""
    return _due(Q(path__startswith=region.path), today)


def due_of(organisation, *, today=None):
    """Return the ``Due`` of an organisation: its own page and what belongs to it."""
    return _due(Q(pk=organisation.pk) | Q(owner_page_id=organisation.pk), today)


def due_for(user, *, today=None, regions=()):
    """Return the ``Due`` among the pages that ``user`` may change. ``regions`` at hand are not asked for again."""
    return _due(Q(pk__in=changeable_pages(user).values("pk")), today, regions)


def due_page(page, *, today=None):
    """Return the ``Due`` of one page, or None when it needs no confirmation now."""
    return next(iter(_due(Q(pk=page.pk), today)), None)


def organisation_of(page):
    """Return the source page of the organisation that an entry belongs to: itself, where it is one."""
    return page if page.owns_content else getattr(page.owner_page, "specific", None)


def binding_of(page):
    """Return the hash of what readers see of ``page``, without who confirmed it."""
    data = page.specific.serializable_data()
    names = [field.field_name for field in page.specific.translatable_fields]
    return signed_links.binding_of(
        {name: data.get(name) for name in names if name not in ("confirmed_on", "confirmed_by")}
    )


def source_page(page_id, *, lock=False):
    """Return the source page with that id, or None."""
    pages = Page.objects.filter(pk=page_id, locale__language_code=settings.LANGUAGE_CODE)
    page = (pages.select_for_update(of=("self",)) if lock else pages).first()
    return page and page.specific


def _due(within, today, regions=()):
    today = today or timezone.localdate()
    pages = [page for kind in registry.all_kinds() for page in _candidates(kind, within, today)]
    regions = {region.pk: region for region in regions}
    missing = {page.region_page_id for page in pages if page.region_page_id} - set(regions)
    regions |= RegionPage.objects.in_bulk(missing)
    owners = {page.owner_page_id: getattr(page.owner_page, "organisationpage", None) for page in pages}
    found = [as_due(page, regions.get(page.region_page_id), owners, today) for page in pages]
    asked = _requests([due for due in found if due is not None])
    found = [
        replace(due, requests=tuple(asked.get((due.page.translation_key, due.due_on), ())))
        for due in found
        if due is not None
    ]
    return sorted(found, key=lambda due: (due.due_on, due.page.title, due.page.pk))


def _requests(found):
    """Return the ``ConfirmationRequest`` rows about these pages by page and due date."""
    asked = {}
    keys = [due.page.translation_key for due in found]
    for request in ConfirmationRequest.objects.filter(translation_key__in=keys):
        asked.setdefault((request.translation_key, request.due_on), []).append(request)
    return asked


def _candidates(kind, within, today):
    """Return the published source pages of a kind that may be due, a few too many."""
    names = {field.name for field in kind.page_model._meta.get_fields()}
    soon = Q()
    for months in ReviewInterval.values:
        last = freshness.months_later(today + datetime.timedelta(days=DAYS_AHEAD), -months) + _SLACK
        soon |= Q(review_interval=months, counts_from__lte=last)
    return (
        kind.page_model.objects.filter(
            within, live=True, alias_of__isnull=True, locale__language_code=settings.LANGUAGE_CODE
        )
        .annotate(counts_from=Coalesce("confirmed_on", TruncDate("first_published_at")))
        .filter(soon)
        .select_related("owner_page__organisationpage__contact", *({"contact"} & names))
    )


def as_due(page, region, owners, today):
    """Return the ``Due`` of the published source ``page``, without requests, or None when it needs no confirmation now.

    Asks no database. ``owners``: organisations by id.
    """
    kind = page.kind
    due = freshness.due_on(page, scope=region)
    last_day = kind.expires_on(page) if kind.expires_on else None
    if (
        due is None
        or due > today + datetime.timedelta(days=DAYS_AHEAD)
        or (last_day is not None and last_day < today)
        or (region is not None and region.runs_until is not None and region.runs_until < today)
        or (kind.is_listed is not None and not kind.is_listed(page))
    ):
        return None
    organisation = page if page.owns_content else owners.get(page.owner_page_id)
    return Due(
        page=page,
        organisation=organisation,
        region=region,
        contact=getattr(page, "contact", None) or getattr(organisation, "contact", None),
        due_on=due,
        leaves_lists_on=freshness.leaves_lists_on(due, scope=region),
        today=today,
    )
