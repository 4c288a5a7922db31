"""The glossary of a language in the admin."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
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
from .forms import TermForm
from .models import Term
from .tbx import TBX

TERMS_PER_PAGE = 50
FACTS = ("source", "target", "rule", "note", "region_key")

ROOM = Room(
    slug="glossary",
    title=gettext_lazy("Glossary"),
    file_format=TBX,
    row_template="translation/glossary/_row.html",
    intro=gettext_lazy(
        "Most translation programs write their terms into such a file, also Weblate and memoQ."
    ),
)

languages = files.languages_view(ROOM)
export = files.export_view(ROOM)
take = files.import_view(ROOM)
preview = files.preview_view(ROOM)


@require_safe
def terms(request, language):
    """List the terms of a language; ``?q=`` searches."""
    locale = kept_locale(request, language)
    query = request.GET.get("q", "").strip()
    page = Paginator(selectors.terms_of(locale, text=query), TERMS_PER_PAGE).get_page(request.GET.get("p"))
    titles = dict(selectors.regions()) if any(term.region_key for term in page) else {}
    return TemplateResponse(
        request,
        "translation/glossary/list.html",
        {
            **ROOM.context(locale),
            "page": page,
            "query": query,
            "rows": [(term, titles.get(term.region_key, "")) for term in page],
            "source_code": settings.LANGUAGE_CODE,
            "others": files.languages_beside(request, ROOM, locale),
        },
    )


@require_http_methods(["GET", "POST"])
def add(request, language):
    """Ask for a term and keep it."""
    return _edit(request, kept_locale(request, language), None, _("Add a term"))


@require_http_methods(["GET", "POST"])
def change(request, language, term_id):
    """Show a term and keep what is new."""
    locale = kept_locale(request, language)
    return _edit(request, locale, _term(locale, term_id), _("Change a term"))


@require_http_methods(["GET", "POST"])
def delete(request, language, term_id):
    """Ask whether a term is to go, and delete it."""
    locale = kept_locale(request, language)
    term = _term(locale, term_id)
    if request.method == "POST":
        services.delete_term(term=term)
        messages.success(request, _("“%(term)s” is no longer in the glossary.") % {"term": term.source})
        return redirect(ROOM.url(locale))
    return TemplateResponse(
        request,
        "translation/glossary/delete.html",
        {**ROOM.context(locale), "term": term, "source_code": settings.LANGUAGE_CODE},
    )


def _edit(request, locale, term, title):
    regions = selectors.regions()
    form = TermForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(term, name) for name in FACTS} if term is not None else None,
        regions=regions,
        source_code=settings.LANGUAGE_CODE,
        target_code=locale.language_code,
    )
    if form.is_valid():
        try:
            saved = services.save_term(locale=locale, term=term, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("“%(term)s” is in the glossary.") % {"term": saved.source})
            again = "add_another" in request.POST
            return redirect(ROOM.url(locale, "add") if again else ROOM.url(locale))
    return TemplateResponse(
        request,
        "translation/glossary/form.html",
        {**ROOM.context(locale), "form": form, "term": term, "title": title},
        status=422 if form.errors else 200,
    )


def _term(locale, term_id):
    term = Term.objects.filter(locale=locale, pk=term_id).first()
    if term is None:
        raise PermissionDenied
    return term
