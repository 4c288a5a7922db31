"""The register of kinds, columns and sections, filled by Wagtail hooks.

Hooks (each returns one frozen dataclass or a list of them):

``register_content_kind`` → ``ContentKind``: a kind of page, on every surface.
``register_content_columns`` → ``(kind slug, [Column, …])``: facts added to a kind that somebody else declared.
``register_content_section`` → ``Section``: a block on somebody else's page.
``register_content_page_actions`` → ``PageAction``: a link at the foot of every page with content of its own.
``register_content_text_checks`` → ``TextCheck``: what to look for in texts, as help for those who write them.
``register_content_urls`` → a list of URL patterns below the language prefix.
``register_content_localiser`` → an object that knows translations (one at most; see ``Localiser``).
``register_content_keepers`` → a function from a source page to the active users who keep its region (one at most).
``register_demo_step`` → ``content.demo.DemoStep``: a part of building the demo.

Lists, facets, search, cards, feed, sitemap, API, transfer sheets and the admin's flat list ask
``all_kinds()``; nothing else names a kind.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Protocol

from django.apps import apps
from django.contrib.auth import get_user_model
from wagtail import hooks

from .vocabularies import Door

HOOK_NAMES = (
    "register_content_kind",
    "register_content_columns",
    "register_content_section",
    "register_content_page_actions",
    "register_content_text_checks",
    "register_content_urls",
    "register_content_localiser",
    "register_content_audit_actions",
    "register_content_keepers",
    "register_demo_step",
)


@dataclass(frozen=True)
class Facet:
    """One way to narrow a list.

    ``values``: takes a page, returns the stable keys the page is found under, the same in every language.
    ``choices``: returns ``[(key, label)]`` in the order to show, labels in the active language.
    ``is_flag``: a single yes/no tick; ``values`` then returns ``["yes"]`` or ``[]``.
    """

    slug: str
    label: Any
    values: Callable[[Any], Iterable[str]]
    choices: Callable[[], list[tuple[str, Any]]]
    is_flag: bool = False
    icon: str = ""


@dataclass(frozen=True)
class Column:
    """One fact of a kind, wherever facts appear as a table: sheets, API, the admin's flat list.

    ``name``: stable key, also the heading in sheets. ``field``: model field behind it (default: ``name``).
    ``label``: shown to people; the field's verbose name when empty. ``translated``: sheets have one column
    per language, ``name`` and ``name@tr``. ``read``/``write``: for values that are no plain field; ``read`` takes
    a page and returns a string, ``write`` takes a page and a string and raises ``ValidationError``.
    ``in_list``, ``in_sheet``, ``in_api``: where it appears. Never put what readers may not see in the API.
    """

    name: str
    field: str = ""
    label: Any = ""
    translated: bool = False
    read: Callable[[Any], str] | None = None
    write: Callable[[Any, str], None] | None = None
    in_list: bool = False
    in_sheet: bool = True
    in_api: bool = True

    @property
    def field_name(self):
        """Return the name of the model field."""
        return self.field or self.name


@dataclass(frozen=True)
class DateWindow:
    """How a kind's pages lie in time, for kinds that have dates.

    ``keys_between(start, end)``: takes two aware datetimes (``end`` may be None), returns the translation keys of
    pages with a date in the half-open interval, each as 32 hexadecimal digits; ``index.joining`` gets
    thousands of them out of a database at little cost. ``order_field``: model field with the next
    start; pages where it is None are over and leave lists and counts.
    """

    keys_between: Callable[[Any, Any], Iterable[Any]]
    order_field: str
    end_field: str


@dataclass(frozen=True)
class Renewal:
    """How a page of a kind begins anew as a copy, on another day.

    ``first_day``: takes a page, returns the day that people know it by, or None while it has none.
    ``first_day_label``: what that day is called. ``moved``: takes a page and a ``timedelta`` of whole days, returns
    ``{field: value}`` of everything that moves along. ``reset``: takes a page, returns ``{field: value}`` of what told
    of the time that is over. ``dates_in_words``: takes a page, returns ``[(label, text)]``.
    """

    first_day: Callable[[Any], Any]
    first_day_label: Any
    moved: Callable[[Any, Any], dict[str, Any]]
    dates_in_words: Callable[[Any], list[tuple[Any, str]]]
    reset: Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class Preset:
    """A usual way to begin a page of a kind: its form opens filled in, and nothing is saved before people save.

    ``slug``: stable key, of its own within the kind. ``label``, ``description``: lazy strings, what is announced and
    how it usually is. ``icon``: a symbol of the public sprite. ``values``: ``{field: value}``, texts in the source
    language. A text may leave questions open, in square brackets: "[Wer ist eingeladen?]". A page that still asks one
    cannot be published (``content.presets``).
    """

    slug: str
    label: Any
    description: Any
    values: dict[str, Any]
    icon: str = "page"


@dataclass(frozen=True)
class ContentKind:
    """One kind of content; everything the platform does with it is computed from this.

    ``slug``: stable key in URLs of the API, feeds and sheets. ``model``: ``"app_label.ModelName"`` of a
    ``ContentPage``. ``label``/``label_singular``: lazy strings. ``icon``: a symbol of the public sprite;
    ``accent``: one of the design's colours (sun, mint, coral, lilac); ``admin_icon``: one of Wagtail's.
    ``card_template``: template of one result, gets ``page``, ``kind`` and ``request``. ``ordering``: fields
    lists sort by. ``select_related``: relations a card shows.
    ``search_text``: returns further words a page is found by. ``json_ld``: takes page and request,
    returns a schema.org dict or list. ``feed_summary``: plain text for feeds. ``calendar``: takes pages and
    request, returns iCalendar bytes. ``dates``: for kinds that happen at a time. ``expires_on``: takes a page,
    returns the date after which it is gone. ``deadline``: takes a page, returns the last day on which readers can
    answer it, or None. ``related``: takes a page and a limit, returns pages.
    ``renewal``: how a copy is made for another day. ``presets``: usual ways to begin a page, in the order to show.
    ``is_listed``: takes a page, False keeps it out of lists, search, feeds and the API.
    ``demo_sheet``: path of a sheet that the demo loads, relative to the app that declares the kind.
    """

    slug: str
    model: str
    label: Any
    label_singular: Any
    card_template: str
    facets: tuple[Facet, ...] = ()
    columns: tuple[Column, ...] = ()
    icon: str = "page"
    accent: str = "sun"
    admin_icon: str = "doc-full"
    door: Door | None = None
    ordering: tuple[str, ...] = ("-first_published_at", "pk")
    select_related: tuple[str, ...] = ()
    search_text: Callable[[Any], str] | None = None
    json_ld: Callable[[Any, Any], Any] | None = None
    feed_summary: Callable[[Any], str] | None = None
    calendar: Callable[[Iterable[Any], Any], bytes] | None = None
    dates: DateWindow | None = None
    expires_on: Callable[[Any], Any] | None = None
    deadline: Callable[[Any], Any] | None = None
    related: Callable[[Any, int], Iterable[Any]] | None = None
    is_listed: Callable[[Any], bool] | None = None
    renewal: Renewal | None = None
    presets: tuple[Preset, ...] = ()
    demo_sheet: str = ""
    order: int = 100
    intro: Any = ""

    @property
    def page_model(self):
        """Return the model class. Raises ``LookupError`` when its app is not installed."""
        return apps.get_model(self.model)

    def column(self, name):
        """Return the column with that name. Raises ``KeyError``."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def preset(self, slug):
        """Return the preset with that slug, or None."""
        return next((preset for preset in self.presets if preset.slug == slug), None)

    def facet(self, slug):
        """Return the facet with that slug. Raises ``KeyError``."""
        for facet in self.facets:
            if facet.slug == slug:
                return facet
        raise KeyError(slug)


