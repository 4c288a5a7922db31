"""Answers that are no page of their own, and the way from an address to a page."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from wagtail.views import serve as serve_route

from .routing import find_page, route


def choose_language(request):
    """Send whoever comes to the bare address to the start page in the language the browser asks for."""
    code = get_language_from_request(request)
    response = HttpResponseRedirect(f"/{code or settings.LANGUAGE_CODE}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def serve(request, path):
    """Answer with the page behind ``path``, with everything Wagtail does on the way."""
    found = find_page(request, path)
    if found is not None:
        route(request, found)
    return serve_route(request, path)


def search(request):
    """Show what was found for the words in ``q``, kind by kind."""
    return TemplateResponse(request, "home/search.html", {"q": request.GET.get("q", "")})
