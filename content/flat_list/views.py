"""The flat list of one kind, and its download as a sheet."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables.pages import PageTable
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.widgets.button import Button

from content import audit
from content.transfer import export_sheet
from content.transfer.sheets import exportable_pages, file_name
from content.transfer.tables import MEDIA_TYPES

from .columns import FactColumn
from .filters import with_waiting
from .selectors import editable_pages, kinds_to_see, places_to_add

EXPORTED = "content.sheet_export"


class KindView:
    """A view of one kind, for those who may edit a page of it or add one."""

    kind = None

    def dispatch(self, request, *args, **kwargs):
        if self.kind.slug not in kinds_to_see(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class FlatListTable(PageTable):
    """The table of a flat list; ``searchable_orders``: what it can be sorted by while somebody searches."""

    def __init__(self, *args, searchable_orders=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.searchable_orders = searchable_orders


class FlatListView(KindView, IndexView):
    """Lists the source pages of one kind that the user may edit, wherever they stand in the tree."""

    # Whoever may do something is asked per kind, in ``KindView``.
    any_permission_required = None
    table_class = FlatListTable
    show_export_buttons = True
    upload_url_name = template_url_name = ""

    def annotate_queryset(self, pages):
        """Fetch with the pages what their row shows."""
        facts = [column for column in self.columns if isinstance(column, FactColumn)]
        related = {"locale", "owner_page", "region_page"}.union(*(column.related for column in facts))
        prefetched = {relation for column in facts for relation in column.prefetched}
        pages = pages.select_related(*related).prefetch_related(*prefetched).prefetch_workflow_states()
        return pages.defer_streamfields().annotate_site_root_state().annotate_approved_schedule()

    def get_base_queryset(self):
        """Return what the filters leave of the user's pages, by key: the search backend knows few fields only."""
        found = with_waiting(editable_pages(self.kind, self.request.user))
        if self.filters and self.filters.is_valid():
            found = self.filters.filter_queryset(found)
        return self.annotate_queryset(self.model.objects.filter(pk__in=found.order_by().values("pk")))

    def get_filterset_kwargs(self):
        return {**super().get_filterset_kwargs(), "queryset": self.model.objects.none()}

    def filter_queryset(self, queryset):
        return queryset

    def get_valid_orderings(self):
        orderings = super().get_valid_orderings()
        if self.is_searching:
            return [ordering for ordering in orderings if ordering.lstrip("-") in self.searchable_orders]
        return orderings

    @cached_property
    def searchable_orders(self):
        """Return the names of the fields that search results can be sorted by."""
        return {field.field_name for field in self.model.get_filterable_search_fields()}

    def order_queryset(self, queryset):
        queryset = super().order_queryset(queryset)
        if self.is_searching:
            return queryset
        # Pages that are alike in what is sorted by must not change places between two pages of the list.
        return queryset.order_by(*queryset.query.order_by, "pk")

    def get_table_kwargs(self):
        return {**super().get_table_kwargs(), "searchable_orders": self.searchable_orders}

    @cached_property
    def show_locale_labels(self):
        return False

    def get_page_title(self):
        return self.kind.label

    def get_add_url(self):
        if places_to_add(self.kind, self.request.user).exists():
            return reverse(self.add_url_name)
        return None

    @cached_property
    def header_more_buttons(self):
        """Add to the downloads what comes in again."""
        return [
            *super().header_more_buttons,
            Button(
                _("Download XLSX with translations"),
                url=f"{self.xlsx_export_url}&translations=yes",
                icon_name="download",
                priority=110,
            ),
            Button(_("Empty sheet"), url=reverse(self.template_url_name), icon_name="table", priority=120),
            Button(_("Import a sheet"), url=reverse(self.upload_url_name), icon_name="upload", priority=130),
        ]

    def as_spreadsheet(self, queryset, spreadsheet_format):
        """Return the transfer sheet of what the list shows, in the order of the tree; that it was taken is recorded."""
        audit.record(
            action=EXPORTED,
            actor=self.request.user,
            detail={"kind": self.kind.slug, "rows": len(queryset), "format": spreadsheet_format},
        )
        pages = exportable_pages(self.kind).filter(pk__in=[page.pk for page in queryset])
        languages = None if self.request.GET.get("translations") == "yes" else []
        data = export_sheet(kind=self.kind, pages=pages, languages=languages, file_format=spreadsheet_format)
        return sheet_response(data, kind=self.kind, file_format=spreadsheet_format)


class AddView(KindView, ChooseParentView):
    """Asks below which page a new one shall stand, where there is more than one."""


def sheet_response(data, *, kind, file_format):
    """Return a response that downloads a sheet and is shown by no browser."""
    name = file_name(kind, file_format)
    return HttpResponse(
        data,
        content_type=MEDIA_TYPES[file_format],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
