"""Completes the OpenAPI document with what is only known when it is asked for: kinds, languages, facets."""

from copy import deepcopy

from django.conf import settings

from content import registry
from content.directory import LONGEST_QUERY, WHEN

from .parameters import DEFAULT_LIMIT, MAX_LIMIT, MAX_OFFSET, SORTS, facet_keys


def complete(document):
    """Replace every path with ``{kind}`` by one path per kind, with its own parameters, in place."""
    paths = {}
    for path, operations in document["paths"].items():
        if "{kind}" not in path:
            paths[path] = operations
            continue
        for kind in registry.all_kinds():
            paths[path.replace("{kind}", kind.slug)] = {
                method: _for_kind(operation, kind, is_list="{slug_or_id}" not in path)
                for method, operation in operations.items()
            }
    document["paths"] = paths
    return document


def _for_kind(operation, kind, *, is_list):
    operation = deepcopy(operation)
    operation["operationId"] = f"{operation['operationId']}_{kind.slug.replace('-', '_')}"
    operation["tags"] = [kind.slug]
    parameters = [parameter for parameter in operation.get("parameters", ()) if parameter["name"] != "kind"]
    for parameter in parameters:
        if parameter["name"] == "language":
            parameter["schema"] = {"type": "string", "enum": [row.code for row in settings.LANGUAGE_TABLE]}
    operation["parameters"] = [*parameters, *(_list_parameters(kind) if is_list else ())]
    return operation


def _list_parameters(kind):
    yield _parameter("q", "Words to look for.", {"type": "string", "maxLength": LONGEST_QUERY})
    labels = {facet.slug: facet.label for facet in kind.facets}
    for slug, keys in facet_keys(kind).items():
        if keys:
            schema = {"type": "array", "items": {"type": "string", "enum": keys}}
            yield _parameter(slug, f"{labels[slug]}; any of these.", schema) | {
                "style": "form",
                "explode": True,
            }
    if kind.dates:
        near = {"type": "string", "enum": [key for key, _label in WHEN]}
        yield _parameter("when", "A time near by.", near)
        yield _parameter("from", "First day.", {"type": "string", "format": "date"})
        yield _parameter("to", "Last day.", {"type": "string", "format": "date"})
    yield _parameter("sort", "Another order than the usual one.", {"type": "string", "enum": list(SORTS)})
    limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
    yield _parameter("limit", "How many entries.", limit)
    offset = {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET, "default": 0}
    yield _parameter("offset", "How many entries to pass over.", offset)


def _parameter(name, description, schema):
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
