"""Facts: fields that are edited once, in the source, and are the same in every language."""

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_serializable_data_for_fields
from wagtail_localize.fields import SynchronizedField, TranslatableField, get_translatable_fields


def fact_names(model):
    """Return the names of the fields of ``model`` that are facts."""
    return [
        field.field_name for field in get_translatable_fields(model) if isinstance(field, SynchronizedField)
    ]


def sentence_names(model):
    """Return the names of the fields of ``model`` that translators translate."""
    return [
        field.field_name for field in get_translatable_fields(model) if isinstance(field, TranslatableField)
    ]


class Facts:
    """The facts of one source, read once and written to as many rows as there are languages."""

    def __init__(self, source):
        self.source = source
        self.values = {}
        self.children = {}
        for name in fact_names(type(source)):
            field = source._meta.get_field(name)
            if _is_child_relation(field):
                self.children[name] = _children(source, field)
            else:
                self.values[name] = (field.attname, getattr(source, field.attname))

    def write_to(self, target):
        """Set every fact of ``target``, in memory; return the names of those that differed.

        Child relations (organisers, roles, topics) are copied as a whole when they differ, so that rows that
        are right already keep their ids. Start pages, which are siblings at the top of the tree, keep their
        own slugs.
        """
        changed = []
        for name, (attname, value) in self.values.items():
            if name == "slug" and target.depth <= 2:
                continue
            if getattr(target, attname) != value:
                setattr(target, attname, value)
                changed.append(name)
        for name, rows in self.children.items():
            if _children(target, target._meta.get_field(name)) != rows:
                self.source.copy_child_relation(name, target)
                changed.append(name)
        return changed


def child_relation_names(model):
    """Return the names of the facts of ``model`` that are rows of their own."""
    return [name for name in fact_names(model) if _is_child_relation(model._meta.get_field(name))]


def _is_child_relation(field):
    return isinstance(field, models.ManyToOneRel) and isinstance(field.remote_field, ParentalKey)


def _children(page, relation):
    rows = []
    for child in getattr(page, relation.get_accessor_name()).all():
        data = get_serializable_data_for_fields(child)
        data.pop("pk", None)
        data.pop(relation.remote_field.name, None)
        rows.append(data)
    return rows
