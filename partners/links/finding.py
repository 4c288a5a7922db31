"""Finds the links in an entry, and answers for those that lead to ourselves."""

from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import models
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import RichTextField
from wagtail.models import Page, Site
from wagtail.views import serve

LONGEST = 1000
OWN_PAGE = "page:"
# RFC 2606 and 6761: nobody is there, and nobody is to be asked.
RESERVED = ("example", "example.com", "example.net", "example.org", "invalid", "localhost", "test")


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag != "a":
            return
        if attrs.get("linktype") == "page" and str(attrs.get("id", "")).isdecimal():
            self.found.append(f"{OWN_PAGE}{attrs['id']}")
        elif attrs.get("href"):
            self.found.append(attrs["href"].strip())


def links_in(page):
    """Return the addresses that ``page`` links to in its texts and address fields, each once, in their order."""
    found = []
    for field in page._meta.get_fields():
        if isinstance(field, models.URLField):
            found.append(getattr(page, field.name))
        elif isinstance(field, RichTextField):
            parser = _Links()
            parser.feed(getattr(page, field.name) or "")
            found += parser.found
    return [url for url in dict.fromkeys(found) if is_checked(url)]


def is_checked(url):
    """Return whether ``url`` is a web address or a page of ours that can be looked at; mail and telephone cannot."""
    if len(url) > LONGEST or not url.startswith(("http://", "https://", OWN_PAGE)):
        return False
    return not f".{host_of(url)}".endswith(tuple(f".{name}" for name in RESERVED))


def host_of(url):
    """Return the host of a web address in lower case; "" where there is none, or for a page of ours."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def own_hosts():
    """Return the hosts at which this site answers."""
    hosts = set(Site.objects.values_list("hostname", flat=True)) | {host_of(settings.BASE_URL)}
    return {host.lower() for host in hosts}


def leads_somewhere(url):
    """Return whether an address of our own leads to something that readers can see. Nothing is fetched."""
    if url.startswith(OWN_PAGE):
        return Page.objects.filter(pk=url.removeprefix(OWN_PAGE), live=True).exists()
    try:
        path = unquote(urlsplit(url).path) or "/"
        # Addresses below a language prefix are known in that language only.
        with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
            match = resolve(path)
    except (ValueError, Resolver404):
        return False
    is_page = match.func.__name__ == serve.__name__ and match.url_name in (None, "wagtail_serve")
    # Everything else is answered by a view: a search, a list, a file.
    return not is_page or _is_page(path)


def _is_page(path):
    """Return whether a live page answers at ``path``: the language first, then slugs as in the tree."""
    code, *slugs = [part for part in path.split("/") if part]
    homes = Page.objects.filter(depth=2, live=True, locale__language_code=code)
    for home in homes:
        wanted = [
            f"{home.url_path}{''.join(f'{slug}/' for slug in slugs[:end])}" for end in range(len(slugs) + 1)
        ]
        rows = {row.url_path: row for row in Page.objects.filter(url_path__in=wanted, live=True)}
        if wanted[-1] in rows:
            return True
        # Lists and calendars answer below the address of their page.
        nearest = next((rows[each] for each in reversed(wanted) if each in rows), None)
        if (
            nearest is not None
            and nearest.depth > 2
            and issubclass(nearest.specific_class, RoutablePageMixin)
        ):
            return True
    return False
