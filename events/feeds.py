"""Events as calendars: from pages to the plain data that ``events.calendars`` writes."""

import datetime

from django.utils.html import strip_tags
from django.utils.translation import gettext

from .calendars import CalendarEvent, event_calendar, feed
from .schedules import schedule_of, time_zone

#: Sequence numbers count minutes from here, so that they grow with every publication and fit 31 bits.
SEQUENCE_EPOCH = datetime.datetime(2015, 1, 1, tzinfo=datetime.UTC)


def calendar_event(page, request):
    """Return the ``CalendarEvent`` of a published event page, or None while it has no date."""
    schedule = schedule_of(page)
    if schedule is None:
        return None
    published = page.last_published_at or page.first_published_at or SEQUENCE_EPOCH
    provider = page.owner_page
    place = page.effective_place
    return CalendarEvent(
        uid=f"{page.translation_key}@mitmischen",
        summary=page.title,
        description=f"{page.teaser}\n\n{strip_tags(page.text.replace('</p>', chr(10)))}".strip(),
        location=place.place_line() if place is not None else page.online_url,
        url=page.get_full_url(request),
        schedule=schedule,
        status=page.status,
        sequence=int((published - SEQUENCE_EPOCH).total_seconds() // 60),
        last_modified=published,
        created=page.first_published_at or published,
        categories=(str(page.get_event_type_display()),) if page.event_type else (),
        language=page.language_of("title"),
        organiser_name=provider.title if provider else "",
        organiser_url=provider.get_full_url(request) if provider else "",
    )


def page_calendar(page, request, *, occurrence=None):
    """Return the iCalendar file of one event, or of its date ``occurrence`` (a local day), as bytes.

    Raises ``LookupError`` when the event has no date, or none on that day.
    """
    event = calendar_event(page, request)
    if event is None:
        raise LookupError(f"Event {page.pk} has no date")
    expand = request.GET.get("expand") == "1"
    return event_calendar(event, tz=time_zone(), expand=expand, occurrence=occurrence)


def calendar_feed(pages, request):
    """Return a calendar of all ``pages`` as bytes, to be subscribed to; ``?expand=1`` writes every date alone."""
    events = [event for event in (calendar_event(page, request) for page in pages) if event is not None]
    return feed(
        events,
        tz=time_zone(),
        name=gettext("Events – Mitmischen"),
        source_url=request.build_absolute_uri(),
        language=request.LANGUAGE_CODE,
        expand=request.GET.get("expand") == "1",
    )
