"""Ideas in the admin: coordinators see those for their regions, and decide."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from partners.joining.selectors import managed_regions
from partners.joining.services import RegionEnded

from . import selectors, services
from .forms import DecisionForm
from .models import IdeaState

PER_PAGE = 25


@require_safe
def ideas(request):
    """List the ideas in the state ``?state=``: new ones first to come, the others newest first."""
    if not managed_regions(request.user).exists():
        raise PermissionDenied
    state = request.GET.get("state")
    state = IdeaState(state) if state in IdeaState.values else IdeaState.WAITING
    order = ("created_at", "pk") if state == IdeaState.WAITING else ("-decided_at", "-pk")
    found = selectors.ideas_for(request.user).filter(state=state).order_by(*order)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    context = {"page": page, "state": state, "states": IdeaState}
    return TemplateResponse(request, "partners/ideas/inbox.html", context)


@require_http_methods(["GET", "POST"])
def idea(request, idea_id):
    """Show one idea; POST decides what becomes of it."""
    found = selectors.ideas_for(request.user).filter(pk=idea_id).first()
    if found is None:
        raise PermissionDenied
    initial = {"answer": found.answer, "reason": found.reason}
    if found.state != IdeaState.WAITING:
        initial["state"] = found.state
    form = DecisionForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid() and _decide(request, found, form.cleaned_data):
        return redirect("partners_idea_inbox")
    context = {"idea": found, "form": form}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "partners/ideas/inbox_idea.html", context, status=status)


def _decide(request, found, decision):
    try:
        if decision["state"] == IdeaState.PUBLISHED:
            services.publish(idea=found, answer=decision["answer"], by=request.user)
            messages.success(request, _("Everybody can read the idea now."))
        else:
            services.hide(idea=found, reason=decision["reason"], by=request.user)
            messages.success(request, _("Nobody can read the idea now."))
    except RegionEnded:
        messages.error(request, _("The project of this region is over. Ideas can only be hidden."))
        return False
    return True
