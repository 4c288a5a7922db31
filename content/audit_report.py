"""The audit log in the admin: to read, to filter, to take along as a sheet."""

import django_filters
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports.base import ReportView

from . import audit
from .audit import AuditEntry
from .transfer.tables import MEDIA_TYPES, write_table

PERMISSION = "content.view_auditentry"
EXPORTED = "content.audit_export"


def actions_that_occur():
    """Return ``[(key, label)]`` of the actions in the log, by label."""
    keys = AuditEntry.objects.order_by("action").values_list("action", flat=True).distinct()
    return sorted(((key, audit.label_of(key)) for key in keys), key=lambda choice: choice[1].casefold())


def accounts_that_occur():
    """Return ``[(label, label)]`` of the accounts in the log."""
    labels = AuditEntry.objects.exclude(actor_label="").order_by("actor_label")
    return [(label, label) for label in labels.values_list("actor_label", flat=True).distinct()]


def _moment(entry):
    # Short, because on a phone five columns stand side by side.
    return date_format(timezone.localtime(entry.at), "SHORT_DATETIME_FORMAT")


class AuditFilterSet(WagtailFilterSet):
    """By day, action and account; the choices are what occurs."""

    at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Day"), widget=DateRangePickerWidget)
    action = django_filters.ChoiceFilter(label=gettext_lazy("Action"), choices=actions_that_occur)
    actor = django_filters.ChoiceFilter(
        label=gettext_lazy("Account"), field_name="actor_label", choices=accounts_that_occur
    )

    class Meta:
        model = AuditEntry
        fields = ["at", "action", "actor"]


class AuditReport(ReportView):
    """Lists the entries, newest first, for whoever may see them."""

    model = AuditEntry
    permission_required = "view"
    filterset_class = AuditFilterSet
    page_title = gettext_lazy("Audit log")
    header_icon = "history"
    index_url_name = "audit_log"
    index_results_url_name = "audit_log_results"
    columns = [
        Column("at", label=gettext_lazy("Time"), accessor=_moment),
        Column("actor_label", label=gettext_lazy("Account")),
        Column("action", label=gettext_lazy("Action"), accessor="action_label"),
        Column("subject_label", label=gettext_lazy("Subject")),
        Column("detail", label=gettext_lazy("Details"), accessor="detail_text"),
    ]
    #: Names of attributes: what a sheet shows.
    list_export = [
        "at",
        "actor_label",
        "action_label",
        "subject_type",
        "subject_key",
        "subject_label",
        "detail_text",
    ]

    def as_spreadsheet(self, queryset, spreadsheet_format):
        """Return the sheet, its cells guarded against formulas; that it was taken is an entry, too."""
        headings = [
            _("Time"),
            _("Account"),
            _("Action"),
            _("Kind of subject"),
            _("Number of subject"),
            _("Subject"),
            _("Details"),
        ]
        rows = [
            [timezone.localtime(entry.at).isoformat(sep=" ", timespec="seconds")]
            + [getattr(entry, name) for name in self.list_export[1:]]
            for entry in queryset
        ]
        audit.record(
            action=EXPORTED,
            actor=self.request.user,
            detail={"rows": len(rows), "format": spreadsheet_format},
        )
        content = write_table(headings=headings, rows=rows, file_format=spreadsheet_format)
        name = f"audit-log-{timezone.localdate()}.{spreadsheet_format}"
        return HttpResponse(
            content,
            content_type=MEDIA_TYPES[spreadsheet_format],
            headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
        )


class AuditMenuItem(MenuItem):
    """Leads to the audit log; shown to whoever may see it."""

    def __init__(self):
        super().__init__(
            gettext_lazy("Audit log"), reverse("audit_log"), name="audit-log", icon_name="history", order=1050
        )

    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)
