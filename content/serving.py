"""What every page that readers can open has in common."""

from wagtail.models import PageViewRestriction

from .lineage import lineage_of


class ServedPage:
    """For page models with an address of their own. Stands before ``Page`` among the bases."""

    #: Relations that the page's template shows; they are joined when the page is looked up for a reader.
    served_with = ()

    @property
    def lineage(self):
        """Return the ``Lineage`` of this page."""
        return lineage_of(self)

    def get_view_restrictions(self):
        """Return the restrictions on this page and its ancestors, in any language of them.

        A page that is closed to the public in the source language is closed in all others.
        """
        if not self.lineage.is_restricted:
            return PageViewRestriction.objects.none()
        keys = [page.translation_key for page in (*self.lineage.ancestors, self)]
        return PageViewRestriction.objects.filter(page__translation_key__in=keys)
