"""Reads that span events and their dates."""

import datetime

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from content.index.joining import joined_keys
from organisations.models import OrganisationPage

from .models import EventOrganiser, EventPage, Occurrence


def keys_between(start, end):
    """Return the translation keys (hexadecimal digits) of events with a date in the half-open interval of datetimes.

    The datetimes are aware; ``end`` None means without end.
    """
    found = Occurrence.objects.filter(end__gt=start)
    if end is not None:
        found = found.filter(start__lt=end)
    return joined_keys(found, "event_key")


#: How many coming dates of an event anybody asks for.
MOST_DATES = 12


def coming_dates(page, limit=6):
    """Return the next occurrences of an event that are not over, soonest first; asked once per page object."""
    if not hasattr(page, "_coming_dates"):
        found = Occurrence.objects.filter(event_key=page.translation_key, end__gte=timezone.now())
        page._coming_dates = list(found.order_by("start")[:MOST_DATES])
    return page._coming_dates[:limit]


def organisers_of(page):
    """Return the live organisations that make an event together with its host, in the page's locale, in their order.

    Each has ``role``. One query, asked once per page object; a page that is not saved yet has none.
    """
    if not page.pk:
        return []
    if not hasattr(page, "_organisers"):
        rows = EventOrganiser.objects.filter(event=page)
        mine = rows.filter(organisation__translation_key=OuterRef("translation_key")).order_by("sort_order")
        page._organisers = list(
            OrganisationPage.objects.live()
            .filter(locale=page.locale, translation_key__in=rows.values("organisation__translation_key"))
            .annotate(role=Subquery(mine.values("role")[:1]), place=Subquery(mine.values("sort_order")[:1]))
            .select_related("logo")
            .order_by("place", "title")
        )
    return page._organisers


def events_to_roll_forward(now):
    """Return source events whose next date is over though more may come."""
    return EventPage.objects.filter(alias_of__isnull=True, next_end__lt=now)


def events_of_series(page, limit=6):
    """Return other events of the same series in the page's locale, soonest first."""
    if not page.series:
        return EventPage.objects.none()
    return (
        EventPage.objects.live()
        .filter(locale=page.locale, series=page.series, is_listed=True, next_end__gte=timezone.now())
        .exclude(pk=page.pk)
        .select_related("owner_page", "region_page", "image")
        .order_by("next_start")[:limit]
    )


def archive_horizon(page):
    """Return the first local day whose dates are still kept for an event."""
    earliest = timezone.localdate() - datetime.timedelta(days=400)
    return min(page.start_date, earliest) if not page.rrule else max(page.start_date, earliest)