@dataclass(frozen=True)
class Section:
    """A block that one app adds to the detail pages of another's kind.

    ``kinds``: slugs it appears on; empty means all. ``context``: takes page and request, returns the
    template's context, or None to show nothing.
    """

    slug: str
    template: str
    context: Callable[[Any, Any], dict | None]
    kinds: tuple[str, ...] = ()
    order: int = 100


@dataclass(frozen=True)
class PageAction:
    """Something that a reader can do about a page: a link at its foot, below what the page says.

    It stands on pages of every kind, on regions and on plain pages, and on none of a region that has ended.
    ``slug``: a stable name of its own. ``label``: lazy string. ``url``: takes page and request, returns the address
    the link leads to, or "" to show no link on that page; it may ask no database, because every page pays for it.
    ``icon``: a symbol of the public sprite.
    """

    slug: str
    label: Any
    url: Callable[[Any, Any], str]
    icon: str = "info"
    order: int = 100


@dataclass(frozen=True)
class TextCheck:
    """Something to look for in texts, as help and never as a condition: what it finds is shown where people write.

    Exactly one of two functions. ``find``: takes a ``content.text_checks.texts.Text`` and the code of its language.
    ``compare``: takes the page the text belongs to as well, saved or not, with what was typed into the form; it may ask
    no database. Both return a list of ``content.text_checks.hints.Hint``, empty where there is nothing to say or no
    certainty; they run while somebody types, so they take time in proportion to the text.
    ``slug``: a stable name of its own. ``kinds``: slugs of the kinds ``compare`` is asked for; empty means all.
    """

    slug: str
    find: Callable[[Any, str], list] | None = None
    compare: Callable[[Any, str, Any], list] | None = None
    kinds: tuple[str, ...] = ()
    order: int = 100


