"""What offers' templates ask for."""

from django import template

from content.pictures import fetch_renditions
from offers import presentation
from organisations.selectors import in_locale

register = template.Library()
register.simple_tag(presentation.offer_facts)
register.simple_tag(presentation.offer_highlights)
register.simple_tag(presentation.offer_status)
register.simple_tag(presentation.availability_grid)


@register.simple_tag
def providers(page):
    """Return the ``RoleGroup`` objects of who offers and who pays for an offer."""
    funder = None
    if page.funded_by_id:
        key = page.funded_by.translation_key
        funder = in_locale([key], page.locale).get(key)
        fetch_renditions([funder and funder.logo])
    return presentation.provider_groups(page, funder)
