"""What a flat list shows of a page, computed from the columns of its kind."""

import datetime

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.ui.tables import ButtonsColumnMixin, Column, DateColumn, TitleColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn
from wagtail.admin.widgets.button import Button

from content.fields import KeysField, LinesField, TriState
from content.presentation import joined, listed

#: Class of what a phone has no room for; the page itself says it.
WIDE_SCREENS_ONLY = "wide-screens-only"


class PageColumn(ButtonsColumnMixin, TitleColumn):
    """The title as its editors see it, with what can be done with the page."""

    class Media:
        css = {"all": ["content/css/flat_list.css"]}

    def __init__(self):
        super().__init__(
            "title",
            label=_("Title"),
            sort_key="title",
            accessor="get_admin_display_title",
            width="30%",
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        )

    def get_buttons(self, instance, parent_context):
        title = instance.get_admin_display_title()
        buttons = [
            Button(
                _("Edit"),
                url=self.get_link_url(instance, parent_context),
                attrs={"aria-label": _("Edit “%(title)s”") % {"title": title}},
                classname="button button-small button-secondary",
                priority=10,
            )
        ]
        if instance.live:
            address, label = instance.get_url(parent_context.get("request")), _("View “%(title)s”")
        else:
            address = reverse("wagtailadmin_pages:view_draft", args=[instance.pk])
            label = _("View the draft of “%(title)s”")
        if address:
            buttons.append(
                Button(
                    _("View"),
                    url=address,
                    attrs={"aria-label": label % {"title": title}},
                    classname="button button-small button-secondary",
                    priority=20,
                )
            )
        return buttons


class FactColumn(Column):
    """One declared ``content.registry.Column`` in words, in the language of the admin."""

    #: Fields that a database can sort by so that people see an order in it.
    _SORTABLE = (
        models.CharField,
        models.DateField,
        models.TimeField,
        models.IntegerField,
        models.BooleanField,
    )

    def __init__(self, column, model):
        self.column = column
        self.model = model
        label = column.label or getattr(self.field, "verbose_name", "") or column.name
        super().__init__(
            column.name,
            label=capfirst(label),
            accessor=self.text,
            classname=WIDE_SCREENS_ONLY,
            sort_key=self.field.name if self._is_sortable else None,
        )

    @cached_property
    def field(self):
        """Return the model field behind the fact; None for one that is computed."""
        try:
            return self.model._meta.get_field(self.column.field_name)
        except FieldDoesNotExist:
            return None

    @property
    def _is_sortable(self):
        return self.column.read is None and isinstance(self.field, self._SORTABLE)

    @property
    def related(self):
        """Return the relations that the text follows, for ``select_related``."""
        return (self.field.name,) if isinstance(self.field, models.ForeignKey) else ()

    @property
    def prefetched(self):
        """Return the relations that the text follows, for ``prefetch_related``."""
        return (self.field.name,) if isinstance(self.field, ClusterTaggableManager) else ()

    def text(self, page):
        """Return the fact of ``page`` in words."""
        if self.column.read is not None:
            return self.column.read(page)
        if isinstance(self.field, ClusterTaggableManager):
            return joined(topic.label() for topic in getattr(page, self.field.name).all())
        value = getattr(page, self.column.field_name)
        if value is None:
            return ""
        if isinstance(self.field, KeysField):
            return listed(self.field.labels(value))
        if isinstance(self.field, LinesField):
            return joined(value)
        if getattr(self.field, "choices", None):
            return capfirst(getattr(page, f"get_{self.field.name}_display")())
        if isinstance(value, bool):
            return TriState.YES.label if value else TriState.NO.label
        if isinstance(value, datetime.date):
            return date_format(value, "SHORT_DATE_FORMAT")
        if isinstance(value, datetime.time):
            return time_format(value, "TIME_FORMAT")
        return str(value)

    def get_header_context_data(self, parent_context):
        """Offer no order that the search backend does not know."""
        context = super().get_header_context_data(parent_context)
        if parent_context.get("is_searching"):
            context["is_orderable"] = self.sort_key in parent_context["table"].searchable_orders
        return context


def columns_for(kind, *, has_owner):
    """Return the columns of the flat list of ``kind``.

    ``has_owner``: whether its pages belong to an organisation, which is then named.
    """
    model = kind.page_model
    columns = [PageColumn()]
    if has_owner:
        columns.append(
            Column("owner", label=_("Organisation"), accessor="owner_page.title", classname=WIDE_SCREENS_ONLY)
        )
    else:
        columns.append(
            Column("region", label=_("Region"), accessor="region_page.title", classname=WIDE_SCREENS_ONLY)
        )
    columns += [
        FactColumn(column, model)
        for column in kind.columns
        if column.in_list and column.field_name != "title"
    ]
    columns += [
        DateColumn(
            "latest_revision_created_at",
            label=_("Last change"),
            sort_key="latest_revision_created_at",
            classname=WIDE_SCREENS_ONLY,
        ),
        PageStatusColumn("status", label=_("State"), sort_key="live"),
    ]
    return columns