class Localiser(Protocol):
    """What content needs to know of translations, without knowing who makes them."""

    def write_translation(self, *, page, language_code: str, sentences: dict[str, str], user=None) -> None:
        """Store ``sentences`` (field name → text) as the published translation of the source ``page``."""

    def read_translation(self, *, page, language_code: str) -> dict[str, str]:
        """Return the published translation of ``page`` by field name; empty when there is none."""

    def make_present(self, *, page) -> None:
        """Make the published source ``page`` readable in every language of its region."""

    def minor_edit(self) -> AbstractContextManager:
        """Whatever source is published inside is a minor edit: translations stay approved."""

    def demo_translations(self) -> AbstractContextManager:
        """Whatever translation is written inside is one of the demo, and readers are told so."""

    def is_demo_translation(self, *, page) -> bool:
        """Return whether the translation ``page`` is one of the demo. Asked only where the demo is on."""


@dataclass(frozen=True)
class AuditAction:
    """Something that the audit log records.

    ``key``: a dotted name like "partners.export". ``label``: what somebody did, translated. ``details``: name of a
    detail → its translated label; an entry holds no others. ``words``: name of a detail → what stands for each of
    the keys that it is kept as, for example ``{"way": {"link": _("by a link")}}``.
    """

    key: str
    label: Any
    details: dict[str, Any] = field(default_factory=dict)
    words: dict[str, dict[str, Any]] = field(default_factory=dict)


class DuplicateKind(Exception):
    """Two declarations claim the same slug or model."""


class UnknownKind(KeyError):
    """No kind has that slug. The message names those that exist."""


def _called(hook_name):
    for function in hooks.get_hooks(hook_name):
        result = function()
        yield from result if isinstance(result, list) else [result]


@cache
def _kinds():
    kinds = {}
    for kind in _called("register_content_kind"):
        if kind.slug in kinds:
            raise DuplicateKind(f"The kind “{kind.slug}” is declared twice.")
        kinds[kind.slug] = kind
    for slug, columns in _called("register_content_columns"):
        if slug in kinds:
            kinds[slug] = replace(kinds[slug], columns=(*kinds[slug].columns, *columns))
    return dict(sorted(kinds.items(), key=lambda item: (item[1].order, item[0])))


def all_kinds():
    """Return all declared kinds, in their order. Raises ``DuplicateKind``."""
    return list(_kinds().values())


def kind(slug):
    """Return the kind with that slug. Raises ``UnknownKind``."""
    try:
        return _kinds()[slug]
    except KeyError as error:
        raise UnknownKind(f"No kind “{slug}”; there are: {', '.join(_kinds())}.") from error


def kind_of(model):
    """Return the kind that declares ``model``, or None."""
    label = model._meta.label
    return next((kind for kind in _kinds().values() if kind.model == label), None)


@cache
def _sections():
    return tuple(
        sorted(_called("register_content_section"), key=lambda section: (section.order, section.slug))
    )


def sections_for(kind_slug):
    """Return the sections that appear on pages of that kind, in their order."""
    return [section for section in _sections() if not section.kinds or kind_slug in section.kinds]


@cache
def _page_actions():
    return tuple(
        sorted(_called("register_content_page_actions"), key=lambda action: (action.order, action.slug))
    )


def page_actions(page, request):
    """Return ``[(PageAction, address)]`` of what readers can do about ``page``, in their order.

    Nothing for a page that is not saved, is only looked at before it is published, or lies in a region that has ended.
    """
    scope = page.lineage.scope if page.pk else None
    if not page.pk or getattr(request, "is_preview", False) or (scope is not None and scope.has_ended):
        return []
    found = [(action, action.url(page, request)) for action in _page_actions()]
    return [(action, address) for action, address in found if address]


@cache
def text_checks():
    """Return all ``TextCheck`` objects in their order."""
    return tuple(sorted(_called("register_content_text_checks"), key=lambda check: (check.order, check.slug)))


def localiser():
    """Return the one registered ``Localiser``, or None where no app brings translations."""
    return next(iter(_called("register_content_localiser")), None)


def people_who_keep(page):
    """Return the active users who keep the region that the source ``page`` lies in, as a queryset.

    Nobody where no app says who.
    """
    keepers = next(iter(_called("register_content_keepers")), None)
    return keepers(page) if keepers is not None else get_user_model().objects.none()


def contributed_urls():
    """Return the URL patterns that apps and plugins add below the language prefix."""
    return [pattern for patterns in hooks.get_hooks("register_content_urls") for pattern in patterns()]


def audit_actions():
    """Return the ``AuditAction`` of all apps."""
    return list(_called("register_content_audit_actions"))


def clear():
    """Forget what was collected. For tests that register hooks for a while."""
    _kinds.cache_clear()
    _sections.cache_clear()
    _page_actions.cache_clear()
    text_checks.cache_clear()
