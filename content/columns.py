"""Builds ``Column`` declarations from model fields."""

from .registry import Column


def field_columns(*names, translated=(), in_list=(), hidden_from_api=()):
    """Return a ``Column`` per model field name, in that order.

    ``translated``, ``in_list`` and ``hidden_from_api`` name those among them that have one text per language,
    stand in the admin's flat list, or stay out of the public API.
    """
    return tuple(
        Column(
            name=name,
            translated=name in translated,
            in_list=name in in_list,
            in_api=name not in hidden_from_api,
        )
        for name in names
    )
