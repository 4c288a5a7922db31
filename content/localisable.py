"""Which fields of a page are sentences for translators and which are facts for everybody.

The one module beside the `translation` app that imports wagtail-localize: page models must name its field
classes, and no app below `translation` may import that app.
"""

from wagtail_localize.fields import SynchronizedField, TranslatableField


def sentences(*names):
    """Return wagtail-localize's declarations for fields that are translated."""
    return [TranslatableField(name) for name in names]


def facts(*names):
    """Return wagtail-localize's declarations for fields that are edited once, in the source language.

    They cannot be overridden in a translation: a date is right in every language or wrong in every language.
    """
    return [SynchronizedField(name, overridable=False) for name in names]


def names_of_sentences(model):
    """Return the names of the fields of a page model that are translated, in the order of their declaration."""
    return [field.field_name for field in model.translatable_fields if isinstance(field, TranslatableField)]
