"""What a flat list can be narrowed by: the page's region, its organisation, and its state."""

import django_filters
from django import forms
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Page, WorkflowState

from .selectors import editable_pages

#: State → conditions on a page with ``is_waiting`` of ``with_waiting``.
CONDITIONS = {
    "published": {"live": True, "has_unpublished_changes": False},
    "changed": {"live": True, "has_unpublished_changes": True},
    "draft": {"live": False},
    "waiting": {"is_waiting": True},
}
STATES = [
    ("published", _("Published")),
    ("changed", _("Published, with changes that wait")),
    ("draft", _("Draft")),
    ("waiting", _("Waits for approval")),
]


def with_waiting(pages):
    """Return ``pages`` with ``is_waiting``: whether one stands in a workflow that is not finished."""
    waiting = WorkflowState.objects.filter(
        base_content_type__app_label=Page._meta.app_label,
        base_content_type__model=Page._meta.model_name,
        object_id=Cast(OuterRef("pk"), CharField()),
        status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES),
    )
    return pages.annotate(is_waiting=Exists(waiting))


class StateFilter(WagtailFilterSet):
    """Narrows pages ``with_waiting`` to those in one state."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=STATES,
        empty_label=_("All"),
        widget=forms.RadioSelect,
        method="filter_state",
    )

    def filter_state(self, pages, name, value):
        """Return the ``pages`` in the state ``value``."""
        return pages.filter(**CONDITIONS[value])


def _place_filter(kind, relation, label):
    """Return a filter by the page that ``relation`` leads to; only those of pages the user may edit are offered."""

    def places(request):
        used = editable_pages(kind, request.user).order_by().values(relation)
        return Page.objects.filter(pk__in=used).order_by("title")

    return django_filters.ModelMultipleChoiceFilter(
        field_name=relation, label=label, queryset=places, widget=forms.CheckboxSelectMultiple
    )


def filters_for(kind, *, has_owner):
    """Return the class of filters for the flat list of ``kind``; ``has_owner`` as for its columns."""
    places = {"region": _place_filter(kind, "region_page", _("Region"))}
    if has_owner:
        places["owner"] = _place_filter(kind, "owner_page", _("Organisation"))
    return type("FlatListFilters", (StateFilter,), places)
