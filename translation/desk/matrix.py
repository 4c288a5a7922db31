"""The table of pages and languages for those who keep regions: who stands how, and what nobody has to translate."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.models import Locale, Page

from content.languages import language
from content.permissions import kept_paths
from content.transfer.tables import CSV, MEDIA_TYPES, write_table
from translation.models import PageTranslationState, State

from . import plots, services
from .forms import MatrixFilterForm, WantedForm
from .sources import Source, read_sources, regions_among

ROWS_PER_PAGE = 100


@dataclass(frozen=True)
class Row:
    """A page with its cells: one per language, a ``State``, or None where the page is not to be in that language."""

    source: Source
    cells: tuple


def _locales():
    """Return the locales that there are to translate into, in the table's order. One query."""
    known = {locale.language_code: locale for locale in Locale.objects.all()}
    codes = [row.code for row in settings.LANGUAGE_TABLE if row.code != settings.LANGUAGE_CODE]
    return [known[code] for code in codes if code in known]


def rows_of(sources, locales):
    """Return the ``Row`` objects of ``sources``. Two queries, however many."""
    keys = [source.key for source in sources]
    present = set(
        Page.objects.filter(translation_key__in=keys, locale__in=locales).values_list(
            "translation_key", "locale_id"
        )
    )
    states = PageTranslationState.objects.filter(translation_key__in=keys).defer("approved")
    standing = {(state.translation_key, state.locale_id): state.standing for state in states}
    return [
        Row(
            source,
            tuple(
                standing.get((source.key, locale.pk), State.MISSING)
                if (source.key, locale.pk) in present
                else None
                for locale in locales
            ),
        )
        for source in sources
    ]


@require_safe
def matrix(request):
    """Show, or with ``?export=csv`` send, how pages stand in all languages."""
    paths = kept_paths(request.user)
    if not paths:
        raise PermissionDenied
    sources, _targets = read_sources(user=request.user, paths=paths)
    form = MatrixFilterForm(request.GET, sources=sources)
    locales = _locales()
    found = [source for source in sources if form.matches(source)]
    rows = None
    if form.value("state"):
        rows = [row for row in rows_of(found, locales) if State(form.value("state")) in row.cells]
    if request.GET.get("export") == CSV:
        return _export(rows if rows is not None else rows_of(found, locales), locales)
    page = Paginator(found if rows is None else rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    if rows is None:
        page.object_list = rows_of(page.object_list, locales)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "kept": [],
        "page": page,
        "query": query.urlencode(),
        "plots": plots.coverage_plots(
            scopes=[region.key for region in regions_among(found)], locales=locales
        ),
        "languages": [language(locale.language_code) for locale in locales],
        "source_code": settings.LANGUAGE_CODE,
    }
    return render(request, "translation/desk/matrix.html", context)


def _export(rows, locales):
    headings = [
        _("Title"),
        _("Kind"),
        _("Region"),
        *(language(locale.language_code).endonym for locale in locales),
    ]
    lines = [
        [
            row.source.title,
            str(row.source.kind_label),
            row.source.region.title if row.source.region else "",
            *("" if cell is None else str(cell.label) for cell in row.cells),
        ]
        for row in rows
    ]
    name = f"translations-{timezone.localdate().isoformat()}.csv"
    return HttpResponse(
        write_table(headings=headings, rows=lines, file_format=CSV),
        content_type=MEDIA_TYPES[CSV],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_http_methods(["GET", "POST"])
def wanted(request, page_id):
    """Let who keeps a page's region say into which languages the page is to be translated."""
    page = get_object_or_404(
        Page.objects.select_related("locale"), pk=page_id, alias_of__isnull=True
    ).specific
    paths = kept_paths(request.user)
    if not paths or not page.path.startswith(paths) or not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    sources, _targets = read_sources(user=request.user, paths=(page.path,))
    source = next((each for each in sources if each.pk == page.pk), None)
    if source is None:
        raise Http404
    locales = _locales()
    (row,) = rows_of([source], locales)
    shown = [(locale, cell) for locale, cell in zip(locales, row.cells, strict=True) if cell is not None]
    form = WantedForm(request.POST if request.method == "POST" else None, locales=shown)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["languages"]
        changed = services.set_wanted(
            source_page=page,
            locales={locale: locale.language_code in chosen for locale, _cell in shown},
            by=request.user,
        )
        if changed:
            text = ngettext("%(number)s language is changed.", "%(number)s languages are changed.", changed)
            messages.success(request, text % {"number": changed})
        return redirect("translation_matrix")
    context = {"source": source, "form": form, "source_code": settings.LANGUAGE_CODE}
    return render(request, "translation/desk/wanted.html", context)
