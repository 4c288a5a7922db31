"""Lists of one kind: a question from the query string, and its answer with facets, counts and addresses.

The whole state is in the address. Nothing that comes in it raises: what cannot be understood counts as not said.
"""

import datetime
import math
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.models import Locale, Page

from . import registry
from .index.facets import PUBLISHED, TITLE, current_state, facet_index
from .index.search import matching
from .pictures import fetch_renditions, pictures_of

PER_PAGE = 20
LONGEST_QUERY = 200
#: Names in the query string that no facet may have.
RESERVED = ("q", "when", "from", "to", "sort", "page")
WHEN = (("today", gettext_lazy("today")), ("weekend", gettext_lazy("this weekend")))


class LenientText(forms.CharField):
    """Text of any length and content; cut, and without characters that no database takes."""

    def to_python(self, value):
        return super().to_python(str(value or "").replace("\x00", " ")[:LONGEST_QUERY])


class LenientChoices(forms.MultipleChoiceField):
    """Those of the given values that can be chosen, in the order of the choices."""

    def clean(self, value):
        given = set(value) if isinstance(value, list | tuple) else set()
        return [key for key, _label in self.choices if key in given]


class DirectoryForm(forms.Form):
    """Reads the query string of a list of one kind. ``answers()`` never fails.

    Fields: ``q``, one per facet under its slug, ``when``, ``from``, ``to`` for kinds with dates, ``sort``, ``page``.
    """

    def __init__(self, kind, choices, data):
        super().__init__(data)
        self.fields["q"] = LenientText(required=False, strip=True)
        for facet in kind.facets:
            self.fields[facet.slug] = LenientChoices(required=False, choices=choices[facet.slug])
        if kind.dates:
            self.fields["when"] = forms.ChoiceField(required=False, choices=WHEN)
            self.fields["from"] = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
            self.fields["to"] = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
        self.fields["sort"] = forms.ChoiceField(required=False, choices=[("title", ""), ("newest", "")])
        self.fields["page"] = forms.IntegerField(required=False, min_value=1, max_value=1_000_000)

    def answers(self):
        """Return the values by field name; of fields with nonsense in them, nothing."""
        self.is_valid()
        return self.cleaned_data


@dataclass(frozen=True)
class Option:
    """One thing to choose. ``url`` chooses it, or takes the choice back; ``count`` is None where nobody counts."""

    name: str
    key: str
    label: Any
    count: int | None
    is_selected: bool
    url: str


@dataclass(frozen=True)
class FacetView:
    """One facet as a list shows it."""

    slug: str
    label: Any
    icon: str
    is_flag: bool
    options: list[Option]

    @property
    def shown_options(self):
        """Return the options that lead somewhere or are chosen."""
        return [option for option in self.options if option.count or option.is_selected]

    @property
    def selected(self):
        """Return the chosen options."""
        return [option for option in self.options if option.is_selected]

    @property
    def is_open(self):
        """Return whether something is chosen here."""
        return bool(self.selected)


@dataclass(frozen=True)
class DateView:
    """The choice of a time: ``options`` for near ones, ``start`` and ``end`` (dates or None) for one's own."""

    options: list[Option]
    start: datetime.date | None
    end: datetime.date | None

    @property
    def is_selected(self):
        """Return whether a time is chosen."""
        return bool(self.start or self.end or any(option.is_selected for option in self.options))


@dataclass(frozen=True)
class Chip:
    """One choice with the address of the list without it."""

    label: Any
    remove_url: str


@dataclass(frozen=True)
class Suggestion:
    """Without the choice ``label`` there would be ``count`` results, at ``url``."""

    label: Any
    count: int
    url: str


@dataclass(frozen=True)
class PageLink:
    """A page of results; ``number`` is None for a gap."""

    number: int | None
    url: str
    is_current: bool


@dataclass(frozen=True)
class Pagination:
    """Where in the results one is. ``first_item`` and ``last_item`` count from 1; both are 0 when there is none."""

    number: int
    page_count: int
    per_page: int
    first_item: int
    last_item: int
    previous_url: str
    next_url: str
    links: list[PageLink]


@dataclass(frozen=True)
class DirectoryResult:
    """Everything a template needs to show a list."""

    kind: Any
    locale: Locale
    items: list[Any]
    total: int
    q: str
    understood: str
    facets: list[FacetView]
    dates: DateView | None
    sorts: list[Option]
    chips: list[Chip]
    clear_url: str
    suggestions: list[Suggestion]
    pagination: Pagination
    query_string: str
    has_selection: bool


@dataclass(frozen=True)
class _Choice:
    """One thing the reader chose: what it is called and the state without it."""

    label: Any
    state: "_State"


