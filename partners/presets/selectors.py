"""What can be begun below a page, and where."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import Page

from content.models import ContentPage
from content.presets import PARAMETER
from organisations.models import RegionPage
from partners.workspace.selectors import kinds_of, region_of


@dataclass(frozen=True)
class Beginnings:
    """The ways to begin a page of ``kind``: ``presets`` as ``[(Preset, address)]``, ``empty_url`` for an empty form."""

    kind: Any
    presets: tuple
    empty_url: str


def add_url(kind, parent, preset=None):
    """Return where the form of a new page of ``kind`` below ``parent`` is, filled in with ``preset`` if given."""
    meta = kind.page_model._meta
    address = reverse("wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, parent.pk])
    return f"{address}?{urlencode({PARAMETER: preset.slug})}" if preset else address


def new_url(kind, parent):
    """Return where somebody begins a page of ``kind`` below ``parent``: at its presets, if it has any."""
    if not kind.presets:
        return add_url(kind, parent)
    return f"{reverse('partners_new', args=[parent.pk])}?{urlencode({'kind': kind.slug})}"


def parent_page(user, page_id):
    """Return the specific source page with that id, or None where ``user`` may add nothing below it."""
    page = Page.objects.filter(
        pk=page_id, locale__language_code=settings.LANGUAGE_CODE, alias_of__isnull=True
    ).first()
    if page is None or not may_add_below(user, page):
        return None
    page = page.specific
    return page if isinstance(page, ContentPage) else None


def may_add_below(user, page):
    """Return whether ``user`` may add a page below ``page``."""
    return page.permissions_for_user(user).can_add_subpage()


def beginnings(parent, first=""):
    """Return the ``Beginnings`` of all kinds that can lie below ``parent``, those of the kind ``first`` first."""
    region = parent if isinstance(parent, RegionPage) else region_of(parent)
    kinds = sorted(kinds_of(type(parent), region), key=lambda kind: kind.slug != first)
    return [
        Beginnings(
            kind,
            tuple((preset, add_url(kind, parent, preset)) for preset in kind.presets),
            add_url(kind, parent),
        )
        for kind in kinds
    ]
