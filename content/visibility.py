"""Which pages readers may see.

One function feeds lists, search, feeds, calendars, the sitemap, the API and related links.
"""

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from . import registry
from .index.models import IndexEntry
from .index.pending import write_pending
from .scopes import ScopeMixin


def visible_pages(locale=None, *, model=Page):
    """Return the pages of ``locale`` (default: of all) that readers may see, as a queryset of ``model``.

    They are live, not behind a view restriction on themselves or on an ancestor (in *any* language of that ancestor:
    a restriction set on the German page holds for the Turkish one), their region uses their kind and language,
    they are not expired, and their kind lists them.
    """
    write_pending()
    now = timezone.now()
    pages = open_pages(locale, model=model).filter(Q(expire_at=None) | Q(expire_at__gt=now))
    gone = IndexEntry.objects.filter(page_id=OuterRef("pk")).filter(
        Q(is_listed=False) | Q(expires_at__lte=now)
    )
    return pages.exclude(Exists(gone))


def open_pages(locale=None, *, model=Page):
    """Return the pages that tree, restrictions and regions let readers see, whether they are over or not.

    What the index is made from, and what may be asked about at an address of its own; lists want ``visible_pages``.
    """
    pages = model.objects.filter(live=True)
    if model is Page:
        # Pages of removed plugins are still there, and nobody can show them.
        pages = pages.filter(content_type__app_label__in=[config.label for config in apps.get_app_configs()])
    if locale is not None:
        pages = pages.filter(locale=locale)
    hidden = Q()
    for path in _restricted_paths():
        hidden |= Q(path__startswith=path)
    for rule in _rules_of_scopes():
        hidden |= rule
    return pages.exclude(hidden) if hidden else pages


def _restricted_paths():
    """Return the paths of all pages that are restricted in any language."""
    restricted = PageViewRestriction.objects.values("page__translation_key")
    return Page.objects.filter(translation_key__in=restricted).values_list("path", flat=True)


def _rules_of_scopes():
    """Return a condition for each thing that a scope does without."""
    types = None
    for model in apps.get_models():
        if not issubclass(model, ScopeMixin):
            continue
        scopes = model.objects.exclude(languages=[], inactive_kinds=[])
        for path, language, languages, inactive in scopes.values_list(
            "path", "locale__language_code", "languages", "inactive_kinds"
        ):
            below = Q(path__startswith=path)
            if languages and language not in {*languages, settings.LANGUAGE_CODE}:
                yield below
            elif inactive:
                if types is None:
                    types = _content_types()
                yield below & Q(content_type__in=[types[slug] for slug in inactive if slug in types])


def _content_types():
    """Return the content type of each kind by slug."""
    return {kind.slug: ContentType.objects.get_for_model(kind.page_model).pk for kind in registry.all_kinds()}
