"""The question what somebody wants to announce, before a form asks for the rest."""

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from organisations.models import OrganisationPage
from partners.takeover.selectors import takeover_url
from partners.workspace.frame import workspace_url
from partners.workspace.selectors import audience_for
from partners.workspace.views import Tab

from . import selectors


@require_safe
def new(request, page_id):
    """Show the ways to begin a page below the page with that id, which may be an organisation or a region."""
    parent = selectors.parent_page(request.user, page_id)
    if parent is None:
        raise PermissionDenied
    kinds = selectors.beginnings(parent, request.GET.get("kind", ""))
    if not kinds:
        raise PermissionDenied
    return TemplateResponse(
        request,
        "partners/presets/new.html",
        {
            "parent": parent,
            "kinds": kinds,
            "rooms": _rooms(request, parent),
            "takeover_url": takeover_url(parent) if isinstance(parent, OrganisationPage) else "",
            "back": workspace_url(parent),
        },
    )


def _rooms(request, parent):
    """Return a ``Tab`` per organisation that somebody can announce something for, where there is more than one."""
    organisations = audience_for(request.user).organisations
    if parent not in organisations:
        return []
    query = request.GET.urlencode()
    tabs = [
        Tab(page.title, f"{reverse('partners_new', args=[page.pk])}{query and '?'}{query}", page == parent)
        for page in organisations
        if selectors.may_add_below(request.user, page)
    ]
    return tabs if len(tabs) > 1 else []
