"""Short lists: a few entries of a kind, as the index knows them, with few queries."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .index.facets import current_state, facet_index
from .index.models import IndexEntry
from .index.pending import write_pending
from .pictures import fetch_renditions, pictures_of


class Listing:
    """Short lists of several kinds in one locale; the state of the index is asked once for all of them."""

    def __init__(self, locale):
        self.locale = locale
        write_pending()
        self._state = current_state()

    def _index(self, kind):
        return facet_index(kind, self.locale.language_code, state=self._state)

    def count(self, kind, **chosen):
        """Return how many entries of ``kind`` there are with the chosen facet values (slug=[values])."""
        index = self._index(kind)
        with index.lock:
            return index.chosen(chosen, index.current()).bit_count()

    def first(self, kind, limit, *selections, without=None, ordering=None):
        """Return the first entries of ``kind`` with what cards show: one query.

        ``selections``: ``{facet slug: values}``; where the first gives too few, the next ones fill up. ``without``: a
        page to leave out. ``ordering``: as in ``ContentKind.ordering``, whose order is the default.
        """
        index = self._index(kind)
        ids = []
        with index.lock:
            current = index.current()
            for selection in selections or ({},):
                found = index.page_ids(
                    index.chosen(selection, current), ordering or kind.ordering, 0, 2 * limit + 1
                )
                ids += [page_id for page_id in found if page_id not in ids]
        ids = [page_id for page_id in ids if without is None or page_id != without.pk][:limit]
        if not ids:
            return []
        pages = kind.page_model.objects.live().select_related(*kind.select_related).in_bulk(ids)
        for page in pages.values():
            page.locale = self.locale
        return [pages[page_id] for page_id in ids if page_id in pages]


def few(model):
    """Return all pages of a ``model`` that has few of them, as a queryset that databases begin with its own table.

    Conditions on language or place in the tree alone would make them look through all pages there are.
    """
    return model.objects.filter(pk__in=model._base_manager.order_by().values("pk"))


def listed(kind, locale, **where):
    """Return the pages of ``kind`` that readers may see as a queryset in the kind's order, with what cards show."""
    write_pending()
    known = IndexEntry.objects.filter(page_id=OuterRef("pk"), is_listed=True)
    now = timezone.now()
    for name in ("ends_at", "expires_at"):
        known = known.filter(Q(**{name: None}) | Q(**{f"{name}__gt": now}))
    return (
        kind.page_model.objects.live()
        .filter(Exists(known), locale=locale, **where)
        .select_related(*kind.select_related)
        .order_by(*kind.ordering)
    )


def fetch_card_pictures(lists):
    """Fetch the sizes of all pictures on the cards of ``[(kind, pages)]`` in one query."""
    fetch_renditions(
        picture
        for kind, pages in lists
        for page in pages
        for picture in pictures_of(page, kind.select_related)
    )
