"""The page on which somebody copies an entry for another day."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from content.languages import language
from content.presentation import joined
from partners.workspace.frame import workspace_url

from . import selectors, services
from .dates import sentences_with_days
from .forms import CopyForm
from .services import Then


@require_http_methods(["GET", "POST"])
def copy(request, page_id):
    """Ask for the new day and show what it leads to; POST makes the copy."""
    page = selectors.copyable_page(request.user, page_id)
    if page is None:
        raise PermissionDenied
    rights = selectors.rights_on_copies(request.user, page)
    form = CopyForm(request.POST if request.method == "POST" else None, page=page, rights=rights)
    problems = []
    if form.is_bound and form.is_valid():
        try:
            copied = services.copy_page(
                page=page,
                by=form.moved_by(),
                user=request.user,
                token=form.cleaned_data["token"],
                then=form.then(),
            )
        except services.CannotPublish as error:
            problems = error.messages
        else:
            return _after(request, copied, form.then())
    return TemplateResponse(
        request,
        "partners/copying/copy.html",
        {
            "page_copied": page,
            "form": form,
            "rights": rights,
            "problems": problems,
            "dated_sentences": sentences_with_days(page) if form.first_day else [],
            "back": workspace_url(page),
        },
        status=422 if problems or form.errors else 200,
    )


def _after(request, copied, then):
    if copied.page is None:
        messages.warning(request, _("This copy was deleted since."))
        return redirect("wagtailadmin_home")
    if then == Then.DRAFT:
        if copied.is_new:
            messages.success(
                request, _("This is the copy. Nobody sees it yet. Change what is different this time.")
            )
        return redirect("wagtailadmin_pages:edit", copied.page.pk)
    if copied.is_new:
        messages.success(request, _said(copied, then))
    return redirect(workspace_url(copied.page))


def _said(copied, then):
    names = joined(language(code).endonym for code in copied.languages)
    if then == Then.SUBMIT:
        return _("“%(title)s” was sent for approval.") % {"title": copied.page.title}
    if names:
        return _("“%(title)s” is online again, also in: %(languages)s.") % {
            "title": copied.page.title,
            "languages": names,
        }
    return _("“%(title)s” is online again.") % {"title": copied.page.title}
