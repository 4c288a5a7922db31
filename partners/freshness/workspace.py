"""What freshness has to say in the workspace: things to do for an organisation, a panel for a region."""

from django.urls import reverse
from django.utils.translation import gettext as _

from partners.links.selectors import broken_links_for
from partners.workspace.registry import Panel, Task, Urgency

from . import selectors
from .selectors import DueState

#: Entries that a panel names; the list has all of them.
MOST_IN_PANEL = 5


def tasks(audience, entries, today):
    """Return what people of organisations have to confirm, and links of theirs that lead nowhere: at most two."""
    if not audience.organisations:
        return []
    found = []
    due = sorted((entry.due for entry in entries if entry.due), key=lambda one: one.due_on)
    if due:
        found.append(
            Task(
                key="confirm",
                urgency=Urgency.CONFIRM_SOON if due[0].state is DueState.COMING else Urgency.CONFIRM,
                label=_("Confirm “%(title)s”") % {"title": due[0].page.title}
                if len(due) == 1
                else _("Entries to confirm: %(count)d") % {"count": len(due)},
                url=reverse("partners_freshness"),
                icon_name="check",
                due=due[0].due_on,
                note=_("One tap is enough."),
            )
        )
    broken = broken_links_for(audience.user)
    if broken:
        found.append(
            Task(
                key="broken-links",
                urgency=Urgency.BROKEN_LINK,
                label=_("Links that lead nowhere: %(count)d") % {"count": len(broken)},
                url=reverse("partners_freshness"),
                icon_name="link",
            )
        )
    return found


def panels(audience, today):
    """Return the panel of what is to be confirmed in the regions that somebody keeps."""
    if not (audience.regions or audience.is_network):
        return []
    due = selectors.due_for(audience.user, today=today, regions=audience.regions)
    return [
        Panel(
            key="confirm",
            title=_("To confirm"),
            template="partners/freshness/panel.html",
            context={"entries": due[:MOST_IN_PANEL], "url": reverse("partners_freshness")},
            count=len(due),
            order=20,
        )
    ]
