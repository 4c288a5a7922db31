"""The pages above a page, read in one query.

Breadcrumbs, the owner and the region of a page all stand above it in the tree. Asking Wagtail for each of them
costs a query per level; here one query brings the whole line, with owners and regions as what they really are.
"""

from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db.models import Exists, OuterRef
from wagtail.models import Page, PageViewRestriction

from .scopes import ScopeMixin, owner_of, scope_of


@dataclass(frozen=True)
class Lineage:
    """What stands above a page: ``ancestors`` from the start page down, without the page itself.

    Owners and regions among them are specific, all others plain ``Page`` objects. ``scope`` and ``owner`` are the
    nearest of their kind; the page itself counts, because a region's own page is within that region.
    ``is_restricted`` says whether the page or an ancestor is closed to the public, in any language of it.
    """

    ancestors: tuple
    scope: object = None
    owner: object = None
    is_restricted: bool = False

    @property
    def home(self):
        """Return the start page, or None for the start page itself."""
        return self.ancestors[0] if self.ancestors else None


@cache
def _accessors():
    """Return ``{relation from Page: relations that come along}`` of all models that own or frame content."""
    accessors = {}
    for model in apps.get_models():
        link = model._meta.parents.get(Page) if issubclass(model, Page) else None
        if link and (issubclass(model, ScopeMixin) or getattr(model, "owns_content", False)):
            name = link.remote_field.get_accessor_name()
            accessors[name] = tuple(f"{name}__{field}" for field in getattr(model, "lineage_related", ()))
    return accessors


def with_owners_and_scopes(pages):
    """Return the ``Page`` queryset with everything joined that ``specific_row`` needs."""
    accessors = _accessors()
    restrictions = PageViewRestriction.objects.filter(page__translation_key=OuterRef("translation_key"))
    return (
        pages.select_related("locale", *accessors, *(name for names in accessors.values() for name in names))
        .annotate(is_restricted=Exists(restrictions))
        .order_by("depth")
    )


def specific_row(row):
    """Return the owner or scope that the joined ``row`` really is, or ``row``."""
    for name in _accessors():
        specific = getattr(row, name, None)
        if specific is not None:
            specific.locale = row.locale
            return specific
    return row


def attach(page, rows):
    """Give ``page`` the ``Lineage`` made of ``rows``: joined, outermost first, its own row last, if it has one."""
    ancestors = tuple(specific_row(row) for row in rows if row.pk != page.pk)
    line = [*ancestors, page]
    page._lineage = Lineage(
        ancestors=ancestors,
        scope=scope_of(line),
        owner=owner_of(line),
        is_restricted=any(row.is_restricted for row in rows),
    )
    for name, above in (("owner_page", owner_of(ancestors)), ("region_page", scope_of(ancestors))):
        if hasattr(page, f"{name}_id"):
            wanted = getattr(page, f"{name}_id") or getattr(above, "pk", None)
            found = next((ancestor for ancestor in ancestors if ancestor.pk == wanted), None)
            if found is not None:
                setattr(page, name, found)
    return page._lineage


def lineage_of(page):
    """Return the ``Lineage`` of ``page``; one query, the first time."""
    known = getattr(page, "_lineage", None)
    if known is not None:
        return known
    return attach(page, list(with_owners_and_scopes(page.get_ancestors(inclusive=True).filter(depth__gt=1))))
