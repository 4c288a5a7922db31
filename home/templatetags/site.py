"""The parts around every page."""

from django import template
from django.utils.translation import get_language

from content.languages import font_script, language
from home.navigation import surroundings as make_surroundings

register = template.Library()


@register.simple_tag(takes_context=True)
def surroundings(context):
    """Return the ``Surroundings`` of this page: menu, languages, footer."""
    return make_surroundings(context["request"], context.get("page"))


@register.simple_tag
def current_language():
    """Return the active language's row of the language table."""
    return language(get_language())


@register.simple_tag
def current_font():
    """Return which font file the active language is written with."""
    return font_script(get_language())
