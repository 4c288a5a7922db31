"""Events as schema.org describes them."""

from organisations.structured_data import postal_address

from .selectors import coming_dates
from .vocabularies import EventCosts, EventStatus

STATUS = {
    EventStatus.PLANNED: "https://schema.org/EventScheduled",
    EventStatus.FULL: "https://schema.org/EventScheduled",
    EventStatus.CANCELLED: "https://schema.org/EventCancelled",
    EventStatus.MOVED: "https://schema.org/EventRescheduled",
}


def event_json_ld(page, request):
    """Return schema.org ``Event`` data; a repeated event is an ``EventSeries`` with its next dates."""
    provider = page.provider
    dates = list(coming_dates(page, limit=6))
    start = dates[0].start if dates else page.next_start
    data = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": page.title,
        "description": page.teaser,
        "url": page.get_full_url(request),
        "eventStatus": STATUS[page.status],
        "inLanguage": page.language_of("title"),
        "organizer": {"@type": "NGO", "name": provider.title, "url": provider.get_full_url(request)},
        "isAccessibleForFree": page.costs != EventCosts.PAID,
    }
    if start is not None:
        data["startDate"] = start.isoformat()
        data["endDate"] = (dates[0].end if dates else page.next_end).isoformat()
    elif page.start_date:
        data["startDate"] = page.start_date.isoformat()
    if page.place_mode == "online":
        data["eventAttendanceMode"] = "https://schema.org/OnlineEventAttendanceMode"
        data["location"] = {"@type": "VirtualLocation", "url": page.online_url or data["url"]}
    else:
        data["eventAttendanceMode"] = "https://schema.org/OfflineEventAttendanceMode"
        data["location"] = {
            "@type": "Place",
            "name": page.place_name or page.city,
            "address": postal_address(page),
        }
    if page.capacity:
        data["maximumAttendeeCapacity"] = page.capacity
    if page.rrule and dates:
        data["@type"] = "EventSeries"
        data["subEvent"] = [
            {
                "@type": "Event",
                "name": page.title,
                "startDate": date.start.isoformat(),
                "endDate": date.end.isoformat(),
                "location": data["location"],
                "eventStatus": STATUS[page.status],
            }
            for date in dates
        ]
    return data
