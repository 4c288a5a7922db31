"""What offers' templates ask for."""

from django import template

from offers import presentation

register = template.Library()
register.simple_tag(presentation.offer_facts)
register.simple_tag(presentation.offer_highlights)
register.simple_tag(presentation.offer_status)
register.simple_tag(presentation.availability_grid)
