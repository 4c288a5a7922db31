"""What stands around every page: the way to the lists, to the other languages, to the legal pages."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.urls import translate_url
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from content import registry
from content.alternates import alternates_of

from .models import DirectoryPage, PlainPage


@dataclass(frozen=True)
class Link:
    """A way somewhere. ``language`` is set where the words are in another language than the page."""

    url: str
    label: str
    icon: str = ""
    language: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class LanguageLink:
    """The same page in another language."""

    code: str
    endonym: str
    direction: str
    url: str
    is_current: bool


class Surroundings:
    """Everything around a page's own content, for one request; each part is made when it is asked for."""

    def __init__(self, request, page=None):
        self.request = request
        self.page = page

    @cached_property
    def _pages(self):
        """Return the lists and plain pages that something links to, in one query, in tree order.

        It starts from the two small tables: a language has few lists and plain pages among many other pages.
        """
        lists = DirectoryPage.objects.order_by().values("pk")
        linked = (
            Q(directorypage__isnull=False)
            | Q(plainpage__in_footer=True)
            | Q(show_in_menus=True)
            | Q(plainpage__door__gt="")
        )
        return list(
            Page.objects.filter(pk__in=lists.union(PlainPage.objects.order_by().values("pk")))
            .filter(linked, live=True, locale__language_code=get_language(), view_restrictions=None)
            .select_related("directorypage", "plainpage")
            .order_by("path")
        )

    @cached_property
    def lists(self):
        """Return ``{kind slug: DirectoryPage}`` in the order of the kinds."""
        found = {}
        for row in self._pages:
            page = getattr(row, "directorypage", None)
            if page is not None:
                found.setdefault(page.kind_slug, page)
        return {kind.slug: found[kind.slug] for kind in registry.all_kinds() if kind.slug in found}

    @cached_property
    def plain_pages(self):
        """Return the plain pages that the header, the footer or a door leads to."""
        return [row.plainpage for row in self._pages if getattr(row, "plainpage", None) is not None]

    def list_url(self, kind):
        """Return the address of the list of ``kind``, "" where this language has none."""
        page = self.lists.get(kind.slug)
        return page.get_url(self.request) if page else ""

    @cached_property
    def home_url(self):
        """Return the address of the start page in the active language."""
        return f"/{get_language()}/"

    @cached_property
    def menu(self):
        """Return the ``Link`` objects of the header: lists, regions, then plain pages that want to be there."""
        links = [
            self._link(page, label=kind.label, icon=kind.icon)
            for kind in registry.all_kinds()
            if (page := self.lists.get(kind.slug))
        ]
        links.append(Link(url=f"{self.home_url}#regions", label=_("Regions"), icon="map"))
        return links + [self._link(page, icon="info") for page in self.plain_pages if page.show_in_menus]

    @cached_property
    def footer(self):
        """Return the ``Link`` objects of the legal pages."""
        return [self._link(page) for page in self.plain_pages if page.in_footer]

    def door_url(self, door, *, plain_only=False):
        """Return where a door leads: to the plain page that was put behind it, or to the list of its kind."""
        for page in self.plain_pages:
            if page.door == door:
                return page.get_url(self.request)
        if plain_only:
            return ""
        for kind in registry.all_kinds():
            if kind.door == door and kind.slug in self.lists:
                return self.list_url(kind)
        return ""

    def _link(self, page, *, label="", icon=""):
        language = page.language_of("title") if page.alias_of_id or page.untranslated_fields else ""
        if label and language:
            # The kind's own name is in every language; a list that nobody translated takes it.
            title, language = str(label), ""
        else:
            title = page.title
        return Link(
            url=page.get_url(self.request),
            label=title,
            icon=icon,
            language=language,
            is_current=self.page is not None and page.pk == self.page.pk,
        )

    @cached_property
    def _versions(self):
        """Return the rows of this page in all languages that its region has, in one query."""
        page = self.page
        if page is None or not page.pk or not hasattr(page, "lineage"):
            return []
        rows = Page.objects.filter(translation_key=page.translation_key, live=True).select_related("locale")
        codes = [row.code for row in settings.LANGUAGE_TABLE]
        if self.scope is not None:
            codes = self.scope.language_codes()
        return [row for row in rows if row.locale.language_code in codes]

    @property
    def source_published_at(self):
        """Return when this page was published first in the source language; None where readers cannot see that."""
        code = settings.LANGUAGE_CODE
        return next(
            (row.first_published_at for row in self._versions if row.locale.language_code == code), None
        )

    @cached_property
    def alternates(self):
        """Return the ``content.alternates.Alternate`` of every language this page can be read in."""
        return alternates_of(self._versions, self.request)

    @cached_property
    def languages(self):
        """Return a ``LanguageLink`` per language of the table; each keeps the page, and what was asked of it."""
        addresses = {row.locale.language_code: row.get_url(self.request) for row in self._versions}
        links = []
        for row in settings.LANGUAGE_TABLE:
            if self.page is None:
                url = translate_url(self.request.get_full_path(), row.code)
            elif row.code in addresses:
                url = addresses[row.code] + self._query_kept()
            else:
                url = f"/{row.code}/"
            links.append(LanguageLink(row.code, row.endonym, row.direction, url, row.code == get_language()))
        return links

    def _query_kept(self):
        """Return the query string of a list, without what was left empty: it means the same in every language."""
        if not hasattr(self.page, "kind_slug"):
            return ""
        pairs = [(name, value) for name, values in self.request.GET.lists() for value in values if value]
        return f"?{urlencode(pairs)}" if pairs else ""

    @cached_property
    def scope(self):
        """Return the region of the page, or None."""
        return self.page.lineage.scope if hasattr(self.page, "lineage") else None

    @cached_property
    def funding_sentences(self):
        """Return what the region's funders ask to be shown, in the source language."""
        return self.scope.funding_sentences() if self.scope is not None else []

    @property
    def is_archive(self):
        """Return whether the page belongs to a region whose project has ended."""
        return self.scope is not None and self.scope.has_ended


def surroundings(request, page=None):
    """Return the ``Surroundings`` of this request, made once."""
    if not hasattr(request, "_surroundings"):
        request._surroundings = Surroundings(request, page)
    return request._surroundings
