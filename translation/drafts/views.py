"""The page behind the link in a reviewer's mail: each sentence beside its source, and two answers. No login."""

from django.contrib.auth import get_user_model
from django.db import connection
from wagtail.models import TaskState

from content import signed_links
from content.signed_link_views import AskingLinkView

from . import selectors, services
from .forms import Decision, DecisionForm
from .models import Submission


class ReviewClosed(signed_links.LinkUsed):
    """There is nothing to decide any more. ``why``: decided, withdrawn, own or not_yours."""

    def __init__(self, link, why):
        super().__init__(link)
        self.why = why


def _open_submission(link, *, lock=False):
    """Return ``(submission, target, source page, user)`` of a link. Raises ``ReviewClosed`` or ``LinkInvalid``."""
    _word, submission_id, user_id = link.subject.split(":")
    submissions = Submission.objects.select_related("task_state__workflow_state")
    submission = submissions.filter(pk=submission_id).first()
    user = get_user_model().objects.filter(pk=user_id, is_active=True).first()
    if submission is None or user is None:
        raise signed_links.LinkInvalid(link)
    if lock and connection.in_atomic_block:
        TaskState.objects.select_for_update().get(pk=submission.task_state_id)
        submission.task_state.refresh_from_db()
    if submission.task_state.status == TaskState.STATUS_CANCELLED:
        raise ReviewClosed(link, "withdrawn")
    if submission.task_state.status != TaskState.STATUS_IN_PROGRESS:
        raise ReviewClosed(link, "decided")
    target = submission.task_state.workflow_state.content_object
    source_page = target and selectors.source_of_translation(target)
    if source_page is None:
        raise signed_links.LinkInvalid(link)
    target = target.specific
    why = services.why_not_decide(target=target, submission=submission, user=user)
    if why:
        raise ReviewClosed(link, why)
    return submission, target, source_page, user


class ReviewView(AskingLinkView):
    """Shows what a translator handed in; publishes it or gives it back."""

    purpose = services.PURPOSE
    template_name = "translation/review/review.html"
    done_template_name = "translation/review/done.html"
    refused_template_name = "translation/review/closed.html"
    form_class = DecisionForm

    def get_binding(self, link):
        _submission, target, source_page, _user = _open_submission(link, lock=self.request.method == "POST")
        return selectors.lines_of(source_page, target.locale).digest

    def get_context(self, link):
        submission, target, source_page, _user = _open_submission(link)
        return {
            "source_page": source_page,
            "target": target,
            "lines": selectors.lines_of(source_page, target.locale).pending,
            "sender": submission.task_state.workflow_state.requested_by,
            **super().get_context(link),
        }

    def act(self, link):
        _submission, target, _source_page, user = _open_submission(link)
        answer = self.form.cleaned_data
        is_approved = answer["decision"] == Decision.APPROVE
        try:
            if is_approved:
                services.approve(target=target, by=user, digest=self.request.POST.get("shown", ""))
            else:
                services.send_back(target=target, by=user, text=answer["text"])
        except services.CannotDecide as error:
            raise ReviewClosed(link, error.reason) from error
        except services.Outdated as error:
            raise signed_links.LinkOutdated(link) from error
        target.refresh_from_db()
        return {
            "decided": target,
            "is_approved": is_approved,
            "public_url": target.url if target.live else "",
        }

    def _refuse(self, refused):
        response = super()._refuse(refused)
        if isinstance(refused, ReviewClosed):
            response.context_data["why"] = refused.why
        return response
