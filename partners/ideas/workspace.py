"""New ideas, in the workspace of coordinators."""

from django.utils.translation import gettext_lazy as _

from partners.workspace.registry import Panel

from .models import Idea, IdeaState

#: How many ideas a panel names.
SHOWN = 5


def panels(audience, today):
    """Return the panel of ideas that nobody has decided on; one query."""
    if not audience.regions:
        return []
    waiting = Idea.objects.filter(region__in=audience.region_ids, state=IdeaState.WAITING)
    found = list(waiting.select_related("region"))
    return [
        Panel(
            key="ideas",
            title=_("Idea box"),
            template="partners/ideas/panel.html",
            context={"ideas": found[:SHOWN]},
            count=len(found),
            order=30,
        )
    ]
