"""The first page after signing in."""

from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.views.home import HomeView

from content.languages import language, source_language
from organisations.models import OrganisationPage, RegionPage
from partners.presets.selectors import new_url
from translation.models import State
from translation.selectors import languages_of

from . import registry, selectors

TASKS_SHOWN = 5
ENTRIES_PER_PAGE = 20


@dataclass(frozen=True)
class Button:
    """One of the large buttons."""

    label: Any
    url: str
    icon_name: str
    accent: str = "sun"


@dataclass(frozen=True)
class Tab:
    """A choice among entries, or among the rooms somebody has."""

    label: Any
    url: str
    is_current: bool
    count: int | None = None


@require_safe
def home(request):
    """Show the workspace to people of a team, lead translators to their desk; to others show what Wagtail shows."""
    if not selectors.has_workspace(request.user):
        if not request.user.is_superuser and languages_of(request.user):
            return redirect("translation_desk")
        return HomeView.as_view()(request)
    audience = selectors.audience_for(request.user)
    room = _room(audience, request.GET)
    if room is None:
        return HomeView.as_view()(request)
    if isinstance(room, OrganisationPage):
        return _organisation(request, audience, room)
    return _overview(request, audience, room)


def _room(audience, data):
    """Return the organisation that was asked for, or the regions: a tuple; None where there is neither.

    What is not the person's own counts as not asked for.
    """
    own = {str(page.pk): page for page in audience.organisations}
    if data.get("organisation") in own:
        return own[data["organisation"]]
    regions = {str(page.pk): page for page in audience.regions}
    if data.get("region") in regions:
        return (regions[data["region"]],)
    if audience.organisations and "regions" not in data:
        return audience.organisations[0]
    return audience.regions or (audience.organisations[0] if audience.organisations else None)


def _rooms(audience, room):
    """Return the ``Tab`` objects by which somebody changes between what they work for; none where there is one."""
    home_url = reverse("wagtailadmin_home")
    tabs = [
        Tab(page.title, f"{home_url}?organisation={page.pk}", page == room) for page in audience.organisations
    ]
    if audience.regions and (audience.organisations or len(audience.regions) > 1):
        label = _("All regions") if len(audience.regions) > 1 else audience.regions[0].title
        tabs.append(Tab(label, f"{home_url}?regions", room == audience.regions))
    if len(audience.regions) > 1:
        tabs += [
            Tab(page.title, f"{home_url}?region={page.pk}", room == (page,)) for page in audience.regions
        ]
    return tabs if len(tabs) > 1 else []


# --- An organisation --------------------------------------------------------------------------------------


def _organisation(request, audience, organisation):
    today = timezone.localdate()
    region = selectors.region_of(organisation)
    mine = replace(audience, organisations=(organisation,), regions=())
    entries = selectors.entries_of(organisation, region=region, today=today)
    is_over = region is not None and region.has_ended
    found = [] if is_over else registry.tasks_for(mine, entries, today)
    tabs, shown = _chosen(request.GET, entries, organisation)
    page = Paginator(shown, ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(
        request,
        "partners/workspace/organisation.html",
        {
            "organisation": organisation,
            "region": region,
            "is_over": is_over,
            "coordinator": region.contact if region is not None else None,
            "rooms": _rooms(audience, organisation),
            "tasks": found[:TASKS_SHOWN],
            "more_tasks": found[TASKS_SHOWN:],
            "buttons": [] if is_over else _buttons(organisation, region),
            "tabs": tabs,
            "page": page,
            "entries": [(entry, _languages(entry), _actions(mine, entry, is_over)) for entry in page],
            "here": request.get_full_path(),
            "today": today,
        },
    )


def _actions(audience, entry, is_over):
    actions = registry.actions_for(audience, entry)
    # What a region's project left behind can be read, and nothing else.
    return [action for action in actions if not is_over or action.changes_nothing]


def _languages(entry):
    """Return ``[(code, endonym, state)]``: first the source language, without a state."""
    source = source_language()
    others = [(code, language(code).endonym, State(state)) for code, state in entry.languages.items()]
    return [(source, language(source).endonym, None), *others]


def _buttons(organisation, region):
    buttons = _create_buttons(OrganisationPage, organisation, region)
    contacts = selectors.own_contacts(organisation)
    contact_url = (
        reverse("contacts:edit", args=[contacts[0].pk])
        if len(contacts) == 1
        else reverse("contacts:index" if contacts else "contacts:add")
    )
    return [
        *buttons,
        Button(_("Add a picture"), reverse("wagtailimages:add"), "image", "sun"),
        Button(_("Change the contact"), contact_url, "phone", "lilac"),
    ]


def _create_buttons(model, parent, region):
    return [
        Button(
            _("Create: %(kind)s") % {"kind": kind.label_singular},
            new_url(kind, parent),
            kind.icon,
            kind.accent,
        )
        for kind in selectors.kinds_of(model, region)
    ]


def _chosen(data, entries, organisation):
    """Return the ``Tab`` objects over the entries, and those that were chosen."""

    def address(show):
        query = QueryDict(mutable=True)
        query["organisation"] = organisation.pk
        if show:
            query["show"] = show
        return f"?{query.urlencode()}#entries"

    groups = {"": (_("All"), entries)}
    for entry in entries:
        if not entry.is_profile:
            groups.setdefault(entry.kind.slug, (entry.kind.label, []))[1].append(entry)
    outdated = [entry for entry in entries if entry.outdated]
    if outdated:
        groups["outdated"] = (_("Translation outdated"), outdated)
    show = data.get("show", "")
    show = show if show in groups else ""
    tabs = [Tab(label, address(slug), slug == show, len(some)) for slug, (label, some) in groups.items()]
    return (tabs if len(tabs) > 2 or show else []), groups[show][1]


# --- Regions ----------------------------------------------------------------------------------------------


def _overview(request, audience, regions):
    today = timezone.localdate()
    mine = replace(audience, organisations=(), regions=tuple(regions))
    panels = [
        (panel, render_to_string(panel.template, panel.context, request))
        for panel in registry.panels_for(mine, today)
    ]
    region = regions[0] if len(regions) == 1 else None
    return TemplateResponse(
        request,
        "partners/workspace/overview.html",
        {
            "regions": regions,
            "region": region,
            "rooms": _rooms(audience, tuple(regions)),
            "panels": panels,
            "buttons": [
                *_create_buttons(RegionPage, region, region),
                Button(_("Take over an idea"), reverse("partners_take_over_ideas"), "idea", "lilac"),
            ]
            if region is not None and not region.has_ended
            else [],
            "here": request.get_full_path(),
            "is_network": audience.is_network,
        },
    )
