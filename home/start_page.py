"""What the start page shows besides its own words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from content import registry
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


@dataclass(frozen=True)
class OpenDoor:
    """One of the three ways in."""

    key: str
    label: Any
    text: Any
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


def short_lists(page, around):
    """Return a ``ShortList`` per kind that has entries: kinds with dates first, each with what comes next."""
    kinds = sorted(registry.all_kinds(), key=lambda kind: kind.dates is None)
    lists = []
    for kind in kinds:
        items = list(_entries(kind, page.locale))
        for item in items:
            item.locale = page.locale
        if not items:
            continue
        names = {"kind": kind.label}
        heading = _("Next: %(kind)s") if kind.dates else _("New: %(kind)s")
        lists.append(
            ShortList(kind, heading % names, _("All: %(kind)s") % names, items, around.list_url(kind))
        )
    return lists


def _entries(kind, locale):
    pages = kind.page_model.objects.live().public().filter(locale=locale).select_related(*kind.select_related)
    if kind.dates:
        pages = pages.exclude(**{kind.dates.order_field: None}).order_by(kind.dates.order_field, "pk")
    else:
        pages = pages.order_by("-first_published_at", "pk")
    return pages[:ENTRIES]


def regions_of(page):
    """Return the regions below the start page, those that are running first."""
    found = []
    for model in ScopeMixin.__subclasses__():
        if not model._meta.abstract:
            found.extend(model.objects.child_of(page).live().select_related("locale"))
    return sorted(found, key=lambda region: (region.has_ended, region.path))
