"""Pages as files: out for the program that a translator works with, and in again after a look at what would change."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from content.transfer import FileRefused
from translation.drafts.selectors import source_of_translation
from translation.files import services as imports
from translation.selectors import languages_of
from translation.workbench.views import translation_for

from .files import FORMATS, write, write_all
from .forms import DownloadForm, UploadForm
from .selectors import MAX_PAGES, pages_to_send
from .services import PageFiles, document_of

#: Sentences and refusals that a preview shows; numbers tell of all.
MOST_SHOWN = 100


def _locale(request, code):
    """Return the locale with that code. Raises ``PermissionDenied`` where the user does not translate into it."""
    for locale in languages_of(request.user):
        if locale.language_code == code:
            return locale
    raise PermissionDenied


@require_safe
def languages(request):
    """Lead on to the first language that the user translates into; the page there leads to the others."""
    locales = languages_of(request.user)
    if not locales:
        raise PermissionDenied
    return redirect("translation_files", locales[0].language_code)


@require_http_methods(["GET", "POST"])
def files(request, language):
    """Show how pages of a language go out and come in; take a file."""
    locale = _locale(request, language)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = imports.keep_file(
                file_format=PageFiles(request.user),
                locale=locale,
                user=request.user,
                file_name=file.name,
                data=file.read(),
            )
        except FileRefused as error:
            form.add_error("file", error)
        else:
            return redirect("translation_files_preview", language, upload.pk)
    return _files(request, locale, upload_form=form, status=422 if form.errors else 200)


def _files(request, locale, *, upload_form, download_form=None, status=200):
    context = {
        "locale": locale,
        "others": [each for each in languages_of(request.user) if each != locale],
        "upload_form": upload_form,
        "download_form": download_form or DownloadForm(),
        "most_pages": MAX_PAGES,
    }
    return render(request, "translation/exchange/files.html", context, status=status)


@require_safe
def download(request, language):
    """Send the pages of a language as a ZIP."""
    locale = _locale(request, language)
    form = DownloadForm(request.GET)
    if not form.is_valid():
        return _files(request, locale, upload_form=UploadForm(), download_form=form, status=422)
    pages = pages_to_send(locale, request.user, needs_work_only=form.cleaned_data["which"] == "work")
    documents = [document_of(page.specific, locale) for page in pages[:MAX_PAGES]]
    documents = [document for document in documents if document is not None and document.units]
    if not documents:
        messages.info(request, _("There is nothing to do: every sentence has its translation."))
        return redirect("translation_files", language)
    name = f"{slugify(settings.WAGTAIL_SITE_NAME)}-{locale.language_code}-{form.cleaned_data['format']}.zip"
    return _attached(name, write_all(documents, form.file_format), "application/zip")


@require_safe
def download_page(request, page_id, format_slug):
    """Send one page in one language as a file."""
    page, is_translator = translation_for(request, page_id)
    if not is_translator:
        raise PermissionDenied
    file_format = FORMATS.get(format_slug)
    source_page = source_of_translation(page)
    document = source_page and document_of(source_page, page.locale)
    if file_format is None or document is None:
        raise Http404
    name, data = write(document, file_format)
    return _attached(name, data, f"{file_format.media_type}; charset=utf-8")


def _attached(name, data, media_type):
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
def preview(request, language, upload_id):
    """Say what a file would change, and do it when that is confirmed.

    409 when something has changed since it was shown; nothing was imported then.
    """
    locale = _locale(request, language)
    page_files = PageFiles(request.user)
    which = {"file_format": page_files, "locale": locale, "user": request.user, "upload_id": upload_id}
    is_outdated = False
    try:
        if request.method == "POST":
            try:
                plan = imports.import_file(**which, digest=request.POST.get("digest", ""))
            except imports.PlanOutdated:
                is_outdated = True
            else:
                messages.success(request, _imported(plan))
                return redirect("translation_files", language)
        upload = imports.kept_file(**which)
    except imports.FileGone:
        messages.warning(
            request,
            _("This file is not here any more: it was imported, replaced or too old. Upload it again."),
        )
        return redirect("translation_files", language)
    plan = page_files.plan(bytes(upload.data), locale)
    rows = [*plan.changed, *plan.new]
    context = {
        "locale": locale,
        "back": reverse("translation_files", args=[language]),
        "source_code": settings.LANGUAGE_CODE,
        "upload": upload,
        "plan": plan,
        "rows": rows[:MOST_SHOWN],
        "refused": plan.refused[:MOST_SHOWN],
        "has_more": len(rows) > MOST_SHOWN or len(plan.refused) > MOST_SHOWN,
        "is_outdated": is_outdated,
        "counts": [
            (len(plan.new), _("new")),
            (len(plan.changed), _("changed")),
            (plan.same, _("unchanged")),
            (len(plan.refused), _("not taken")),
            (sum(bool(row.problems) for row in rows), _("to mend")),
        ],
    }
    return render(request, "translation/exchange/preview.html", context, status=409 if is_outdated else 200)


def _imported(plan):
    number = len(plan.new) + len(plan.changed)
    text = ngettext(
        "%(number)d sentence is taken in as a draft. Look at it, and hand it in.",
        "%(number)d sentences are taken in as drafts. Look at them, and hand them in.",
        number,
    )
    return text % {"number": number}
