"""The translation memory of a language in the admin: to search, to correct, and as a file."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from translation.files import views as files
from translation.files.views import Room, kept_locale

from . import selectors, services
from .models import MemoryUnit
from .tmx import TMX

UNITS_PER_PAGE = 25

ROOM = Room(
    slug="memory",
    title=gettext_lazy("Translation memory"),
    file_format=TMX,
    row_template="translation/memory/_row.html",
    intro=gettext_lazy(
        "Most translation programs write what they remember into such a file, also OmegaT and Trados."
    ),
)

languages = files.languages_view(ROOM)
export = files.export_view(ROOM)
take = files.import_view(ROOM)
preview = files.preview_view(ROOM)


@require_safe
def units(request, language):
    """List what is remembered in a language, the latest first; ``?q=`` searches."""
    locale = kept_locale(request, language)
    query = request.GET.get("q", "").strip()
    found = selectors.units_of(locale, text=query)
    page = Paginator(found, UNITS_PER_PAGE).get_page(request.GET.get("p"))
    return TemplateResponse(
        request,
        "translation/memory/list.html",
        {
            **ROOM.context(locale),
            "page": page,
            "query": query,
            "source_code": settings.LANGUAGE_CODE,
            "others": files.languages_beside(request, ROOM, locale),
        },
    )


@require_http_methods(["GET", "POST"])
def delete(request, language, unit_id):
    """Ask whether a translation is to be forgotten, and forget it."""
    locale = kept_locale(request, language)
    unit = MemoryUnit.objects.remembered(locale).filter(pk=unit_id).select_related("locale").first()
    if unit is None:
        raise PermissionDenied
    if request.method == "POST":
        services.forget(unit=unit, by=request.user)
        messages.success(request, _("The translation is no longer suggested."))
        return redirect(ROOM.url(locale))
    return TemplateResponse(
        request,
        "translation/memory/delete.html",
        {**ROOM.context(locale), "unit": unit, "source_code": settings.LANGUAGE_CODE},
    )
