"""Every address of the admin, read from the URL resolver."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.urls import URLPattern, get_resolver

AREAS = ("admin/", "django-admin/")
#: Addresses are written with converters or as regular expressions; both become ``<name>``.
CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")
REGEX_GROUP = re.compile(r"\(\?P<(\w+)>[^()]*\)")


@dataclass(frozen=True)
class Route:
    """One address: ``path`` with ``<name>`` where a value goes, and the name it is reversed by ("" for none)."""

    path: str
    name: str

    @cached_property
    def slots(self):
        """Return the names of the values that go into the address."""
        return CONVERTER.findall(self.path)

    def filled(self, values):
        """Return the address with ``values``, a dict; raises ``KeyError`` for one that is missing."""
        return "/" + CONVERTER.sub(lambda found: str(values[found.group(1)]), self.path)


def routes():
    """Return all ``Route`` objects of the admin; an address that stands before another's of the same form once."""
    found = {}
    for path, name, _view in _walk(get_resolver(), "", ""):
        if path.startswith(AREAS):
            found[path] = found.get(path) or name
    return [Route(path, name) for path, name in found.items()]


def views():
    """Return ``[(path, name, view)]`` of the admin, of each form of address the one that is answered by."""
    found = {}
    for path, name, view in _walk(get_resolver(), "", ""):
        if path.startswith(AREAS):
            found.setdefault(path, (path, name, view))
    return list(found.values())


def _walk(resolver, prefix, namespace):
    for each in resolver.url_patterns:
        path = prefix + plain(str(each.pattern))
        if isinstance(each, URLPattern):
            yield path, f"{namespace}{each.name}" if each.name else "", each.callback
        else:
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _walk(each, path, inner)


def plain(pattern):
    """Return a path as it is written in an ``urls.py`` with ``<name>`` where a value goes."""
    pattern = REGEX_GROUP.sub(r"<\1>", pattern)
    return CONVERTER.sub(r"<\1>", pattern).removeprefix("^").removesuffix("$").replace("\\.", ".")
