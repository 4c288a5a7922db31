"""Facets that several kinds share. Values are stable keys, so a filter gives the same set in every language."""

from django.conf import settings
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .fields import TriState
from .listing import few
from .models import Topic
from .registry import Facet
from .scopes import ScopeMixin
from .vocabularies import GermanLevel, SpokenLanguage, TargetGroup


def choice_facet(slug, label, vocabulary, *, field=None, icon=""):
    """Return a facet over a field that holds one key of ``vocabulary``, or a list of keys."""
    field = field or slug

    def values(page):
        value = getattr(page, field)
        return value if isinstance(value, list) else [value] if value else []

    return Facet(slug=slug, label=label, values=values, choices=lambda: vocabulary.choices, icon=icon)


def flag_facet(slug, label, test, *, icon=""):
    """Return a facet with a single tick; ``test`` takes a page and says whether it is found under it."""
    return Facet(
        slug=slug,
        label=label,
        values=lambda page: ["yes"] if test(page) else [],
        choices=lambda: [("yes", label)],
        is_flag=True,
        icon=icon,
    )


def topic_facet():
    """Return the facet over topics."""
    return Facet(
        slug="topic",
        label=_("Topic"),
        values=lambda page: [topic.slug for topic in page.topics.all()],
        choices=lambda: [(topic.slug, topic.label()) for topic in Topic.objects.all()],
        icon="tag",
    )


def region_facet():
    """Return the facet over regions; its values are the regions' slugs."""

    def choices():
        return [(page.slug, page.title) for page in _scope_pages()]

    return Facet(
        slug="region",
        label=_("Region"),
        values=lambda page: [page.region_page.slug] if page.region_page_id else [],
        choices=choices,
        icon="map",
    )


def place_facet(places_of):
    """Return the facet over quarters and municipalities; ``places_of`` takes a page and returns names.

    Values are the slugs of the names; the names come from the regions.
    """

    def choices():
        names = [name for page in _scope_pages() for name in getattr(page, "places", [])]
        return [(slugify(name), name) for name in dict.fromkeys(names)]

    return Facet(
        slug="place",
        label=_("Place"),
        values=lambda page: [slugify(name) for name in places_of(page)],
        choices=choices,
        icon="pin",
    )


def _scope_pages():
    """Return the live scopes of the active language, or of the source where there are none."""
    codes = {get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE}
    models = [model for model in ScopeMixin.__subclasses__() if not model._meta.abstract]
    by_code = {code: [] for code in codes}
    for model in models:
        pages = few(model).live().filter(locale__language_code__in=codes).order_by("path")
        for page in pages.annotate(code=F("locale__language_code")):
            by_code[page.code].append(page)
    return by_code[get_language() or settings.LANGUAGE_CODE] or by_code[settings.LANGUAGE_CODE]


def language_facet(field="languages_spoken"):
    """Return the facet over languages that people speak there."""
    return choice_facet("language", _("Language spoken"), SpokenLanguage, field=field, icon="speech")


def german_facet():
    """Return the facet over the German that people need."""
    return choice_facet("german", _("German needed"), GermanLevel, field="german_level", icon="speech")


def target_facet():
    """Return the facet over the people something is for."""
    return choice_facet("target", _("For whom"), TargetGroup, field="target_groups", icon="people")


def accessible_facet():
    """Return the tick for places that people reach without a step."""
    return flag_facet(
        "accessible", _("Step-free"), lambda page: page.step_free == TriState.YES, icon="wheelchair"
    )


def newcomer_facet(field="no_experience_needed"):
    """Return the tick for what needs no experience and no membership."""
    return flag_facet("newcomers", _("Also for newcomers"), lambda page: getattr(page, field), icon="wave")
