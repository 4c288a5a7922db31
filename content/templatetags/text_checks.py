"""The hints on texts, for what is put into an edit form after it was loaded."""

from django import template

from content.text_checks import panels

register = template.Library()
register.simple_tag(panels.hints_panels, name="hints_panels")
