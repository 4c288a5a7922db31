"""What waits for coordinators, in their workspace."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partners.workspace.registry import Panel, Task

from .models import Application, ApplicationState

#: How many applications a panel names.
SHOWN = 5
#: Somebody outside is waiting for an answer.
URGENCY = 20


def waiting(audience):
    """Return the applications to the regions of ``audience``, the oldest first, as a queryset."""
    return Application.objects.filter(
        region__in=audience.region_ids, state=ApplicationState.WAITING
    ).select_related("region")


def tasks(audience, entries, today):
    """Return one ``Task`` while somebody waits; one query."""
    number = waiting(audience).count() if audience.regions else 0
    if not number:
        return []
    label = ngettext("%(number)s organisation wants to join", "%(number)s organisations want to join", number)
    return [
        Task(
            key="joining",
            urgency=URGENCY,
            label=label % {"number": number},
            url=reverse("partners_applications"),
            icon_name="plus",
        )
    ]


def panels(audience, today):
    """Return the panel of organisations that want to join; one query."""
    if not audience.regions:
        return []
    found = list(waiting(audience))
    return [
        Panel(
            key="joining",
            title=_("Organisations that want to join"),
            template="partners/joining/panel.html",
            context={"applications": found[:SHOWN]},
            count=len(found),
            order=20,
        )
    ]
