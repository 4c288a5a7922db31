"""What people of one region find in the others, and where they may take it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import Locale, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from content import registry
from content.directory import search_all
from content.flat_list.selectors import places_to_add
from content.serving import is_gone
from content.visibility import open_pages, visible_pages
from organisations.models import OrganisationPage, RegionPage
from partners.services import source_pages

#: How many entries of a kind are shown.
SHOWN = 12


@dataclass(frozen=True)
class Ideas:
    """Entries of one kind: ``pages`` are source pages that readers find."""

    kind: Any
    pages: tuple


def takeover_url(organisation):
    """Return where somebody looks for something to take over for ``organisation``."""
    return f"{reverse('partners_take_over_ideas')}?{urlencode({'into': organisation.pk})}"


def page_to_take_over(page_id):
    """Return the specific page with that id as readers see it, or None where it is not public or no idea to take.

    What readers do not find in a list by its people's own wish is none; what is over may be one.
    """
    page = open_pages().filter(pk=page_id, locale__language_code=settings.LANGUAGE_CODE).first()
    page = page and page.specific
    kind = getattr(page, "kind", None)
    if kind is None or page.owns_content or is_gone(page):
        return None
    return page if kind.is_listed is None or kind.is_listed(page) else None


def destinations(user, page):
    """Return ``[(organisation, its region)]`` of other regions, below which ``user`` may take ``page`` over.

    By region and title. Two queries, and those that a person's rights cost.
    """
    places = places_to_add(page.kind, user).values("pk")
    organisations = source_pages(OrganisationPage).filter(pk__in=places)
    organisations = list(organisations.exclude(region_page_id=page.region_page_id).select_related("locale"))
    regions = RegionPage.objects.in_bulk({each.region_page_id for each in organisations})
    found = [
        (organisation, regions[organisation.region_page_id])
        for organisation in organisations
        if organisation.region_page_id in regions
        and regions[organisation.region_page_id].is_active(page.kind.slug)
        and organisation.permissions_for_user(user).can_add_subpage()
    ]
    return sorted(found, key=lambda pair: (pair[1].title, pair[0].title, pair[0].pk))


def own_regions(user):
    """Return the ids of the regions in which ``user`` may add something below an organisation. One query."""
    places = PagePermissionPolicy(Page).instances_user_has_permission_for(user, "add")
    organisations = source_pages(OrganisationPage).filter(pk__in=places.values("pk"))
    return set(organisations.order_by().values_list("region_page_id", flat=True).distinct()) - {None}


def ideas(regions, q=""):
    """Return the ``Ideas`` per kind that people of ``regions`` can take over: what answers ``q``, or the newest."""
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    kinds = [
        kind
        for kind in registry.all_kinds()
        if OrganisationPage in kind.page_model.clean_parent_page_models() and not kind.page_model.owns_content
    ]
    only = next(iter(regions)) if len(regions) == 1 else None
    found = _matching(kinds, locale, q) if q else _newest(kinds, locale, only)
    groups = [
        Ideas(kind, tuple(page for page in pages if only is None or page.region_page_id != only)[:SHOWN])
        for kind, pages in found
    ]
    return [group for group in groups if group.pages]


def _newest(kinds, locale, only):
    for kind in kinds:
        pages = visible_pages(locale, model=kind.page_model).select_related("owner_page", "region_page")
        if only is not None:
            pages = pages.exclude(region_page_id=only)
        yield kind, list(pages.order_by("-first_published_at", "pk")[:SHOWN])


def _matching(kinds, locale, q):
    # A region's own entries are among the answers, and are left out afterwards.
    result = search_all(q, locale, limit_per_group=4 * SHOWN)
    for group in result.groups:
        if group.kind in kinds:
            yield group.kind, group.items
