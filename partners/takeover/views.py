"""Looking for something that works elsewhere, and taking it over as a draft."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from partners.copying.dates import sentences_with_days

from . import selectors, services
from .forms import TakeOverForm

LONGEST_QUERY = 100


@require_safe
def ideas(request):
    """List what other regions have: the newest, or what answers ``?q=``; ``?into=`` is handed on."""
    regions = selectors.own_regions(request.user)
    if not regions:
        raise PermissionDenied
    q = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    into = request.GET.get("into", "")
    return TemplateResponse(
        request,
        "partners/takeover/ideas.html",
        {
            "q": q,
            "into": into,
            "query": f"?{urlencode({'into': into})}" if into else "",
            "groups": selectors.ideas(regions, q),
        },
    )


@require_http_methods(["GET", "POST"])
def take_over(request, page_id):
    """Ask for whom a page is taken over and say what comes along; POST makes the draft."""
    page = selectors.page_to_take_over(page_id)
    destinations = selectors.destinations(request.user, page) if page is not None else []
    if not destinations:
        raise PermissionDenied
    form = TakeOverForm(
        request.POST if request.method == "POST" else None,
        destinations=destinations,
        initial={"into": request.GET.get("into")},
    )
    if form.is_bound and form.is_valid():
        taken = services.take_over(
            page=page, into=form.organisation(), user=request.user, token=form.cleaned_data["token"]
        )
        return _after(request, taken)
    return TemplateResponse(
        request,
        "partners/takeover/take_over.html",
        {
            "original": page,
            "owner": page.lineage.owner,
            "region": page.lineage.scope,
            "destinations": destinations,
            "form": form,
            "dated_sentences": sentences_with_days(page),
        },
        status=422 if form.errors else 200,
    )


def _after(request, taken):
    if taken.page is None:
        messages.warning(request, _("This copy was deleted since."))
        return redirect("wagtailadmin_home")
    if taken.is_new:
        messages.success(request, _("This is your draft. Nobody sees it yet. Fill in what holds for you."))
    return redirect(reverse("wagtailadmin_pages:edit", args=[taken.page.pk]))
