"""Stands before wagtail-localize's own pages: those that are of use lead to ours, the others are closed."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views import convert, report

from content.untranslated import UntranslatedMixin

from . import services
from .selectors import source_page_of


def edit(request, page):
    """Lead from Wagtail's edit form to the workbench for a page that is or can become a translation."""
    source_page = source_page_of(page) if isinstance(page, UntranslatedMixin) else None
    return redirect("translation_workbench", page.pk) if source_page is not None else None


def _refuse_locked(request, page):
    """Tell the user and return True where somebody keeps the page from being changed."""
    lock = page.get_lock()
    if lock is None or not lock.for_user(request.user):
        return False
    messages.error(request, lock.get_message(request.user))
    return True


def start(request, page_id):
    """Lead into the translation editor of a page; ``?language=`` picks one when ``page_id`` is the source."""
    page = get_object_or_404(Page.objects.select_related("locale"), pk=page_id)
    language_code = request.GET.get("language", page.locale.language_code)
    row = page.get_translations(inclusive=True).filter(locale__language_code=language_code).first()
    if row is None or not row.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return redirect("translation_workbench", row.pk)


@require_http_methods(["GET", "POST"])
def bring_up_to_date(request, page_id):
    """Answer wagtail-localize's "translate this page": every page is there already, but once more does no harm."""
    page = get_object_or_404(Page, pk=page_id)
    return _bring_up_to_date(request, page)


@require_http_methods(["GET", "POST"])
def bring_source_up_to_date(request, translation_source_id):
    """Answer wagtail-localize's "sync translated pages", which would put the original into translations."""
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    return _bring_up_to_date(request, source.get_source_instance())


def _bring_up_to_date(request, page):
    if not request.user.has_perm("wagtail_localize.submit_translation"):
        raise PermissionDenied
    if request.method == "POST":
        services.follow_source(page=page)
    messages.success(
        request, _("“%(title)s” is there in every language of its region.") % {"title": page.title}
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def _editable(request, translation):
    """Return the page of ``translation``, if the user may change it."""
    page = _target(translation)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


def _target(translation):
    try:
        return translation.get_target_instance()
    except Page.DoesNotExist as gone:
        raise Http404 from gone


def closed(request, **kwargs):
    """Answer wagtail-localize's own ways to write, which go past drafts and reviews: there are none."""
    raise Http404


def stop(request, translation_id):
    """Answer wagtail-localize's "stop translation", after which facts would no longer travel."""
    page = _editable(request, get_object_or_404(Translation, pk=translation_id))
    messages.error(
        request, _("A translation cannot be stopped. Unpublish the page if nobody should read it.")
    )
    return redirect("translation_workbench", page.pk)


def convert_to_alias(request, page_id):
    """Give up a translation: readers see the original from now on."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_publish() or source_page_of(page) is None:
        raise PermissionDenied
    if request.method == "POST" and _refuse_locked(request, page):
        return redirect("wagtailadmin_pages:edit", page.pk)
    response = convert.convert_to_alias(request, page_id)
    if request.method == "POST":
        services.forget_translation(page=page)
    return response


class OrderedReportView(report.TranslationsReportView):
    """wagtail-localize's report, which is in no order: a page of it could show a row twice."""

    def get_queryset(self):
        return super().get_queryset().order_by("source__object_repr", "target_locale", "pk")


def translations_report(request, **kwargs):
    """wagtail-localize's report, which shows all titles, for those who see all pages."""
    if not request.user.has_perm("wagtail_localize.submit_translation"):
        raise PermissionDenied
    return OrderedReportView.as_view(**kwargs)(request)


def no_snippets(request, **kwargs):
    """There are no translatable snippets; wagtail-localize's interface to them shows more than it should."""
    raise Http404


def refuse_structure_change(request, page):
    """Keep other languages' pages where their sources are; return a response, or None for a source."""
    if source_page_of(page) is None:
        return None
    messages.error(
        request,
        _("Pages are made, moved and deleted in the original language; the others follow by themselves."),
    )
    return redirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
