"""Answers that are no page of their own, and the way from an address to a page."""

from django.conf import settings
from django.http import Http404, HttpResponseRedirect, HttpResponseServerError
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language, get_language_from_request
from wagtail.models import Locale
from wagtail.views import serve as serve_route

from content import registry
from content.directory import search_all
from content.languages import language
from content.reads import is_read, note_read
from content.searches.services import note_empty_search
from content.serving import is_gone, is_switched_off

from .navigation import surroundings
from .routing import find_page, route


def choose_language(request):
    """Send whoever comes to the bare address to the start page in the language the browser asks for."""
    code = get_language_from_request(request)
    response = HttpResponseRedirect(f"/{code or settings.LANGUAGE_CODE}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def serve(request, path):
    """Answer with the page behind ``path``, with everything Wagtail does on the way.

    Where something was that expired long ago, the answer names it (410); what a region does without is not
    found (404).
    """
    found = find_page(request, path)
    if found is not None:
        page = found.page
        if hasattr(page, "lineage"):
            if is_switched_off(page):
                raise Http404
            if is_gone(page) and not page.lineage.is_restricted:
                return gone(request, page)
        route(request, found)
    response = serve_route(request, path)
    if found is not None and registry.kind_of(type(found.page)) and is_read(request, response):
        note_read(found.page)
    return response


def gone(request, page):
    """Say what was here, and where to go on."""
    kind = registry.kind_of(type(page))
    around = surroundings(request)
    context = {"gone": page, "kind": kind, "list_url": around.list_url(kind) if kind else ""}
    response = TemplateResponse(request, "410.html", context, status=410)
    # Browsers keep this answer for ever unless they are told to ask again, and what is gone may come back.
    patch_cache_control(response, no_cache=True)
    return response


def page_not_found(request, exception):
    """Say in the reader's language that there is nothing here, and where to go on."""
    return TemplateResponse(request, "404.html", status=404)


def server_error(request):
    """Say in the reader's language that something broke; asks no database and no other template."""
    code = get_language() or settings.LANGUAGE_CODE
    html = render_to_string("500.html", {"language": language(code), "home_url": f"/{code}/"})
    return HttpResponseServerError(html)


def search(request):
    """Show what was found for the words in ``q``, kind by kind."""
    around = surroundings(request)
    locale = Locale.objects.get_for_language(get_language())
    found = search_all(request.GET.get("q", ""), locale)
    if not found.total:
        note_empty_search(request, found.q, language=locale.language_code)
    groups = [
        {
            "kind": group.kind,
            "label": group.label,
            "total": group.total,
            "items": group.items,
            "url": f"{around.list_url(group.kind)}?{group.query_string}"
            if group.kind and around.list_url(group.kind)
            else "",
        }
        for group in found.groups
    ]
    return TemplateResponse(request, "home/search.html", {"found": found, "groups": groups})
