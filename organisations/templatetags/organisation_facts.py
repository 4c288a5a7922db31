"""What templates of organisations, and of what they provide, ask for."""

from django import template

from content.presentation import accessibility_facts, confirmation
from organisations import office_hours, presentation

register = template.Library()
register.simple_tag(presentation.organisation_facts)
register.simple_tag(presentation.organisation_highlights)
register.simple_tag(presentation.organisation_types)
register.simple_tag(office_hours.office_hours)
register.simple_tag(accessibility_facts)
register.simple_tag(confirmation)
