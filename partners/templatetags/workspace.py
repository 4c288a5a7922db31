"""What templates of the admin ask about the person they are shown to."""

from django import template

from partners.workspace import frame

register = template.Library()


@register.filter
def works_for_an_organisation(user):
    """Return whether ``user`` works for organisations only, and knows no tree of pages."""
    return frame.is_partner(user)


@register.filter
def workspace_url(page):
    """Return where the entry ``page`` is among its organisation's."""
    return frame.workspace_url(page)
