"""Finds the page behind an address in two queries, whatever its depth.

Wagtail walks down from the start page with two queries per level, after three for the start page's language. The
addresses of a page and of all that stand above it are known from the start, so one query brings the whole line.
"""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import get_language
from wagtail.models import Page, Site

from content.lineage import attach, with_owners_and_scopes


@dataclass(frozen=True)
class FoundPage:
    """The deepest page on the way, specific and with its lineage, and the rest of the way."""

    page: Page
    rest: tuple[str, ...]


def root_path(request):
    """Return the ``url_path`` of the start page for the site and the active language, or "" without one."""
    site = Site.find_for_request(request)
    if site is None:
        return ""
    if not hasattr(request, "_wagtail_cached_site_root_paths"):
        request._wagtail_cached_site_root_paths = Site.get_site_root_paths()
    return next(
        (
            path.root_path
            for path in request._wagtail_cached_site_root_paths
            if path.site_id == site.pk and path.language_code == get_language()
        ),
        "",
    )


def find_page(request, path):
    """Return the ``FoundPage`` that ``path`` leads to, live or not; None where it leads nowhere.

    ``path``: what follows the language prefix, "kempten/haus/". A rest is left over where the last steps are
    no page but may be a page's own route, such as ``event.ics``.
    """
    start = root_path(request)
    if not start:
        return None
    steps = [step for step in path.split("/") if step]
    addresses = [start]
    for step in steps:
        addresses.append(f"{addresses[-1]}{step}/")
    # Wagtail has an index on slugs and none on addresses.
    slugs = {start.rstrip("/").rpartition("/")[2], *steps}
    rows = list(with_owners_and_scopes(Page.objects.filter(slug__in=slugs, url_path__in=addresses)))
    if not rows:
        return None
    last = rows[-1]
    model = last.specific_class
    if model is None:
        return None
    related = ("locale", *getattr(model, "served_with", ()))
    page = model._default_manager.select_related(*related).get(pk=last.pk)
    attach(page, rows)
    return FoundPage(page=page, rest=tuple(steps[len(rows) - 1 :]))


def route(request, found):
    """Let the found page take the rest of the way, and remember the answer where Wagtail looks for it."""
    try:
        result = found.page.route(request, list(found.rest))
    except Http404:
        result = None
    request._wagtail_route_for_request = result
    return result
