"""Stands between wagtail-localize's editor and its own way of publishing.

What translators see is its editor; what a press of "Publish" does is our service.
"""

from io import BytesIO

import polib
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.http import Http404, HttpResponseBadRequest, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, Translation, TranslationSource
from wagtail_localize.views import convert, edit_translation, report

from content.choosing import choosable_by
from content.sanitise import clean_rich_text, is_safe_address
from content.untranslated import UntranslatedMixin

from . import services
from .errors import TranslationInvalid
from .selectors import source_page_of

#: Buttons of wagtail-localize's own pages, which it answers itself.
OTHER_BUTTONS = ("localize-restart-translation", "localize-convert-to-alias")


#: Characters of one sentence, bytes of a file with all sentences of one page.
MAX_SENTENCE = 20_000
MAX_POFILE = 2 * 1024 * 1024


def edit(request, page):
    """Return the translation editor for a page that is or can become a translation, None for others.

    Called before Wagtail's edit view, which has checked that the user may change the page.
    """
    source_page = source_page_of(page) if isinstance(page, UntranslatedMixin) else None
    if source_page is None or any(name in request.POST for name in OTHER_BUTTONS):
        return None
    translation = services.ensure_translation(source_page=source_page, locale=page.locale)
    if request.method == "POST" and request.POST.get("action") == "publish":
        return _publish(request, translation, page)
    return edit_translation.edit_translation(request, translation, page)


def _publish(request, translation, page):
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    if _refuse_locked(request, page):
        return redirect(request.path)
    try:
        published = services.publish_translation(translation=translation, user=request.user)
    except TranslationInvalid as error:
        for name, texts in error.message_dict.items():
            for text in texts:
                messages.error(request, text if name == NON_FIELD_ERRORS else f"{_label(page, name)}: {text}")
        return redirect(request.path)
    messages.success(
        request,
        _("“%(title)s” is published in %(language)s.")
        % {"title": published.page.title, "language": translation.target_locale.get_display_name()},
    )
    if published.kept:
        messages.warning(
            request,
            _("A sentence is missing here, so readers still see the older translation: %(texts)s.")
            % {"texts": _labels(page, published.kept)},
        )
    if published.untranslated:
        messages.warning(
            request,
            _("A sentence is missing here, so readers see the original: %(texts)s.")
            % {"texts": _labels(page, published.untranslated)},
        )
    return redirect(request.path)


def _label(page, name):
    return capfirst(str(page._meta.get_field(name).verbose_name))


def _labels(page, names):
    return ", ".join(_label(page, name) for name in names)


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
    return redirect("wagtailadmin_pages:edit", row.pk)


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
    return None if value is None or "\x00" in value or len(value) > MAX_SENTENCE else value


def checked_string(request, translation_id, string_segment_id):
    """Store a sentence; 400 where there is none, or one that no page could hold."""
    if request.method == "PUT" and _value_of(request) is None:
        return HttpResponseBadRequest(_("Send a text."))
    return edit_translation.edit_string_translation(request, translation_id, string_segment_id)


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


@require_POST
def checked_pofile(request, translation_id):
    """Take a PO file of this translation; say what is wrong with any other."""
    translation = get_object_or_404(Translation, pk=translation_id)
    fault = _fault_of_pofile(request.FILES.get("file"), translation)
    if fault:
        messages.error(request, fault)
        return redirect("wagtailadmin_pages:edit", _target(translation).pk)
    return edit_translation.upload_pofile(request, translation_id)


def _fault_of_pofile(file, translation):
    if file is None:
        return _("Choose the PO file first.")
    if file.size > MAX_POFILE:
        return _("This file is too large for a PO file of one page.")
    text = file.read().decode(errors="replace")
    file.seek(0)
    # What polib takes for the name of a file it opens.
    if "msgid" not in text or "\x00" in text:
        return _("This is no PO file.")
    try:
        metadata = polib.pofile(text).metadata
    except (OSError, ValueError, IndexError):
        return _("This is no PO file.")
    if metadata.get("X-WagtailLocalize-TranslationID") != str(translation.uuid):
        return _(
            "This PO file belongs to another page or language. Download the one of this page, and fill it in."
        )
    return None


@xframe_options_sameorigin
def preview(request, translation_id, mode=None):
    """Show what readers would see of the translation as it stands, cleaned as when it is published."""
    translation = get_object_or_404(Translation, pk=translation_id)
    target = _editable(request, translation)
    mode = mode or target.default_preview_mode
    if mode not in dict(target.preview_modes):
        raise Http404
    page = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    for field in page._meta.get_fields():
        if isinstance(field, RichTextField):
            html = getattr(page, field.name)
            setattr(page, field.name, clean_rich_text(html or "", field.features))
    return page.make_preview_request(request, mode)


def download_pofile(request, translation_id):
    """wagtail-localize's file of one translation, for who may change it."""
    _editable(request, get_object_or_404(Translation, pk=translation_id))
    return edit_translation.download_pofile(request, translation_id)


edit_string = guarded(checked_string)
edit_override = guarded(checked_override)
upload_pofile = guarded(checked_pofile)
machine_translate = guarded(edit_translation.machine_translate)


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
