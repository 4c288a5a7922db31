"""Pages that readers do something about: report a mistake, write to the contact."""

from django.http import Http404

from .lineage import lineage_of
from .serving import is_gone
from .visibility import open_pages


def page_to_act_on(page_id, *, language_code):
    """Return the specific public page with that id, with what its template shows of it joined.

    Raises ``Http404`` where readers see no such page in that language, where it was taken off long ago, and in a
    region whose project has ended: its pages are read only.
    """
    row = open_pages().filter(pk=page_id, locale__language_code=language_code).first()
    model = row.specific_class if row is not None else None
    if model is None or not hasattr(model, "lineage"):
        raise Http404
    page = model._default_manager.select_related("locale", *model.served_with).get(pk=page_id)
    scope = lineage_of(page).scope
    if is_gone(page) or (scope is not None and scope.has_ended):
        raise Http404
    return page
