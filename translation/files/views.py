"""Files out and in: a download, an upload, and a look at what would change before it does."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from content.transfer import FileRefused
from translation.glossary.selectors import kept_languages

from . import services
from .forms import FileForm

#: Entries that a preview shows of each sort; numbers tell of all.
MOST_SHOWN = 50


def kept_locale(request, language):
    """Return the locale with that code. Raises ``PermissionDenied`` where it is not for the user to keep."""
    for locale in kept_languages(request.user):
        if locale.language_code == language:
            return locale
    raise PermissionDenied


@dataclass(frozen=True)
class Room:
    """Where things of one sort are kept in the admin.

    ``slug``: how its addresses are named (``translation_<slug>``, ``…_import``, ``…_preview``, ``…_export``).
    ``title``: lazy string. ``row_template``: shows one ``row`` of a plan. ``intro``: what such a file is, lazy.
    """

    slug: str
    title: Any
    file_format: services.FileFormat
    row_template: str
    intro: Any

    def url(self, locale, step="", *args):
        """Return the address of the list, or of a step."""
        name = f"translation_{self.slug}_{step}" if step else f"translation_{self.slug}"
        return reverse(name, args=[locale.language_code, *args])

    def context(self, locale):
        """Return what every page of the room shows."""
        return {
            "room": self,
            "locale": locale,
            "language_code": locale.language_code,
            "list_url": self.url(locale),
            "import_url": self.url(locale, "import"),
            "export_url": self.url(locale, "export"),
        }


def languages_beside(request, room, locale):
    """Return ``[(locale, address, is it this one)]`` of the languages that the user keeps; empty for a single one."""
    locales = kept_languages(request.user)
    return [(each, room.url(each), each == locale) for each in locales] if len(locales) > 1 else []


def languages_view(room):
    """Return the view that lists the languages somebody keeps, and leads on where there is one only."""

    @require_safe
    def languages(request):
        locales = kept_languages(request.user)
        if not locales:
            raise PermissionDenied
        if len(locales) == 1:
            return redirect(room.url(locales[0]))
        return TemplateResponse(
            request,
            "translation/files/languages.html",
            {"room": room, "languages": [(locale, room.url(locale)) for locale in locales]},
        )

    return languages


def export_view(room):
    """Return the view that downloads everything of a language."""

    @require_safe
    def export(request, language):
        locale = kept_locale(request, language)
        response = HttpResponse(
            room.file_format.write(locale), content_type=f"{room.file_format.media_type}; charset=utf-8"
        )
        name = f"{room.slug}-{locale.language_code}{room.file_format.ending}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    return export


def import_view(room):
    """Return the view that takes a file, reads it, and leads to what it would change."""

    @require_http_methods(["GET", "POST"])
    def take(request, language):
        locale = kept_locale(request, language)
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = FileForm(*sent, file_format=room.file_format)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                upload = services.keep_file(
                    file_format=room.file_format,
                    locale=locale,
                    user=request.user,
                    file_name=file.name,
                    data=file.read(),
                )
            except FileRefused as error:
                form.add_error("file", error)
            else:
                return redirect(room.url(locale, "preview", upload.pk))
        return TemplateResponse(
            request,
            "translation/files/upload.html",
            {**room.context(locale), "form": form},
            status=422 if form.errors else 200,
        )

    return take


def preview_view(room):
    """Return the view that says what a file would change, and does it when that is confirmed.

    409 when something has changed since it was shown; nothing was imported then.
    """

    @require_http_methods(["GET", "POST"])
    def preview(request, language, upload_id):
        locale = kept_locale(request, language)
        which = {
            "file_format": room.file_format,
            "locale": locale,
            "user": request.user,
            "upload_id": upload_id,
        }
        is_outdated = False
        try:
            if request.method == "POST":
                try:
                    plan = services.import_file(**which, digest=request.POST.get("digest", ""))
                except services.PlanOutdated:
                    is_outdated = True
                else:
                    messages.success(request, _imported(plan))
                    return redirect(room.url(locale))
            upload = services.kept_file(**which)
        except services.FileGone:
            messages.warning(
                request,
                _("This file is not here any more: it was imported, replaced or too old. Upload it again."),
            )
            return redirect(room.url(locale, "import"))
        plan = room.file_format.plan(bytes(upload.data), locale)
        return TemplateResponse(
            request,
            "translation/files/preview.html",
            {
                **room.context(locale),
                "upload": upload,
                "plan": plan,
                "is_outdated": is_outdated,
                "most_shown": MOST_SHOWN,
                "counts": [
                    (len(plan.new), _("new")),
                    (len(plan.changed), _("changed")),
                    (plan.same, _("unchanged")),
                    (len(plan.refused), _("not taken")),
                ],
            },
            status=409 if is_outdated else 200,
        )

    return preview


def _imported(plan):
    number = len(plan.new) + len(plan.changed)
    text = ngettext(
        "%(number)d entry imported: %(new)d new, %(changed)d changed.",
        "%(number)d entries imported: %(new)d new, %(changed)d changed.",
        number,
    )
    return text % {"number": number, "new": len(plan.new), "changed": len(plan.changed)}
