"""The parameters of a list: read strictly, because a program wants to know when it is not understood."""

import datetime
from dataclasses import dataclass

from content.directory import LONGEST_QUERY, WHEN

DEFAULT_LIMIT = 20
MAX_LIMIT = 100
MAX_OFFSET = 100_000
SORTS = ("title", "newest")


class ParameterRefused(ValueError):
    """A parameter that is not there, or a value that it does not take; the message names it."""


@dataclass(frozen=True)
class Page:
    """Which part of a list is wanted."""

    limit: int
    offset: int


def facet_keys(kind):
    """Return ``{facet slug: [key]}`` of what can be chosen now."""
    return {facet.slug: [str(key) for key, _label in facet.choices()] for facet in kind.facets}


def read_parameters(kind, data):
    """Check ``data`` (a ``QueryDict``) and return the ``Page`` that is wanted. Raises ``ParameterRefused``."""
    facets = facet_keys(kind)
    known = [*facets, "q", "sort", "limit", "offset", *(["when", "from", "to"] if kind.dates else [])]
    for name in data:
        if name not in known:
            raise ParameterRefused(f"There is no parameter “{name}”. Known are: {', '.join(known)}.")
        values = data.getlist(name)
        if name in facets:
            for value in values:
                _one_of(name, value, facets[name])
        elif len(values) > 1:
            raise ParameterRefused(f"“{name}” is given twice.")
    _text(data)
    if "sort" in data:
        _one_of("sort", data["sort"], SORTS)
    if "when" in data:
        _one_of("when", data["when"], [key for key, _label in WHEN])
    for name in ("from", "to"):
        if name in data:
            _day(name, data[name])
    return Page(
        limit=_number(data, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT),
        offset=_number(data, "offset", 0, 0, MAX_OFFSET),
    )


def _text(data):
    text = data.get("q", "")
    if len(text) > LONGEST_QUERY or "\x00" in text:
        raise ParameterRefused(f"“q” takes at most {LONGEST_QUERY} characters of text.")


def _one_of(name, value, known):
    if value not in known:
        raise ParameterRefused(f"“{name}” does not take “{value}”. Possible are: {', '.join(known)}.")


def _day(name, value):
    try:
        if len(value) != 10:
            raise ValueError(value)
        datetime.date.fromisoformat(value)
    except ValueError:
        raise ParameterRefused(f"“{name}” takes a day such as 2026-12-31.") from None


def _number(data, name, default, least, most):
    if name not in data:
        return default
    text = data[name]
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most):
        raise ParameterRefused(f"“{name}” takes a number from {least} to {most}.")
    return int(text)
