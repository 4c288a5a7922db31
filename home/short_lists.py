"""The three doors, and short lists of what is next or new, on the start page and wherever something lies below."""

from dataclasses import dataclass
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from content import registry
from content.listing import Listing, fetch_card_pictures, few, listed
from content.scopes import ScopeMixin
from content.vocabularies import Door

#: What is behind each door, in a sentence.
DOOR_TEXTS = {
    Door.IDEAS: _("See what others do, or tell us your idea."),
    Door.OPPORTUNITIES: _("Find something to do, a course or help."),
    Door.PEOPLE: _("Get to know groups and associations."),
}
#: How many entries of a kind the start page shows.
ENTRIES = 3
#: How many entries of a kind an owner's page shows.
OWN_ENTRIES = 12
NEWEST = ("-first_published_at", "pk")


@dataclass(frozen=True)
class OpenDoor:
    """One of the three ways in."""

    key: str
    label: Any
    text: Any
    url: str


@dataclass(frozen=True)
class KindCount:
    """How many entries of a kind there are somewhere, and the list of them."""

    kind: registry.ContentKind
    count: int
    url: str


@dataclass(frozen=True)
class ShortList:
    """The next or newest entries of one kind and the way to all of them."""

    kind: registry.ContentKind
    heading: Any
    more: Any
    items: list
    url: str


def open_doors(around):
    """Return the ``OpenDoor`` objects of the start page; a door that leads nowhere yet stays out."""
    doors = [OpenDoor(door.value, door.label, DOOR_TEXTS[door], around.door_url(door)) for door in Door]
    return [door for door in doors if door.url]


def short_lists(page, around, *, kinds=None):
    """Return a ``ShortList`` per kind that has entries, kinds with dates first, each with what comes next or is new.

    ``kinds``: these only, instead of all.
    """
    listing = Listing(page.locale)
    lists = []
    chosen = registry.all_kinds() if kinds is None else kinds
    for kind in sorted(chosen, key=lambda kind: kind.dates is None):
        items = listing.first(kind, ENTRIES, ordering=None if kind.dates else NEWEST)
        if items:
            names = {"kind": kind.label}
            heading = _("Next: %(kind)s") if kind.dates else _("New: %(kind)s")
            more = _("All: %(kind)s") % names
            lists.append(ShortList(kind, heading % names, more, items, around.list_url(kind)))
    fetch_card_pictures((found.kind, found.items) for found in lists)
    return lists


def door_lists(page, around):
    """Return the short lists that stand behind the same door as the plain page put there, so that none is lost."""
    if not page.door:
        return []
    return short_lists(page, around, kinds=[kind for kind in registry.all_kinds() if kind.door == page.door])


def own_lists(owner):
    """Return a ``ShortList`` per kind that has entries belonging to ``owner``, all of them up to ``OWN_ENTRIES``."""
    lists = []
    for kind in registry.all_kinds():
        if not owner.pk or not may_stand_below(kind, owner):
            continue
        items = list(listed(kind, owner.locale, owner_page=owner)[:OWN_ENTRIES])
        for item in items:
            item.locale = owner.locale
        if items:
            lists.append(ShortList(kind, kind.label, "", items, ""))
    fetch_card_pictures((found.kind, found.items) for found in lists)
    return lists


def may_stand_below(kind, page):
    """Return whether pages of ``kind`` can be made below ``page``."""
    return type(page) in kind.page_model.allowed_parent_page_models()


@dataclass(frozen=True)
class RegionLists:
    """What there is in a region: ``counts`` of all kinds as ``ShortList`` without entries, and the next dates."""

    counts: list
    dates: list


def region_lists(region, around):
    """Return the ``RegionLists`` of ``region``: how many of each kind, and what comes next of kinds with dates."""
    listing = Listing(region.locale)
    query = urlencode({"region": region.slug})
    counts, dates = [], []
    for kind in registry.all_kinds():
        if not any(facet.slug == "region" for facet in kind.facets):
            continue
        count = listing.count(kind, region=[region.slug])
        base = around.list_url(kind)
        url = f"{base}?{query}" if base else ""
        if count and url:
            counts.append(KindCount(kind, count, url))
        if count and kind.dates:
            names = {"kind": kind.label}
            items = listing.first(kind, ENTRIES, {"region": [region.slug]})
            dates.append(ShortList(kind, _("Next: %(kind)s") % names, _("All: %(kind)s") % names, items, url))
    return RegionLists(counts, dates)


def topics_of(page):
    """Return the topics of a page; asked once per page object."""
    if not hasattr(page, "topics"):
        return []
    if not hasattr(page, "_topics_shown"):
        page._topics_shown = list(page.topics.all())
    return page._topics_shown


def related_entries(page):
    """Return entries of the page's kind that fit it: its kind's own choice, or the same topics near by, or near by."""
    kind = page.kind
    if kind is None:
        return []
    if kind.related:
        return list(kind.related(page, ENTRIES))
    near = {"region": [page.region_page.slug]} if page.region_page_id else {}
    topics = [topic.slug for topic in topics_of(page)]
    selections = [{"topic": topics, **near}, near] if topics else [near]
    return Listing(page.locale).first(kind, ENTRIES, *selections, without=page)


def regions_of(page):
    """Return the regions below the start page, those that are running first."""
    found = []
    for model in ScopeMixin.__subclasses__():
        if not model._meta.abstract:
            found.extend(
                few(model).live().filter(locale=page.locale, depth=page.depth + 1).select_related("locale")
            )
    return sorted(found, key=lambda region: (region.has_ended, region.path))
