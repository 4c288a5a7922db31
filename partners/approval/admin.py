"""Deciding in the admin, bound to what the admin showed, as deciding by a link is bound to what the mail showed."""

from functools import wraps
from urllib.parse import urlencode

from django.db import transaction
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.models import Page, TaskState

from . import selectors, services


def about_what_was_shown(view):
    """Let Wagtail's edit form decide about a review only while the newest version is the one that the form showed."""

    @wraps(view)
    def check(request, page_id, **kwargs):
        if "action-workflow-action" not in request.POST:
            return view(request, page_id=page_id, **kwargs)
        with transaction.atomic():
            services.lock_review(page_id=page_id)
            page = Page.objects.filter(pk=page_id).first()
            if page is None or not page.permissions_for_user(request.user).can_edit():
                return view(request, page_id=page_id, **kwargs)
            is_open = page.workflow_in_progress
            if is_open and _has_seen(request.POST, page.get_latest_revision()):
                return view(request, page_id=page_id, **kwargs)
        return _show_anew(request, page_id, is_open=is_open)

    return check


def _has_seen(data, revision):
    """Return whether the form that sent ``data`` showed ``revision``, or made it by saving what was typed into it.

    Wagtail's form says which revision it was made from and, where it saved by itself, which one it has made.
    """
    if data.get("overwrite_revision_id"):
        return data["overwrite_revision_id"] == str(revision.pk)
    shown = data.get("loaded_revision_id"), data.get("loaded_revision_created_at")
    return shown == (str(revision.pk), revision.created_at.isoformat())


def _show_anew(request, page_id, *, is_open):
    messages.error(request, _outdated() if is_open else _closed())
    return redirect("wagtailadmin_pages:edit", page_id)


def _outdated():
    return _("Nothing was decided: this has changed since you opened it. Please look at the new version.")


def _closed():
    return _("Nothing was decided: somebody else has decided, or it was taken back.")


def decide(request, page_id, **kwargs):
    """Show what is decided about and ask for a comment; by POST, decide while nobody else does."""
    if request.method != "POST":
        return DecideView.as_view()(request, page_id=page_id, **kwargs)
    with transaction.atomic():
        services.lock_review(page_id=page_id)
        return DecideView.as_view()(request, page_id=page_id, **kwargs)


class DecideView(WorkflowActionView):
    """Wagtail's window for a decision. ``shown`` in the address that it sends to says what it showed."""

    template_name = "partners/approval/decide.html"

    @cached_property
    def review(self):
        """Return the ``Review`` of the page as it is now."""
        return selectors.review_of(self.task_state)

    def get_submit_url(self):
        return f"{super().get_submit_url()}?{urlencode({'shown': self.review.binding})}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(review=self.review, **kwargs)

    def post(self, request, *args, **kwargs):
        is_open = self.task_state.status == TaskState.STATUS_IN_PROGRESS
        if is_open and request.GET.get("shown") == self.review.binding:
            return super().post(request, *args, **kwargs)
        if request.headers.get("x-requested-with") != "XMLHttpRequest":
            return _show_anew(request, self.object.pk, is_open=is_open)
        # The window stays open: with the new version, and with what was typed.
        form = self.form_class(request.POST)
        form.add_error(None, _outdated() if is_open else _closed())
        return self.render_modal_form(request, form)
