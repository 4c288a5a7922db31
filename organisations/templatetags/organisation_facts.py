"""What templates of organisations, and of what they provide, ask for."""

from django import template

from organisations import office_hours, presentation, selectors

register = template.Library()
register.simple_tag(presentation.organisation_facts)
register.simple_tag(presentation.organisation_highlights)
register.simple_tag(presentation.organisation_types)
register.simple_tag(presentation.contact_languages)
register.simple_tag(presentation.verification)
register.simple_tag(office_hours.office_hours)
register.simple_tag(office_hours.reachable_line)


@register.inclusion_tag("organisations/_contact.html", takes_context=True)
def contact(context, page):
    """Show whom to ask and how to reach them; an ended region answers no questions."""
    found = page.effective_contact if hasattr(page, "effective_contact") else page.contact
    is_archive = page.lineage.scope is not None and page.lineage.scope.has_ended
    ways = presentation.contact_ways(found, page) if found and not is_archive else []
    return {"request": context["request"], "contact": found, "ways": ways, "is_archive": is_archive}


@register.simple_tag
def region_roles(region):
    """Return the ``RoleGroup`` objects of a region."""
    return presentation.role_groups(selectors.roles_in(region))
