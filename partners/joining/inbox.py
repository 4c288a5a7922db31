"""Applications in the admin: coordinators see those to their regions, and decide."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from . import selectors, services
from .forms import DeclineForm
from .models import ApplicationState

PER_PAGE = 25


@require_safe
def applications(request):
    """List what waits, the oldest first; with ``?decided=1`` the others, the newest first."""
    if not selectors.managed_regions(request.user).exists():
        raise PermissionDenied
    is_decided = request.GET.get("decided") == "1"
    if is_decided:
        found = selectors.applications_for(request.user).filter(state__in=selectors.DECIDED)
        found = found.order_by("-decided_at", "-pk")
    else:
        found = selectors.waiting_for(request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    context = {"page": page, "is_decided": is_decided}
    return TemplateResponse(request, "partners/joining/inbox.html", context)


@require_http_methods(["GET", "POST"])
def application(request, application_id):
    """Show one application; POST approves (``do=approve``) or declines it (``do=decline``, with a reason)."""
    found = selectors.applications_for(request.user).filter(pk=application_id).first()
    if found is None:
        raise PermissionDenied
    form = DeclineForm(request.POST if request.POST.get("do") == "decline" else None)
    if request.method == "POST" and _act(request, found, form):
        return redirect("partners_application", found.pk)
    context = {
        "application": found,
        "rows": selectors.facts_of(found),
        "is_waiting": found.state == ApplicationState.WAITING,
        "similar": selectors.similar_in_admin(found),
        "form": form,
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "partners/joining/inbox_application.html", context, status=status)


def _act(request, found, form):
    """Do what was asked for, say so, and return whether there is nothing to show again."""
    try:
        if request.POST.get("do") == "approve":
            services.approve(application=found, by=request.user)
            text = _("“%(name)s” takes part. %(person)s gets an invitation by mail.")
            messages.success(request, text % {"name": found.name, "person": found.person})
        elif form.is_bound:
            if not form.is_valid():
                return False
            services.decline(application=found, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("Declined. The person gets your reason by mail."))
    except services.AlreadyDecided:
        messages.warning(request, _("Somebody else has decided on this already. Nothing was changed."))
    except services.RegionEnded:
        messages.error(
            request, _("The project of this region is over. Nobody can join any more; please decline.")
        )
    except LookupError:
        messages.error(request, _("The profile no longer exists. Please decline, and say so."))
    return True
