"""The list of readers' reports in the admin: each person sees those on the pages that they keep."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from content.languages import language
from partners.models import Team, TeamKind

from . import selectors, services
from .forms import AnswerForm
from .models import ReportState

REPORTS_PER_PAGE = 25
KINDS_WITH_REPORTS = frozenset({TeamKind.PARTNER, TeamKind.COORDINATOR, TeamKind.NETWORK})


def has_inbox(user):
    """Return whether reports can come to ``user`` at all: translators and strangers get none."""
    return user.is_active and (
        user.is_superuser or Team.objects.filter(group__user=user, kind__in=KINDS_WITH_REPORTS).exists()
    )


@require_safe
def reports(request):
    """List the reports that nobody has settled, the oldest first; with ``?settled=1`` the others, the newest first."""
    if not has_inbox(request.user):
        raise PermissionDenied
    is_settled = request.GET.get("settled") == "1"
    if is_settled:
        found = selectors.reports_for(request.user).exclude(state=ReportState.OPEN)
    else:
        found = selectors.open_reports_for(request.user)
    page = Paginator(found, REPORTS_PER_PAGE).get_page(request.GET.get("p"))
    return TemplateResponse(request, "partners/voices/inbox.html", {"page": page, "is_settled": is_settled})


@require_http_methods(["GET", "POST"])
def show(request, report_id):
    """Show one report; POST answers it (``do=answer``), puts it away (``done``) or takes it up again (``open``)."""
    found = selectors.reports_for(request.user).select_related("settled_by").filter(pk=report_id).first()
    if found is None:
        raise PermissionDenied
    form = AnswerForm(request.POST if request.POST.get("do") == "answer" else None)
    if request.method == "POST" and _act(request, found, form):
        return redirect("partners_reader_reports")
    page = found.page.specific
    return TemplateResponse(
        request,
        "partners/voices/inbox_report.html",
        {
            "report": found,
            "subject": page,
            "read": selectors.page_in(page, found.language),
            "read_in": language(found.language),
            "form": form,
        },
        status=422 if form.errors else 200,
    )


def _act(request, found, form):
    """Do what was asked for, say so, and return whether there is nothing to show again."""
    try:
        match request.POST.get("do"):
            case "answer":
                if not form.is_valid() or not found.address:
                    return False
                services.answer(report=found, text=form.cleaned_data["text"], by=request.user)
                messages.success(request, _("The answer is on its way to the reader."))
            case "done":
                services.put_away(report=found, by=request.user)
                messages.success(request, _("The report is put away."))
            case "open":
                services.take_up_again(report=found)
                messages.success(request, _("The report is in the list again."))
            case _:
                return False
    except services.AlreadySettled:
        messages.warning(request, _("Somebody else has settled this report meanwhile."))
    return True
