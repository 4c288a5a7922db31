"""The panels of Wagtail's dashboard, without pages that somebody once worked on and has no rights over any more."""

from wagtail.admin.views.home import LockedPagesPanel, RecentEditsPanel, UserObjectsInWorkflowModerationPanel
from wagtail.models import Page

from content.choosing import own_pages


class OwnPagesMixin:
    """Leaves out what is not the person's own."""

    #: Name in the context → how to get the page out of one of its things.
    shown = {}

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        own = own_pages(parent_context["request"].user)
        for name, page_of in self.shown.items():
            things = list(context[name])
            pages = {page.pk for page in map(page_of, things) if isinstance(page, Page)}
            mine = set(own.filter(pk__in=pages).values_list("pk", flat=True))
            context[name] = [
                thing for thing in things if not isinstance(page_of(thing), Page) or page_of(thing).pk in mine
            ]
        return context


class OwnRecentEdits(OwnPagesMixin, RecentEditsPanel):
    """Pages that the person edited last."""

    shown = {"last_edits": lambda edit: edit[1]}


class OwnLockedPages(OwnPagesMixin, LockedPagesPanel):
    """Pages that the person locked."""

    shown = {"locked_pages": lambda page: page}


class OwnPagesInModeration(OwnPagesMixin, UserObjectsInWorkflowModerationPanel):
    """Pages that the person has asked to be approved."""

    shown = {"workflow_states": lambda state: state.content_object}


OWN_PANELS = {
    RecentEditsPanel: OwnRecentEdits,
    LockedPagesPanel: OwnLockedPages,
    UserObjectsInWorkflowModerationPanel: OwnPagesInModeration,
}


def narrow(panels):
    """Put our own panels in the place of Wagtail's in the list ``panels``."""
    panels[:] = [OWN_PANELS[type(panel)]() if type(panel) in OWN_PANELS else panel for panel in panels]
