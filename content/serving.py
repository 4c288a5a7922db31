"""What every page that readers can open has in common."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import PageViewRestriction

from . import registry
from .lineage import lineage_of
from .permissions import ContentPagePermissionTester
from .pictures import fetch_renditions, pictures_of


class ServedPage:
    """For page models with an address of their own. Stands before ``Page`` among the bases."""

    #: Relations that the page's template shows; they are joined when the page is looked up for a reader.
    served_with = ()

    @property
    def lineage(self):
        """Return the ``Lineage`` of this page."""
        return lineage_of(self)

    def get_admin_display_title(self):
        """Return the title that readers know, of a page that they know: choosers show it to everybody who may link."""
        return self.title if self.live else super().get_admin_display_title()

    def get_context(self, request, *args, **kwargs):
        """Fetch the sizes of all pictures at once, before the template asks for each."""
        fetch_renditions(self.pictures_shown())
        return super().get_context(request, *args, **kwargs)

    def pictures_shown(self):
        """Return the pictures that the page's template shows of the page itself and of its owner."""
        pictures = pictures_of(self, self.served_with)
        if self.lineage.owner not in (None, self):
            pictures += pictures_of(self.lineage.owner, self.lineage.owner.lineage_related)
        return pictures

    def permissions_for_user(self, user):
        """Return what ``user`` may do with this page."""
        return ContentPagePermissionTester(user, self)

    def get_view_restrictions(self):
        """Return the restrictions on this page and its ancestors, in any language of them.

        A page that is closed to the public in the source language is closed in all others.
        """
        if not self.lineage.is_restricted:
            return PageViewRestriction.objects.none()
        keys = [page.translation_key for page in (*self.lineage.ancestors, self)]
        return PageViewRestriction.objects.filter(page__translation_key__in=keys)


#: How many days after its last one something is still shown, marked as over; then its address says that it is gone.
DAYS_SHOWN_AFTER_THE_LAST = 30


def is_gone(page):
    """Return whether ``page`` expired long ago: taken down on the day it was set to, or over for weeks."""
    if not page.live:
        return page.expired
    kind = registry.kind_of(type(page))
    last = kind.expires_on(page) if kind is not None and kind.expires_on else None
    return last is not None and last < timezone.localdate() - timedelta(days=DAYS_SHOWN_AFTER_THE_LAST)


def is_switched_off(page):
    """Return whether the page's region does without its kind or its language."""
    scope = page.lineage.scope
    if scope is None:
        return False
    kind = registry.kind_of(type(page))
    return page.locale.language_code not in scope.language_codes() or (
        kind is not None and not scope.is_active(kind.slug)
    )