@dataclass(frozen=True)
class _State:
    """What the query string says, in a form that can be changed and written back."""

    q: str = ""
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    when: str = ""
    start: datetime.date | None = None
    end: datetime.date | None = None
    sort: str = ""

    def but(self, **changes):
        """Return a copy with other values."""
        return _State(**{**self.__dict__, **changes})

    def toggled(self, slug, key, keys):
        """Return a copy with one option of a facet chosen, or not any more; ``keys`` are all its options in order."""
        values = {*self.facets[slug]} ^ {key}
        return self.but(facets={**self.facets, slug: tuple(value for value in keys if value in values)})

    @property
    def selection(self):
        """Return the facets with something chosen."""
        return {slug: values for slug, values in self.facets.items() if values}

    def query_string(self, page=1):
        """Return it as the part of an address behind "?", always in the same order."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(slug, value) for slug, values in self.facets.items() for value in values]
        pairs += [("when", self.when)] if self.when else []
        pairs += [("from", self.start.isoformat())] if self.start else []
        pairs += [("to", self.end.isoformat())] if self.end else []
        pairs += [("sort", self.sort)] if self.sort else []
        pairs += [("page", str(page))] if page > 1 else []
        return urlencode(pairs)

    @property
    def has_dates(self):
        """Return whether a time is chosen."""
        return bool(self.when or self.start or self.end)


class DirectoryQuery:
    """One question to the list of ``kind`` in ``locale``.

    ``data``: a ``QueryDict``. ``fixed``: facet slug → values that hold anyway and are neither shown nor part of
    addresses, as a region's page fixes its region.
    """

    def __init__(self, kind, locale, data, *, fixed=None):
        self.kind = kind
        self.locale = locale
        self.fixed = {slug: tuple(values) for slug, values in (fixed or {}).items()}
        self._choices = {
            facet.slug: [(str(key), label) for key, label in facet.choices()] for facet in kind.facets
        }
        self.form = DirectoryForm(kind, self._choices, data)
        answers = self.form.answers()
        start, end = answers.get("from"), answers.get("to")
        if start and end and end < start:
            start, end = end, start
        self.state = _State(
            q=answers.get("q", ""),
            facets={
                facet.slug: tuple(answers.get(facet.slug, ()))
                for facet in kind.facets
                if facet.slug not in self.fixed
            },
            when="" if start or end else answers.get("when", ""),
            start=start,
            end=end,
            sort=answers.get("sort", ""),
        )
        self.page_number = answers.get("page") or 1

    # --- what is found -------------------------------------------------------------------------------------

    @cached_property
    def _index(self):
        return facet_index(self.kind, self.locale.language_code)

    @cached_property
    def _matches(self):
        if not self.state.q:
            return None
        return matching(self.state.q, language=self.locale.language_code, kind=self.kind.slug)

    @cached_property
    def _keys_in_time(self):
        window = _window(self.state)
        return None if window is None else list(self.kind.dates.keys_between(*window))

    def _everything(self, *, with_text=True, with_dates=True):
        """Return the bitmap of what is found before facets are chosen, inside ``with self._index.lock``."""
        index = self._index
        found = index.chosen(self.fixed, index.current())
        if with_text and self._matches is not None:
            found &= index.matching(self._matches)
        if with_dates and self._keys_in_time is not None:
            found &= index.of_keys(self._keys_in_time)
        return found

    def _gather(self):
        """Ask the databases what is needed, so that nothing is asked while others wait for the lock."""
        return self._index, self._matches, self._keys_in_time

    def _ids(self, found, start=0, stop=None):
        """Return ids of the pages in the bitmap ``found`` in the order of this question."""
        index, ordering = self._index, self._ordering()
        if self._matches is None or self.state.sort:
            return index.page_ids(found, ordering, start, stop)
        # The best matches first; those that match equally well as the list is sorted anyway.
        return index.page_ids_by_rank(index.ranked(self._matches, found), ordering, start, stop)

    def _ordering(self):
        return {"title": (TITLE, "pk"), "newest": (f"-{PUBLISHED}", "pk")}.get(
            self.state.sort, self.kind.ordering
        )

    def total(self):
        """Return how many pages there are."""
        self._gather()
        with self._index.lock:
            return self._index.chosen(self.state.selection, self._everything()).bit_count()

    def page_ids(self, limit=None):
        """Return the ids of all pages found, or of the first ``limit``, in order."""
        self._gather()
        with self._index.lock:
            return self._ids(self._index.chosen(self.state.selection, self._everything()), 0, limit)

    def pages(self, limit=100):
        """Return the first ``limit`` pages found, in order, with what cards show."""
        return pages_in_order(self.kind, self.locale, self.page_ids(limit))

    # --- the answer ------------------------------------------------------------------------------------------

    def result(self, request=None, *, per_page=PER_PAGE):
        """Return the ``DirectoryResult``; addresses are below ``request.path``, or start with "?"."""
        self._gather()
        path = request.path if request is not None else ""
        index = self._index
        with index.lock:
            everything = self._everything()
            found = index.chosen(self.state.selection, everything)
            total = found.bit_count()
            page_count = max(1, math.ceil(total / per_page))
            number = min(self.page_number, page_count)
            ids = self._ids(found, (number - 1) * per_page, number * per_page)
            counts = index.counts(self.state.selection, everything)
            suggestions = [] if total else self._suggestions(path, everything)
        choices = self._chosen()
        return DirectoryResult(
            kind=self.kind,
            locale=self.locale,
            items=pages_in_order(self.kind, self.locale, ids),
            total=total,
            q=self.state.q,
            understood=self._matches.understood if self._matches else "",
            facets=self._facet_views(path, counts),
            dates=self._date_view(path),
            sorts=self._sorts(path),
            chips=[Chip(choice.label, _url(path, choice.state)) for choice in choices],
            clear_url=_url(path, self.state.but(q="", facets={}, when="", start=None, end=None)),
            suggestions=suggestions,
            pagination=self._pagination(path, number, page_count, per_page, total),
            query_string=self.state.query_string(),
            has_selection=bool(choices),
        )

    def _chosen(self):
        """Return everything the reader chose as a list of ``_Choice``."""
        state = self.state
        choices = []
        if state.q:
            choices.append(
                _Choice(pgettext("search words", "“%(words)s”") % {"words": state.q}, state.but(q=""))
            )
        for slug, values in state.facets.items():
            labels = dict(self._choices[slug])
            choices += [_Choice(labels[value], state.toggled(slug, value, labels)) for value in values]
        if state.has_dates:
            choices.append(_Choice(_time_label(state), state.but(when="", start=None, end=None)))
        return choices

    def _suggestions(self, path, everything):
        """Return what giving up one choice would bring, the most first."""
        suggestions = []
        for choice in self._chosen():
            state = choice.state
            if state.q == self.state.q and state.has_dates == self.state.has_dates:
                within = everything
            else:
                within = self._everything(with_text=bool(state.q), with_dates=state.has_dates)
            count = self._index.chosen(state.selection, within).bit_count()
            if count:
                suggestions.append(Suggestion(choice.label, count, _url(path, state)))
        return sorted(suggestions, key=lambda suggestion: -suggestion.count)

    def _facet_views(self, path, counts):
        views = []
        for facet in self.kind.facets:
            if facet.slug in self.fixed:
                continue
            chosen = self.state.facets[facet.slug]
            found = counts.get(facet.slug, {})
            keys = [key for key, _label in self._choices[facet.slug]]
            options = [
                Option(
                    name=facet.slug,
                    key=key,
                    label=label,
                    count=found.get(key, 0),
                    is_selected=key in chosen,
                    url=_url(path, self.state.toggled(facet.slug, key, keys)),
                )
                for key, label in self._choices[facet.slug]
            ]
            views.append(FacetView(facet.slug, facet.label, facet.icon, facet.is_flag, options))
        return views

    def _date_view(self, path):
        if not self.kind.dates:
            return None
        options = []
        for key, label in WHEN:
            is_selected = self.state.when == key
            state = self.state.but(when="" if is_selected else key, start=None, end=None)
            options.append(Option("when", key, label, None, is_selected, _url(path, state)))
        return DateView(options, self.state.start, self.state.end)

    def _sorts(self, path):
        first = self.kind.ordering[0]
        if self.state.q:
            usual = pgettext("order of a list", "best match first")
        elif self.kind.dates and first == self.kind.dates.order_field:
            usual = pgettext("order of a list", "soonest first")
        elif first == TITLE:
            usual = pgettext("order of a list", "A to Z")
        else:
            usual = pgettext("order of a list", "newest first")
        labels = {"": usual}
        if self.state.q or first != TITLE:
            labels["title"] = pgettext("order of a list", "A to Z")
        if self.state.q or first != f"-{PUBLISHED}":
            labels["newest"] = pgettext("order of a list", "newest first")
        return [
            Option("sort", key, label, None, key == self.state.sort, _url(path, self.state.but(sort=key)))
            for key, label in labels.items()
        ]

    def _pagination(self, path, number, page_count, per_page, total):
        def url(page):
            return _url(path, self.state, page)

        shown = {1, page_count, *range(max(1, number - 2), min(page_count, number + 2) + 1)}
        links, last = [], 0
        for page in sorted(shown):
            if page > last + 1:
                links.append(PageLink(None, "", False))
            links.append(PageLink(page, url(page), page == number))
            last = page
        return Pagination(
            number=number,
            page_count=page_count,
            per_page=per_page,
            first_item=min((number - 1) * per_page + 1, total),
            last_item=min(number * per_page, total),
            previous_url=url(number - 1) if number > 1 else "",
            next_url=url(number + 1) if number < page_count else "",
            links=links,
        )


def _url(path, state, page=1):
    query = state.query_string(page)
    return f"{path}?{query}" if query or not path else path


def _window(state):
    """Return the chosen time as a pair of aware datetimes, the end open (None) or not part of it; None without."""
    today = timezone.localdate()
    if state.when == "today":
        first, last = today, today
    elif state.when == "weekend":
        last = today + datetime.timedelta(days=6 - today.weekday())
        first = max(today, last - datetime.timedelta(days=1))
    elif state.has_dates:
        first, last = state.start or today, state.end
    else:
        return None
    end = None
    if last is not None:
        # A year with five digits is nobody's; one day more must be a date, too.
        last = min(last, datetime.date.max - datetime.timedelta(days=2))
        end = _midnight(last + datetime.timedelta(days=1))
    # What was over earlier today, or before, is not offered any more.
    return max(_midnight(max(first, today)), timezone.now()), end


def _midnight(day):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def _time_label(state):
    if state.when:
        return dict(WHEN)[state.when]
    values = {
        "start": date_format(state.start, "SHORT_DATE_FORMAT") if state.start else "",
        "end": date_format(state.end, "SHORT_DATE_FORMAT") if state.end else "",
    }
    if state.start and state.end:
        return _("%(start)s to %(end)s") % values
    return _("from %(start)s") % values if state.start else _("until %(end)s") % values


def pages_in_order(kind, locale, page_ids):
    """Return the pages of a kind with these ids, in their order, with what cards show: two queries."""
    if not page_ids:
        return []
    model = kind.page_model
    names = {field.name for field in model._meta.get_fields()}
    related = [*kind.select_related, *(["image"] if "image" in names else [])]
    pages = model.objects.filter(pk__in=page_ids, live=True)
    found = {page.pk: page for page in pages.select_related(*dict.fromkeys(related))}
    for page in found.values():
        page.locale = locale
    fetch_renditions(picture for page in found.values() for picture in pictures_of(page, related))
    return [found[page_id] for page_id in page_ids if page_id in found]


# --- the search page ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SearchGroup:
    """What a search found of one kind; ``kind`` is None for plain pages.

    ``query_string`` leads to all of them in the kind's list.
    """

    kind: Any
    label: Any
    total: int
    items: list[Any]
    query_string: str


@dataclass(frozen=True)
class SearchResult:
    """What a search over all kinds found, by kind, the kind with the best match first."""

    q: str
    understood: str
    total: int
    groups: list[SearchGroup]


@dataclass(frozen=True)
class _PlainPages:
    """What is no kind and found nevertheless, as far as the index wants to know of a kind."""

    slug = ""
    dates = None
    ordering = (TITLE, "pk")


_PLAIN_PAGES = _PlainPages()


def search_all(q, locale, *, limit_per_group=5):
    """Return a ``SearchResult``: what answers ``q`` in ``locale``, of every kind and among plain pages.

    In each group titles that are what was asked for come first, see ``FacetIndex.ranked``. The group with the best
    match comes first; of equally good matches the one with the shorter title, which says less else.
    """
    q = str(q or "").replace("\x00", " ")[:LONGEST_QUERY].strip()
    matches = matching(q, language=locale.language_code)
    state = current_state() if matches else None
    groups = []
    for kind in (_PLAIN_PAGES, *registry.all_kinds()) if matches else ():
        index = facet_index(kind, locale.language_code, state=state)
        with index.lock:
            ranked = index.ranked(matches, index.current())
            total = sum(bitmap.bit_count() for bitmap in ranked)
            page_ids = index.page_ids_by_rank(ranked, kind.ordering, 0, limit_per_group)
        if not total:
            continue
        if kind is _PLAIN_PAGES:
            group = SearchGroup(None, _("Pages"), total, _plain_pages(page_ids), "")
        else:
            items = pages_in_order(kind, locale, page_ids)
            group = SearchGroup(kind, kind.label, total, items, urlencode({"q": q}))
        best = next(place for place, bitmap in enumerate(ranked) if bitmap)
        shortest = len(group.items[0].title) if group.items else math.inf
        groups.append((best, shortest, group))
    groups.sort(key=lambda rated: rated[:2])
    groups = [group for _best, _shortest, group in groups]
    return SearchResult(q, matches.understood, sum(group.total for group in groups), groups)


def _plain_pages(page_ids):
    pages = Page.objects.live().filter(pk__in=page_ids).specific().in_bulk()
    return [pages[page_id] for page_id in page_ids if page_id in pages]
