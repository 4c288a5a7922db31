"""The sheet of a kind: which columns it has, and pages written into it."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from content import registry
from content.registry import Column, ContentKind
from content.sanitise import writable
from content.scopes import ScopeMixin

from .codecs import Codec, codec_for, pages_known_to
from .tables import CSV, write_table

SLUG = "slug"
STATE = "state"
PUBLISHED = "published"
CHANGED = "changed"
DRAFT = "draft"
#: What the column ``state`` may say, with the words people may use for it.
STATES = {PUBLISHED: _("published"), CHANGED: _("published, with changes that wait"), DRAFT: _("draft")}


class Parents:
    """The source pages that pages of a kind can belong below, by every way a sheet may name them.

    That is the slug, ``grandparent/slug`` where two have the same slug, and the title. ``user``: who asks; drafts
    that are none of theirs are not among the pages. None is the platform itself and knows all.
    """

    def __init__(self, models, user=None):
        self.pages = [
            page
            for model in models
            for page in pages_known_to(user, model).filter(locale=Locale.get_default(), alias_of__isnull=True)
        ]
        self._names = {}
        self._by_path = {page.path: page for page in self.pages}
        for page in self.pages:
            for name in {page.slug, self._long_name(page), page.title.casefold()}:
                self._names.setdefault(name, []).append(page)

    @staticmethod
    def _long_name(page):
        return "/".join(page.url_path.strip("/").split("/")[-2:])

    def name_of(self, page):
        """Return the shortest name that means this page alone."""
        return page.slug if len(self._names[page.slug]) == 1 else self._long_name(page)

    def name_at(self, path):
        """Return the name of the page at that place in the tree, or "" when it is none of these."""
        page = self._by_path.get(path)
        return self.name_of(page) if page else ""

    def named(self, text):
        """Return all pages that ``text`` may mean."""
        return self._names.get(text) or self._names.get(text.casefold(), [])

    def names(self):
        """Return the name of each page, in alphabetical order."""
        return sorted(self.name_of(page) for page in self.pages)


@dataclass(frozen=True)
class Cell:
    """One column of a sheet: its heading, the fact behind it, and for translations the language."""

    heading: str
    column: Column
    codec: Codec
    language_code: str = ""

    @property
    def label(self):
        """Return what people call the column: the fact's name, with the language."""
        # A relation backwards is a field without a name for people.
        name = str(self.column.label or getattr(self.codec.field, "verbose_name", "") or self.column.name)
        return f"{name} ({self.language_code})" if self.language_code else name


class Sheet:
    """What the transfer sheet of one kind looks like.

    Key columns come first: the slug of the page it belongs below (``owner``, ``region`` or ``parent``), its own
    ``slug`` and its ``state``; then one column per fact, and per language for what is translated (``title@tr``).
    ``user``: whose sheet it is; see ``Parents``.
    """

    def __init__(self, kind: ContentKind, languages=None, user=None):
        self.kind = kind
        self.user = user
        if languages is None:
            languages = [row.code for row in settings.LANGUAGE_TABLE if row.code != settings.LANGUAGE_CODE]
        self.languages = list(languages) if registry.localiser() is not None else []

    @cached_property
    def parent_models(self):
        """Return the page models that pages of this kind belong below."""
        return list(self.kind.page_model.clean_parent_page_models())

    @cached_property
    def parents(self):
        """Return the ``Parents`` there are now."""
        return Parents(self.parent_models, self.user)

    @cached_property
    def parent_heading(self):
        """Return the heading of the column that names the page above."""
        if any(getattr(model, "owns_content", False) for model in self.parent_models):
            return "owner"
        if any(issubclass(model, ScopeMixin) for model in self.parent_models):
            return "region"
        return "parent"

    @property
    def key_headings(self):
        """Return the headings that say which page a row is about."""
        return (self.parent_heading, SLUG, STATE)

    @cached_property
    def cells(self):
        """Return the ``Cell`` of each fact, in the order of the kind's columns, translations last."""
        model = self.kind.page_model
        pairs = [(column, codec_for(column, model)) for column in self.kind.columns if column.in_sheet]
        pairs = [(column, codec) for column, codec in pairs if codec is not None]
        cells = [Cell(column.name, column, codec) for column, codec in pairs]
        for code in self.languages:
            cells += [
                Cell(f"{column.name}@{code}", column, codec, code)
                for column, codec in pairs
                if column.translated
            ]
        return cells

    @property
    def headings(self):
        """Return all headings in order."""
        return [*self.key_headings, *(cell.heading for cell in self.cells)]

    @cached_property
    def _by_heading(self):
        return {cell.heading: cell for cell in self.cells}

    @property
    def _by_label(self):
        """Return cells by their label in lower case, without labels that two columns share."""
        labels = {}
        for cell in self.cells:
            labels.setdefault(cell.label.casefold(), []).append(cell)
        return {label: cells[0] for label, cells in labels.items() if len(cells) == 1}

    def cell(self, heading):
        """Return the ``Cell`` under ``heading``, which may be the column's label; None when there is none."""
        return self._by_heading.get(heading) or self._by_label.get(heading.casefold())

    def row(self, page):
        """Return the texts of ``page``, as its editors see it, in the order of ``headings``."""
        shown = working_copy(page)
        localiser = registry.localiser()
        translations = {}
        for code in self.languages if localiser else ():
            translations[code] = localiser.read_translation(page=page, language_code=code)
        row = [self.parents.name_at(page.path[: -page.steplen]), shown.slug, state_of(page)]
        for cell in self.cells:
            if cell.language_code:
                row.append(translation_text(cell, translations.get(cell.language_code, {})))
            else:
                row.append(cell.codec.get(shown))
        return row


def working_copy(page):
    """Return ``page`` with the changes that wait for publication: what its editors see."""
    if page.latest_revision_id and (page.has_unpublished_changes or not page.live):
        return page.get_latest_revision_as_object()
    return page


def state_of(page):
    """Return ``published``, ``changed`` (published, newer text waits) or ``draft``."""
    if not page.live:
        return DRAFT
    return CHANGED if page.has_unpublished_changes else PUBLISHED


def translation_text(cell, sentences):
    """Return the cell of a translation from a dict of field name to text."""
    return writable(sentences.get(cell.column.field_name) or "")


def exportable_pages(kind):
    """Return the source pages of ``kind``, in the order of the tree."""
    sheet = Sheet(kind)
    related = {name for cell in sheet.cells for name in cell.codec.related}
    prefetched = {name for cell in sheet.cells for name in cell.codec.prefetched}
    return (
        kind.page_model.objects.filter(locale=Locale.get_default(), alias_of__isnull=True)
        .select_related(*sorted(related), "locale", "latest_revision")
        .prefetch_related(*sorted(prefetched))
        .order_by("path")
    )


def export_sheet(*, kind, pages=None, languages=None, file_format=CSV):
    """Return a file (``bytes``) with a row per page.

    ``pages``: source pages of the kind, default all. ``languages``: codes to add columns for, default all but
    the source. ``file_format``: "csv" or "xlsx". Importing the file unchanged changes nothing.
    """
    sheet = Sheet(kind, languages)
    rows = (sheet.row(page) for page in (exportable_pages(kind) if pages is None else pages))
    return write_table(headings=sheet.headings, rows=rows, file_format=file_format)


def file_name(kind, file_format):
    """Return a name for the file, safe in a header."""
    return f"{re.sub(r'[^a-z0-9-]', '-', kind.slug)}.{file_format}"
