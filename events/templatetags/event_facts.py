"""What events' templates ask for."""

from django import template

from content.dates import date_tile
from events import presentation, selectors

register = template.Library()
register.simple_tag(presentation.event_facts)
register.simple_tag(presentation.event_highlights)
register.simple_tag(presentation.event_status)
register.simple_tag(presentation.date_rows)
register.simple_tag(presentation.card_hours)
register.simple_tag(date_tile)
register.simple_tag(selectors.coming_dates)


@register.simple_tag
def organisers(page):
    """Return the ``RoleGroup`` objects of who makes an event."""
    return presentation.organiser_groups(page, selectors.organisers_of(page))
