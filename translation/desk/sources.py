"""The published pages that there are to translate, read as light rows: nothing here makes a specific page."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.text import capfirst
from wagtail.models import Page

from content import registry
from content.permissions import ground_for
from content.scopes import ScopeMixin
from content.untranslated import UntranslatedMixin

#: Stands for pages that are no entry of a kind, where people choose a kind.
PLAIN_PAGES = "pages"


@dataclass(frozen=True)
class Region:
    """A region as filters and rows name it."""

    key: UUID
    title: str
    path: str


@dataclass(frozen=True)
class Source:
    """A published page in the source language. ``kind``: the slug of its kind, or ``PLAIN_PAGES``."""

    key: UUID
    pk: int
    title: str
    path: str
    kind: str
    kind_label: Any
    region: Region | None


@cache
def _localisable_models():
    return tuple(
        model
        for model in apps.get_models()
        if issubclass(model, Page) and issubclass(model, UntranslatedMixin)
    )


def _types():
    """Return ``{content type id: model}`` of all pages that appear in several languages."""
    found = ContentType.objects.get_for_models(*_localisable_models())
    return {content_type.pk: model for model, content_type in found.items()}


def read_sources(*, user, paths=("",), locale=None):
    """Return ``([Source], {translation key: page id in ``locale``})``, in the tree's order. One query.

    ``paths``: tree paths below which sources are read. Pages of a region whose project is over are left out: nobody
    changes them any more. ``locale``: one more language to look up, or None.
    """
    ground = ground_for(user)
    types = _types()
    within = Q()
    for path in paths:
        within |= Q(path__startswith=path)
    wanted = within & Q(locale_id=ground.source_locale_id, live=True, alias_of__isnull=True)
    if locale is not None:
        wanted |= Q(locale=locale)
    rows = Page.objects.filter(wanted, depth__gt=1, content_type_id__in=types).order_by("path")
    sources, targets, regions = [], {}, {}
    for key, pk, title, path, locale_id, type_id in rows.values_list(
        "translation_key", "pk", "title", "path", "locale_id", "content_type_id"
    ):
        if locale_id != ground.source_locale_id:
            targets[key] = pk
            continue
        if any(path.startswith(ended) for ended in ground.ended):
            continue
        model = types[type_id]
        if issubclass(model, ScopeMixin):
            regions[path] = Region(key, title, path)
        kind = registry.kind_of(model)
        sources.append(
            Source(
                key=key,
                pk=pk,
                title=title,
                path=path,
                kind=kind.slug if kind else PLAIN_PAGES,
                kind_label=kind.label_singular if kind else capfirst(model._meta.verbose_name),
                region=_nearest(regions, path),
            )
        )
    return sources, targets


def _nearest(regions, path):
    """Return the innermost of ``regions`` (by path) that ``path`` is or lies in; None where there is none."""
    for length in range(len(path), 0, -Page.steplen):
        if path[:length] in regions:
            return regions[path[:length]]
    return None


def regions_among(sources):
    """Return the regions that ``sources`` lie in, by their title."""
    return sorted({source.region for source in sources if source.region}, key=lambda region: region.title)


def kinds_among(sources):
    """Return ``[(slug, label)]`` of the kinds of ``sources``, in the order of the registry."""
    there = {source.kind for source in sources}
    return [(kind.slug, kind.label) for kind in registry.all_kinds() if kind.slug in there]
