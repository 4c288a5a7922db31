"""Stands between wagtail-localize's editor and its own way of publishing.

What translators see is its editor; what a press of "Publish" does is our service.
"""

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views import convert, edit_translation, report

from content.untranslated import UntranslatedMixin

from . import services
from .errors import TranslationInvalid
from .selectors import source_page_of

#: Buttons of wagtail-localize's own pages, which it answers itself.
OTHER_BUTTONS = ("localize-restart-translation", "localize-convert-to-alias")


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
        page = translation.get_target_instance()
        if not page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        lock = page.get_lock()
        if lock is not None and lock.for_user(request.user):
            raise PermissionDenied
        return view(request, translation_id, **kwargs)

    return check


edit_string = guarded(edit_translation.edit_string_translation)
edit_override = guarded(edit_translation.edit_override)
upload_pofile = guarded(edit_translation.upload_pofile)
machine_translate = guarded(edit_translation.machine_translate)


def stop(request, translation_id):
    """Answer wagtail-localize's "stop translation", after which facts would no longer travel."""
    translation = get_object_or_404(Translation, pk=translation_id)
    page = translation.get_target_instance()
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    messages.error(
        request, _("A translation cannot be stopped. Unpublish the page if nobody should read it.")
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


def convert_to_alias(request, page_id):
    """Give up a translation: readers see the original from now on."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_publish() or source_page_of(page) is None:
        raise PermissionDenied
    response = convert.convert_to_alias(request, page_id)
    if request.method == "POST":
        services.forget_translation(page=page)
    return response


def translations_report(request, **kwargs):
    """wagtail-localize's report, which shows all titles, for those who see all pages."""
    if not request.user.has_perm("wagtail_localize.submit_translation"):
        raise PermissionDenied
    return report.TranslationsReportView.as_view(**kwargs)(request)


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
