"""The admin's views of sheets: an empty one to fill in, and the import with its preview."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from content.flat_list.views import KindView, sheet_response

from .forms import UploadForm
from .importing import CHANGE, CREATE, REFUSED, SAME, PlanRefused, Problem
from .services import (
    SheetGone,
    SheetOutdated,
    import_uploaded_sheet,
    keep_uploaded_sheet,
    plan_uploaded_sheet,
    uploaded_sheets,
)
from .sheets import SLUG, STATE, Sheet
from .tables import CSV, XLSX, FileRefused, write_table

#: What people call the columns that say which page a row is about.
_KEY_LABELS = {
    "owner": gettext_lazy("Organisation"),
    "region": gettext_lazy("Region"),
    "parent": gettext_lazy("Page above"),
    SLUG: gettext_lazy("Address (slug)"),
    STATE: gettext_lazy("State"),
}


class EmptySheetView(KindView, View):
    """Downloads a sheet with the headings of the kind; ``?format=csv`` for those who have no spreadsheet program."""

    def get(self, request):
        file_format = CSV if request.GET.get("format") == CSV else XLSX
        data = write_table(headings=Sheet(self.kind, languages=[]).headings, rows=[], file_format=file_format)
        return sheet_response(data, kind=self.kind, file_format=file_format)


class ImportView(KindView, WagtailAdminTemplateMixin):
    """A step of the import, below the list of its kind."""

    page_title = gettext_lazy("Import a sheet")
    header_icon = "upload"
    index_url_name = upload_url_name = preview_url_name = template_url_name = ""

    @cached_property
    def list_url(self):
        """Return the address of the list."""
        return reverse(self.index_url_name)

    @cached_property
    def upload_url(self):
        """Return the address of the first step."""
        return reverse(self.upload_url_name)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": self.list_url, "label": self.kind.label},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            kind=self.kind,
            list_url=self.list_url,
            upload_url=self.upload_url,
            template_url=reverse(self.template_url_name),
            **kwargs,
        )


class UploadView(ImportView, FormView):
    """First step: takes a file, and reads it."""

    template_name = "content/transfer/upload.html"
    form_class = UploadForm

    def form_valid(self, form):
        sheet = form.cleaned_data["sheet"]
        try:
            upload = keep_uploaded_sheet(
                user=self.request.user, kind=self.kind, file_name=sheet.name, data=sheet.read()
            )
        except FileRefused as error:
            form.add_error("sheet", error)
            return self.form_invalid(form)
        return redirect(self.preview_url_name, upload.pk)


class PreviewView(ImportView, TemplateView):
    """Second step: says what the file would do, row by row, and does it when that is confirmed."""

    template_name = "content/transfer/preview.html"
    page_title = gettext_lazy("Check the sheet")

    def get(self, request, upload_id):
        return self._show()

    def post(self, request, upload_id):
        try:
            result = import_uploaded_sheet(
                upload_id=upload_id, kind=self.kind, user=request.user, digest=request.POST.get("digest", "")
            )
        except SheetGone:
            return self._gone()
        except SheetOutdated:
            notice = _(
                "Something changed since you looked at this. Please check again: nothing was imported."
            )
            return self._show_again(notice)
        except PlanRefused as refusal:
            return self._show_again(_("Nothing was imported."), refusal.problems)
        except ValidationError as error:
            problems = [Problem(0, "", message) for message in error.messages]
            return self._show_again(_("Nothing was imported."), problems)
        messages.success(request, _imported(result))
        return redirect(self.list_url)

    def _gone(self):
        messages.warning(
            self.request,
            _("This file is not here any more: it was imported, replaced or too old. Upload it again."),
        )
        return redirect(self.upload_url)

    def _show_again(self, notice, problems=()):
        """Show what the file would do now; 409 says that it was not done."""
        return self._show(notice=notice, problems=problems, status=409)

    def _show(self, *, notice="", problems=(), status=200):
        uploads = uploaded_sheets(user=self.request.user, kind=self.kind)
        upload = uploads.filter(pk=self.kwargs["upload_id"]).first()
        if upload is None:
            return self._gone()
        plan = plan_uploaded_sheet(upload=upload, kind=self.kind, user=self.request.user)
        problems = [*plan.all_problems] or [*problems]
        sheet = Sheet(self.kind)
        context = self.get_context_data(
            upload=upload,
            plan=plan,
            notice=notice,
            counts=_counts(plan),
            problems=[self._named(problem, sheet, plan) for problem in problems],
            rows=[row for row in plan.rows if row.action in (CREATE, CHANGE) or row.notices],
            may_import=plan.is_applicable and not problems,
            digest=plan.digest(),
        )
        return self.render_to_response(context, status=status)

    def _named(self, problem, sheet, plan):
        """Return where ``problem`` is, in words, and what it says."""
        titles = {row.number: row.title for row in plan.rows}
        cell = sheet.cell(problem.heading)
        label = cell.label if cell else _KEY_LABELS.get(problem.heading, problem.heading)
        return {
            "number": problem.number,
            "title": titles.get(problem.number, ""),
            "label": capfirst(str(label)),
            "heading": problem.heading,
            "message": problem.message,
        }


def _counts(plan):
    """Return ``[(words, number)]`` of what would happen to how many rows."""
    return [
        (_("new"), plan.count(CREATE)),
        (_("changed"), plan.count(CHANGE)),
        (_("unchanged"), plan.count(SAME)),
        (_("with errors"), plan.count(REFUSED)),
    ]


def _imported(result):
    """Return an ``ImportResult`` as a sentence."""
    pages = result.created + result.changed
    sentence = ngettext(
        "%(pages)d page imported: %(created)d new, %(changed)d changed.",
        "%(pages)d pages imported: %(created)d new, %(changed)d changed.",
        pages,
    )
    return sentence % {"pages": pages, "created": result.created, "changed": result.changed}
