"""What a list shows around the answer of ``content.directory``: groups of facets, the way to the other lists."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from content import registry
from content.listing import Listing

#: How many options of a facet stand open; the others are one tap away.
OPEN_OPTIONS = 7


@dataclass(frozen=True)
class FacetGroup:
    """A fieldset of the filter: a facet, or all facets with a single tick together."""

    id: str
    label: Any
    options: list
    more: list

    @property
    def is_more_open(self):
        """Return whether something is chosen among the options that stand back."""
        return any(option.is_selected for option in self.more)


@dataclass(frozen=True)
class Tab:
    """The way to a list, with how much there is in it."""

    label: Any
    url: str
    count: int
    is_current: bool


def facet_groups(result):
    """Return the ``FacetGroup`` objects of a ``DirectoryResult``; facets that offer nothing stay out."""
    groups, flags = [], []
    for facet in result.facets:
        if facet.is_flag:
            flags += facet.options
            continue
        shown = facet.shown_options[:OPEN_OPTIONS]
        more = [option for option in facet.options if option not in shown]
        if shown:
            groups.append(FacetGroup(facet.slug, facet.label, shown, more))
    if flags:
        groups.insert(min(1, len(groups)), FacetGroup("good-to-know", _("Good to know"), flags, []))
    return groups


def tabs(page, around):
    """Return a ``Tab`` per list."""
    listing = Listing(page.locale)
    return [
        Tab(kind.label, around.list_url(kind), listing.count(kind), kind.slug == page.kind_slug)
        for kind in registry.all_kinds()
        if kind.slug in around.lists
    ]
