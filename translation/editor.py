"""Stands before wagtail-localize's own pages: those that are of use lead to ours, the others are closed."""

from io import BytesIO

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBadRequest, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, Translation, TranslationSource
from wagtail_localize.views import convert, edit_translation, report

from content.choosing import choosable_by
from content.sanitise import is_safe_address
from content.untranslated import UntranslatedMixin

from . import services
from .selectors import source_page_of

#: Characters of an address.
MAX_ADDRESS = 2_000


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


def guarded(view):
    """Let wagtail-localize's ``view`` of one translation change nothing on a page that is locked."""

    def check(request, translation_id, **kwargs):
        translation = get_object_or_404(Translation, pk=translation_id)
        page = _editable(request, translation)
        lock = page.get_lock()
        if lock is not None and lock.for_user(request.user):
            raise PermissionDenied
        return view(request, translation_id, **kwargs)

    return check


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


def _value_of(request):
    """Return what was sent as ``value`` by PUT, which Django does not read by itself; None if it cannot be stored."""
    if request.content_type == "multipart/form-data":
        try:
            sent, _files = request.parse_file_upload(request.META, BytesIO(request.body))
        except MultiPartParserError:
            return None
    elif request.content_type == "application/x-www-form-urlencoded":
        sent = QueryDict(request.body, encoding="utf-8")
    else:
        return None
    value = sent.get("value")
    return None if value is None or "\x00" in value or len(value) > MAX_ADDRESS else value


def checked_override(request, translation_id, overridable_segment_id):
    """Store a replaced link or picture; 400 for an address that nobody may link to and for other people's pictures."""
    segment = get_object_or_404(OverridableSegment, pk=overridable_segment_id)
    if request.method == "PUT":
        value = _value_of(request)
        if value is None or not _may_replace(request.user, segment, value):
            return HttpResponseBadRequest(_("This cannot be used here."))
    return edit_translation.edit_override(request, translation_id, overridable_segment_id)


def _may_replace(user, segment, value):
    """Return whether ``value`` may stand where ``segment`` stands: a link for a link, an own thing for a thing."""
    if isinstance(segment.data, str):
        return is_safe_address(value)
    if not value.isdecimal():
        return False
    pictures = choosable_by(user, get_image_model()).filter(pk=value)
    documents = choosable_by(user, get_document_model()).filter(pk=value)
    return value == str(segment.data) or pictures.exists() or documents.exists()


def closed(request, **kwargs):
    """Answer wagtail-localize's own ways to write sentences, which go past drafts and reviews: there are none."""
    raise Http404


edit_override = guarded(checked_override)


def stop(request, translation_id):
    """Answer wagtail-localize's "stop translation", after which facts would no longer travel."""
    page = _editable(request, get_object_or_404(Translation, pk=translation_id))
    messages.error(
        request, _("A translation cannot be stopped. Unpublish the page if nobody should read it.")
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


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
