"""What events' templates ask for."""

from django import template

from content.dates import date_tile
from events import presentation

register = template.Library()
register.simple_tag(presentation.event_facts)
register.simple_tag(presentation.event_highlights)
register.simple_tag(presentation.event_status)
register.simple_tag(presentation.date_rows)
register.simple_tag(presentation.card_hours)
register.simple_tag(date_tile)
