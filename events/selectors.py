"""Reads that span events and their dates."""

import datetime

from django.utils import timezone

from .models import EventPage, Occurrence


def keys_between(start, end):
    """Return the translation keys of events with a date in the half-open interval of aware datetimes.

    ``end`` None means without end.
    """
    found = Occurrence.objects.filter(end__gt=start)
    if end is not None:
        found = found.filter(start__lt=end)
    return found.values_list("event_key", flat=True).distinct()


def coming_dates(page, limit=6):
    """Return the next occurrences of an event that are not over, soonest first."""
    return Occurrence.objects.filter(event_key=page.translation_key, end__gte=timezone.now()).order_by(
        "start"
    )[:limit]


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
