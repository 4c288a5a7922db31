"""What templates of the admin ask about the person they are shown to."""

from django import template

from partners.workspace import frame, twins

register = template.Library()


@register.filter
def works_for_an_organisation(user):
    """Return whether ``user`` works for organisations only, and knows no tree of pages."""
    return frame.is_partner(user)


@register.filter
def workspace_url(page):
    """Return where the entry ``page`` is among its organisation's."""
    return frame.workspace_url(page)


@register.filter
def creation_key(request):
    """Return the key by which two pages from the form that ``request`` shows are known to be one."""
    return twins.creation_key(request)
