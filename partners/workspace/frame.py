"""What people of a team see around their workspace: a short menu, ways back, and plain words under a form."""

from functools import wraps

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import (
    CancelWorkflowMenuItem,
    PublishMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
    UnpublishMenuItem,
)
from wagtail.admin.menu import MenuItem
from wagtail.admin.utils import get_valid_next_url_from_request

from content.choosing import own_pages
from organisations.models import RegionPage
from partners.models import TeamKind

from .selectors import has_workspace, team_kinds

#: Entries of the menu that partners have in the workspace, or have no use for.
NOT_FOR_PARTNERS = {"explorer", "reports", "documents", "freshness", "settings"}
KINDS_WITH_REGIONS = {TeamKind.COORDINATOR, TeamKind.NETWORK}
#: What the buttons under a form send when somebody is done with it.
DONE = ("action-publish", "action-submit", "action-restart-workflow", "workflow-action-name")


class OrganisationMenuItem(MenuItem):
    """Shown to people of an organisation."""

    def is_shown(self, request):
        return TeamKind.PARTNER in team_kinds(request.user)


class RegionsMenuItem(MenuItem):
    """Shown to those who look after regions."""

    def is_shown(self, request):
        return bool(KINDS_WITH_REGIONS & team_kinds(request.user))


def menu_items():
    """Return the two entries that lead to the workspace."""
    home = reverse("wagtailadmin_home")
    return (
        OrganisationMenuItem(_("My organisation"), home, name="workspace", icon_name="home", order=1),
        RegionsMenuItem(
            _("My region"), f"{home}?regions", name="workspace-regions", icon_name="site", order=2
        ),
    )


def looks_after_regions(user):
    """Return whether ``user`` coordinates a region, or all of them."""
    return user.is_superuser or bool(KINDS_WITH_REGIONS & team_kinds(user))


def is_partner(user):
    """Return whether ``user`` works for organisations only."""
    return not user.is_superuser and team_kinds(user) == {TeamKind.PARTNER}


def shorten(request, menu_items):
    """Leave partners what they use, in the list ``menu_items``."""
    if is_partner(request.user):
        menu_items[:] = [
            item
            for item in menu_items
            if item.name not in NOT_FOR_PARTNERS and not item.name.startswith("kind_")
        ]


def workspace_url(page):
    """Return where ``page`` is worked on: a region's room, an organisation's, or among its organisation's entries."""
    home, page = reverse("wagtailadmin_home"), page.specific
    if isinstance(page, RegionPage):
        return f"{home}?{urlencode({'region': page.pk})}"
    organisation = page.pk if getattr(page, "owns_content", False) else page.owner_page_id
    return f"{home}?{urlencode({'organisation': organisation})}" if organisation else home


def for_those_who_know_the_tree(view):
    """Lead people of an organisation from Wagtail's tree to their workspace, where all that is theirs stands."""

    @wraps(view)
    def check(request, *args, **kwargs):
        if not is_partner(request.user):
            return view(request, *args, **kwargs)
        page = own_pages(request.user).filter(pk=kwargs.get("parent_page_id")).first()
        return redirect(workspace_url(page) if page is not None else "wagtailadmin_home")

    return check


def lead_back(request, page):
    """Return a way back to the workspace for who is done with ``page``; None for everybody else."""
    is_done = any(name in request.POST for name in DONE)
    if not is_done or get_valid_next_url_from_request(request):
        return None
    return leave(request, page)


def leave(request, page):
    """Return a way back to the workspace for people of a team; None for everybody else."""
    if request.user.is_superuser or not has_workspace(request.user):
        return None
    if not hasattr(page.specific, "owner_page_id"):
        return redirect("wagtailadmin_home")
    return redirect(workspace_url(page))


class Publish(PublishMenuItem):
    """The first button for whoever may publish."""

    order = -20


class Submit(SubmitForModerationMenuItem):
    """Says what happens, not what the review is called."""

    order = -10

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        page = parent_context.get("page")
        state = page.current_workflow_state if page else None
        is_again = state is not None and state.status == state.STATUS_NEEDS_CHANGES
        context["label"] = _("Send for approval again") if is_again else _("Send for approval")
        return context


class Restart(RestartWorkflowMenuItem):
    """Starts the approval anew."""

    label = _("Send for approval anew")


class Cancel(CancelWorkflowMenuItem):
    """Takes back that something was sent."""

    label = _("Withdraw from approval")


class Unpublish(UnpublishMenuItem):
    """Takes an entry from readers."""

    label = _("Take down")


PLAIN = {each.__base__: each for each in (Publish, Submit, Restart, Cancel, Unpublish)}


def speak_plainly(items, request, context):
    """Put plain words under the form of people of a team, what they came for first."""
    if request.user.is_superuser or not has_workspace(request.user):
        return
    items[:] = [_plain(item) for item in items]
    if is_partner(request.user):
        items.sort(key=lambda item: item.order)


def _plain(item):
    own = PLAIN.get(type(item))
    return own() if own and own.order < 0 else (own(order=item.order) if own else item)
