"""The page behind the link in a coordinator's mail: what is new, and two answers. No login."""

from django.contrib.auth import get_user_model
from django.db import connection
from django.http import Http404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from wagtail.admin import messages
from wagtail.models import TaskState, WorkflowState

from content import signed_links
from content.signed_link_views import AskingLinkView

from . import selectors, services
from .forms import Decision, ReviewForm


class ReviewClosed(signed_links.LinkUsed):
    """There is nothing to decide any more. ``why``: decided, withdrawn, ended, or not_yours."""

    def __init__(self, link, why, task_state=None):
        super().__init__(link)
        self.why = why
        self.task_state = task_state


def _open_review(link, *, lock=False):
    """Return ``(task state, coordinator)`` of a link. Raises ``ReviewClosed``, or ``LinkInvalid`` without a page."""
    _word, task_id, user_id = link.subject.split(":")
    states = TaskState.objects.select_related("workflow_state", "finished_by")
    task_state = states.filter(pk=task_id).first()
    if lock and task_state is not None and connection.in_atomic_block:
        services.lock_review(page_id=task_state.workflow_state.object_id)
        task_state = states.filter(pk=task_id).first()
    user = get_user_model().objects.filter(pk=user_id).first()
    page = selectors.page_under_review(task_state) if task_state is not None else None
    if page is None or user is None:
        raise signed_links.LinkInvalid(link)
    task_state = task_state.specific
    if task_state.status == TaskState.STATUS_CANCELLED:
        raise ReviewClosed(link, "withdrawn")
    if task_state.status != TaskState.STATUS_IN_PROGRESS:
        raise ReviewClosed(link, "decided", task_state)
    if selectors.is_ended(page):
        raise ReviewClosed(link, "ended")
    if not selectors.reviewers(task_state).filter(pk=user.pk).exists():
        raise ReviewClosed(link, "not_yours")
    return task_state, user


class ReviewView(AskingLinkView):
    """Shows what somebody wants to publish; publishes it or sends it back."""

    purpose = services.PURPOSE
    template_name = "partners/approval/review.html"
    done_template_name = "partners/approval/done.html"
    refused_template_name = "partners/approval/closed.html"
    form_class = ReviewForm

    def get_binding(self, link):
        task_state, _user = _open_review(link, lock=self.request.method == "POST")
        return selectors.review_of(task_state).binding

    def get_context(self, link):
        task_state, _user = _open_review(link)
        token = self.kwargs["token"]
        return {
            "review": selectors.review_of(task_state),
            "sender": task_state.workflow_state.requested_by,
            **super().get_context(link),
            "preview_url": reverse("partners_review_preview", args=[token]),
        }

    def act(self, link):
        task_state, user = _open_review(link)
        answer = self.form.cleaned_data
        page = selectors.page_under_review(task_state)
        try:
            if answer["decision"] == Decision.APPROVE:
                services.approve(task_state=task_state, by=user)
            else:
                services.send_back(
                    task_state=task_state, by=user, reason=answer["reason"], text=answer["text"]
                )
        except services.CannotDecide as error:
            raise ReviewClosed(link, "decided", task_state) from error
        page.refresh_from_db()
        is_approved = answer["decision"] == Decision.APPROVE
        return {"decided": page, "is_approved": is_approved, "public_url": page.url if page.live else ""}

    def _refuse(self, refused):
        response = super()._refuse(refused)
        if isinstance(refused, ReviewClosed):
            response.context_data |= {"why": refused.why, "task_state": refused.task_state}
        return response


def say_why_it_was_sent_back(request, page):
    """Show at the top of the edit form what a coordinator asked for."""
    state = page.current_workflow_state if request.method == "GET" else None
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    reason, text = services.reason_of(state.current_task_state)
    said = ". ".join(part.rstrip(".") for part in (reason, text) if part)
    messages.warning(
        request, _("A coordinator asks you to change something: %(said)s.") % {"said": said or "–"}
    )


@method_decorator(never_cache, name="dispatch")
class PreviewView(View):
    """Shows the page behind a link as readers would see it."""

    http_method_names = ["get", "head"]

    def get(self, request, token):
        try:
            task_state, _user = _open_review(signed_links.read_link(token, purpose=services.PURPOSE))
        except signed_links.LinkRefused as refused:
            raise Http404 from refused
        page = selectors.page_under_review(task_state).get_latest_revision_as_object()
        response = page.make_preview_request(request, page.default_preview_mode)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response
