"""The operations of the API."""

import hashlib
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from wagtail.models import Locale, Page

from content import registry
from content.alternates import alternates
from content.directory import DirectoryQuery
from content.languages import direction
from content.visibility import visible_pages

from .document import complete
from .facts import Facts, fact_relations
from .parameters import ParameterRefused, read_parameters
from .schemas import Description, EntryList, FullEntry, Problem

PUBLIC_URLS = "content.public_urls"
#: Seconds for which an answer may be kept; a change is seen after that at the latest.
MAX_AGE = 60


class PublicAPI(NinjaAPI):
    """The platform's API; its document is made when it is asked for, because kinds and facets are data."""

    def get_openapi_schema(self, **options):
        return complete(super().get_openapi_schema(**options))


api = PublicAPI(
    title="Mitmischen",
    version="1.0.0",
    description="What readers can see on the platform, for programs. Nothing can be changed here.",
    urls_namespace="content_api",
    docs_url=None,
    openapi_url="openapi.json",
)


class Ambiguous(Exception):
    """A slug that several entries have; the message names their ids."""


@api.exception_handler(Http404)
def not_found(request, error):
    # Django would look for the same address below a language prefix and send programs there.
    request.urlconf = PUBLIC_URLS
    return api.create_response(request, {"detail": str(error) or "There is nothing here."}, status=404)


@csrf_exempt
def nothing_here(request, **kwargs):
    """Answer for addresses of the API that are none."""
    return not_found(request, Http404())


@api.exception_handler(ParameterRefused)
def refused(request, error):
    return api.create_response(request, {"detail": str(error)}, status=422)


@api.exception_handler(Ambiguous)
def ambiguous(request, error):
    return api.create_response(request, {"detail": str(error)}, status=409)


def public(view):
    """Let everybody read an answer from any site, keep it for a short time, and ask whether it changed."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        response["Cache-Control"] = f"public, max-age={MAX_AGE}"
        response["Access-Control-Allow-Origin"] = "*"
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        if request.headers.get("If-None-Match") == response["ETag"]:
            response.status_code = 304
            response.content = b""
        return response

    return answer


def _locale(code):
    locale = Locale.objects.filter(language_code=code).first()
    if locale is None or code not in {row.code for row in settings.LANGUAGE_TABLE}:
        known = ", ".join(row.code for row in settings.LANGUAGE_TABLE)
        raise Http404(f"There is no language “{code}”. Known are: {known}.")
    return locale


def _kind(slug):
    try:
        return registry.kind(slug)
    except registry.UnknownKind as error:
        raise Http404(str(error.args[0])) from error


api.add_decorator(public, mode="view")


@api.get("/kinds/", response={200: Description}, operation_id="list_kinds", url_name="list_kinds")
def list_kinds(request):
    """Say which kinds of content and which languages there are."""
    kinds = []
    for kind in registry.all_kinds():
        labels = {}
        for row in settings.LANGUAGE_TABLE:
            with override(row.code):
                labels[row.code] = str(kind.label)
        address = reverse("content_api:list_pages", args=[settings.LANGUAGE_CODE, kind.slug])
        kinds.append(
            {
                "slug": kind.slug,
                "labels": labels,
                "facets": [facet.slug for facet in kind.facets],
                "has_dates": kind.dates is not None,
                "url": request.build_absolute_uri(address),
            }
        )
    languages = [
        {"code": row.code, "name": row.endonym, "direction": row.direction} for row in settings.LANGUAGE_TABLE
    ]
    return {"languages": languages, "kinds": kinds}


@api.get(
    "/{language}/{kind}/",
    response={200: EntryList, 404: Problem, 422: Problem},
    operation_id="list",
    url_name="list_pages",
)
def list_pages(request, language: str, kind: str):
    """Find entries of one kind, with the same parameters as the public list."""
    locale, kind = _locale(language), _kind(kind)
    with override(locale.language_code):
        part = read_parameters(kind, request.GET)
        query = DirectoryQuery(kind, locale, request.GET)
        ids = query.page_ids(part.offset + part.limit)[part.offset :]
        pages = _pages(kind, locale, ids)
        around, facts = _owners_and_regions(pages), Facts(kind, pages)
        items = [_entry(page, kind, facts, around, request) for page in pages]
        return {"total": query.total(), "limit": part.limit, "offset": part.offset, "items": items}


@api.get(
    "/{language}/{kind}/{slug_or_id}/",
    response={200: FullEntry, 404: Problem, 409: Problem},
    operation_id="read",
    url_name="read_page",
)
def read_page(request, language: str, kind: str, slug_or_id: str):
    """Read one entry, by its id or its slug. A slug that several entries have is answered with their ids (409)."""
    locale, kind = _locale(language), _kind(kind)
    if "\x00" in slug_or_id:
        raise Http404("There is nothing here.")
    with override(locale.language_code):
        try:
            wanted = {"translation_key": UUID(slug_or_id)}
        except ValueError:
            wanted = {"slug": slug_or_id}
        found = list(visible_pages(locale, model=kind.page_model).filter(**wanted)[:20])
        if not found:
            raise Http404(f"There is no “{slug_or_id}” among the {kind.slug}.")
        if len(found) > 1:
            ids = ", ".join(str(page.translation_key) for page in found)
            raise Ambiguous(f"Several entries are called “{slug_or_id}”. Ask for one by its id: {ids}.")
        (page,) = _pages(kind, locale, [found[0].pk])
        facts = Facts(kind, [page], is_full=True)
        entry = _entry(page, kind, facts, _owners_and_regions([page]), request)
        entry["alternates"] = [
            {"language": alternate.code, "url": alternate.url} for alternate in alternates(page, request)
        ]
        return entry


def _pages(kind, locale, ids):
    pages = kind.page_model.objects.select_related(*fact_relations(kind)).in_bulk(ids)
    for page in pages.values():
        page.locale = locale
    return [pages[page_id] for page_id in ids if page_id in pages]


def _owners_and_regions(pages):
    """Return the live owners and regions of ``pages`` by their id, as what they really are."""
    ids = {key for page in pages for key in (page.owner_page_id, page.region_page_id)} - {None}
    return {page.pk: page for page in Page.objects.live().filter(pk__in=ids).specific()}


def _entry(page, kind, facts, around, request):
    window = kind.dates
    return {
        "id": page.translation_key,
        "slug": page.slug,
        "kind": kind.slug,
        "language": page.locale.language_code,
        "url": page.get_full_url(request),
        "texts": facts.texts(page),
        "facts": facts.facts(page),
        "owner": _reference(around.get(page.owner_page_id), page.locale, request),
        "region": _reference(around.get(page.region_page_id), page.locale, request),
        "next_start": getattr(page, window.order_field) if window else None,
        "next_end": getattr(page, window.end_field) if window else None,
        "published": page.first_published_at,
        "updated": page.last_published_at,
    }


def _reference(page, locale, request):
    if page is None:
        return None
    page.locale = locale
    code = page.language_of("title")
    return {
        "id": page.translation_key,
        "slug": page.slug,
        "title": {"text": page.title, "language": code, "direction": direction(code)},
        "url": page.get_full_url(request),
    }
