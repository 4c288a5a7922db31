"""Makes texts and facts of a page for the API, from the columns that its kind declares."""

import datetime

from django.conf import settings
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from content.fields import KeysField, LinesField
from content.languages import direction
from content.models import TaggedPage
from content.sanitise import clean_rich_text, text_of
from content.transfer.cells import split_list
from content.visibility import visible_pages


class Facts:
    """Reads texts and facts of several pages of one kind and language, with few queries.

    ``is_full``: with formatted text, and with columns that read themselves and may cost queries per page.
    """

    def __init__(self, kind, pages, *, is_full=False):
        self.columns = [
            (column, _model_field(kind.page_model, column)) for column in kind.columns if column.in_api
        ]
        self.is_full = is_full
        self.topics = _topics_of(pages)
        self.visible = self._visible_relations(pages)

    def _visible_relations(self, pages):
        """Return the keys of related pages that readers may see."""
        names = [
            model_field.attname
            for _column, model_field in self.columns
            if isinstance(model_field, models.ForeignKey) and issubclass(model_field.related_model, Page)
        ]
        keys = {getattr(page, name) for page in pages for name in names} - {None}
        return set(visible_pages().filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()

    def texts(self, page):
        """Return ``{name: Text as a dict}`` of everything that is words."""
        texts = {}
        for column, model_field in self.columns:
            if _is_text(column, model_field):
                value = getattr(page, model_field.name)
                if value:
                    texts[column.name] = self._text(page, column, model_field, value)
        return texts

    def _text(self, page, column, model_field, value):
        code = page.language_of(model_field.name) if column.translated else settings.LANGUAGE_CODE
        is_rich = isinstance(model_field, RichTextField)
        text = {
            "text": text_of(value) if is_rich else value,
            "language": code,
            "direction": direction(code),
        }
        if is_rich and self.is_full:
            text["html"] = expand_db_html(clean_rich_text(value, model_field.features))
        return text

    def facts(self, page):
        """Return ``{name: Fact as a dict}`` of everything that is no text."""
        facts = {}
        for column, model_field in self.columns:
            if _is_text(column, model_field) or isinstance(model_field, models.EmailField):
                continue
            if column.read is not None:
                if not self.is_full:
                    continue
                values = [(part, part) for part in split_list(column.read(page))]
            else:
                values = self._values(page, model_field)
            facts[column.name] = {
                "label": str(column.label or getattr(model_field, "verbose_name", "") or column.name),
                "values": [{"value": value, "label": str(label)} for value, label in values],
            }
        return facts

    def _values(self, page, model_field):
        """Return ``[(value, label)]`` of one fact."""
        if isinstance(model_field, ClusterTaggableManager):
            return [(topic.slug, topic.label()) for topic in self.topics.get(page.pk, [])]
        if isinstance(model_field, models.ForeignKey):
            return self._related(page, model_field)
        value = getattr(page, model_field.name)
        if value is None or value == "":
            return []
        if isinstance(model_field, KeysField):
            return list(zip(value, model_field.labels(value), strict=True))
        if isinstance(model_field, LinesField):
            return [(line, line) for line in value]
        if model_field.choices:
            return [(value, dict(model_field.flatchoices).get(value, value))]
        if isinstance(value, bool):
            return [(value, gettext("yes") if value else gettext("no"))]
        if isinstance(value, int):
            return [(value, value)]
        if isinstance(value, datetime.datetime | datetime.date):
            return [(value.isoformat(), date_format(value))]
        if isinstance(value, datetime.time):
            return [(value.isoformat("minutes"), date_format(value, "TIME_FORMAT"))]
        return [(str(value), value)]

    def _related(self, page, model_field):
        related = getattr(page, model_field.name)
        if related is None:
            return []
        if isinstance(related, Page):
            return [(related.slug, related.title)] if related.pk in self.visible else []
        if hasattr(related, "file"):
            return [(related.file.url, related.description or related.title)]
        return [(str(related.pk), related)]


def fact_relations(kind):
    """Return the relations that facts follow, for ``select_related``."""
    fields = (_model_field(kind.page_model, column) for column in kind.columns if column.in_api)
    return [model_field.name for model_field in fields if isinstance(model_field, models.ForeignKey)]


def _model_field(model, column):
    return None if column.read is not None else model._meta.get_field(column.field_name)


def _is_text(column, model_field):
    """Return whether a column is words of people rather than a key, a number or an address."""
    return (
        isinstance(model_field, models.CharField | models.TextField)
        and not isinstance(model_field, models.URLField | models.EmailField)
        and not model_field.choices
    )


def _topics_of(pages):
    """Return ``{page id: [topic]}`` in one query. A page that nobody translated has its source's topics."""
    rows = TaggedPage.objects.filter(content_object__in=[page.pk for page in pages]).select_related("tag")
    topics = {}
    for row in rows.order_by("tag__name"):
        topics.setdefault(row.content_object_id, []).append(row.tag)
    return topics
