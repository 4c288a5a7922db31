"""Whom the workspace is for, and the entries it shows, in a constant number of queries."""

import datetime
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from content import registry
from content.reads import reads_of
from organisations.models import Contact, OrganisationPage, RegionPage
from partners.freshness.selectors import as_due
from partners.models import Team, TeamKind
from partners.services import source_pages
from translation.models import State
from translation.selectors import states_by_language

from .registry import Audience


class EntryState(Enum):
    """How an entry stands, with the words for it, in the order in which entries are shown."""

    RETURNED = _("Sent back to you")
    WAITING = _("Waits for approval")
    DRAFT = _("Draft, nobody sees it yet")
    CHANGED = _("Public, with changes nobody sees yet")
    PUBLIC = _("Public")
    OVER = _("Over")

    @property
    def slug(self):
        """Return the name for a style sheet."""
        return self.name.lower()


@dataclass(frozen=True)
class Entry:
    """One page of an organisation, with all that its card says.

    ``languages``: ``{language code: State}`` of the region's other languages. ``reads``: in the last 30 days.
    ``until``: the last day it is valid, or None; ``next_day``: the next day it takes place, for kinds with dates.
    ``due``: the ``Due`` when it is to be confirmed now, or None.
    """

    page: Any
    kind: registry.ContentKind
    state: EntryState
    languages: dict = field(default_factory=dict)
    reads: int = 0
    until: datetime.date | None = None
    next_day: datetime.date | None = None
    due: Any = None

    @property
    def title(self):
        """Return what its people call it: the title of the newest draft."""
        return self.page.draft_title or self.page.title

    @property
    def is_profile(self):
        """Return whether this is the organisation's own page."""
        return self.page.owns_content

    @property
    def language_count(self):
        """Return the number of languages in which it can be read as it stands, the source among them."""
        return 1 + sum(state == State.FRESH for state in self.languages.values())

    @property
    def outdated(self):
        """Return the codes of languages whose translation is older than the text."""
        return [code for code, state in self.languages.items() if state == State.OUTDATED]

    @cached_property
    def note(self):
        """Return what a coordinator wrote when sending it back, or ""."""
        if self.state is not EntryState.RETURNED:
            return ""
        task = self.page.current_workflow_state.current_task_state
        return task.comment if task is not None else ""


def audience_for(user):
    """Return the ``Audience`` of ``user``: the organisations and regions of the teams they are in. Three queries."""
    teams = teams_of(user)
    keys = {kind: [subject for found, subject, _id in teams if found == kind] for kind in TeamKind.values}
    is_network = bool(keys[TeamKind.NETWORK])
    organisations = source_pages(OrganisationPage).filter(translation_key__in=keys[TeamKind.PARTNER])
    regions = source_pages(RegionPage).order_by("title", "pk")
    if not is_network:
        regions = regions.filter(translation_key__in=keys[TeamKind.COORDINATOR])
    return Audience(
        user=user,
        organisations=tuple(
            organisations.select_related("contact", "image", "locale", "logo").order_by("title", "pk")
        ),
        regions=tuple(regions) if is_network or keys[TeamKind.COORDINATOR] else (),
        is_network=is_network,
        collection_ids=frozenset(collection for _kind, _subject, collection in teams if collection),
    )


def teams_of(user):
    """Return ``[(kind, subject, collection id)]`` of the teams that ``user`` is in; asked once per request."""
    if not hasattr(user, "_teams"):
        user._teams = list(Team.objects.filter(group__user=user).values_list("kind", "subject", "collection"))
    return user._teams


def team_kinds(user):
    """Return the kinds of the teams that ``user`` is in, as a set."""
    return {kind for kind, _subject, _collection in teams_of(user)}


def has_workspace(user):
    """Return whether ``user`` is in a team that works on pages of its own."""
    return bool(team_kinds(user) & {TeamKind.PARTNER, TeamKind.COORDINATOR, TeamKind.NETWORK})


def region_of(organisation):
    """Return the region of an organisation, with its contact and the photo, or None. Two queries."""
    regions = RegionPage.objects.select_related("contact", "contact__photo")
    return (
        regions.prefetch_related("contact__photo__renditions").filter(pk=organisation.region_page_id).first()
    )


def own_contacts(organisation):
    """Return the first contacts of an organisation; two are enough to know whether there is a choice. One query."""
    return list(Contact.objects.filter(organisation_key=organisation.translation_key)[:2])


def kinds_of(model, region):
    """Return the kinds that can lie below pages of ``model`` in ``region``, in their order."""
    return [
        kind
        for kind in registry.all_kinds()
        if model in kind.page_model.clean_parent_page_models()
        and (region is None or region.is_active(kind.slug))
    ]


def entries_of(organisation, *, region=None, today):
    """Return the ``Entry`` objects of an organisation, its profile first, then by state, date and title.

    One query per kind and four more, however many entries there are.
    """
    found = [(registry.kind_of(OrganisationPage), organisation)]
    for kind in kinds_of(OrganisationPage, region):
        pages = kind.page_model.objects.filter(
            owner_page=organisation, alias_of__isnull=True, locale__language_code=settings.LANGUAGE_CODE
        )
        found += [(kind, page) for page in pages.select_related("image", "locale").defer_streamfields()]
    pages = [page for _kind, page in found]
    reviews = _reviews(pages)
    translations = states_by_language(pages)
    reads = reads_of([page.translation_key for page in pages])
    codes = region.language_codes() if region is not None else [row.code for row in settings.LANGUAGE_TABLE]
    codes = [code for code in codes if code != settings.LANGUAGE_CODE]
    entries = []
    for kind, page in found:
        page._current_workflow_states = reviews.get(str(page.pk), [])
        known = translations[page.translation_key]
        is_public = page.live and page.first_published_at is not None
        entries.append(
            Entry(
                page=page,
                kind=kind,
                state=_state(page, kind, today),
                languages={code: known.get(code, State.MISSING) for code in codes},
                reads=reads.get(page.translation_key, 0),
                until=kind.expires_on(page) if kind.expires_on else None,
                next_day=_next_day(page, kind),
                due=as_due(page, region, {organisation.pk: organisation}, today) if is_public else None,
            )
        )
    return sorted(entries, key=_order)


def _order(entry):
    return (
        not entry.is_profile,
        list(EntryState).index(entry.state),
        entry.next_day or datetime.date.max,
        entry.title.casefold(),
        entry.page.pk,
    )


def _reviews(pages):
    """Return ``{page id as text: [its active WorkflowState]}``. One query."""
    found = WorkflowState.objects.active().filter(
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        object_id__in=[str(page.pk) for page in pages],
    )
    states = {}
    for state in found.select_related("current_task_state__task").order_by("-created_at"):
        states.setdefault(state.object_id, []).append(state)
    return states


def _state(page, kind, today):
    review = page.current_workflow_state
    if review is not None:
        is_returned = review.status == WorkflowState.STATUS_NEEDS_CHANGES
        return EntryState.RETURNED if is_returned else EntryState.WAITING
    if not page.live:
        return EntryState.OVER if page.expired else EntryState.DRAFT
    last_day = kind.expires_on(page) if kind.expires_on else None
    is_over = kind.dates is not None and getattr(page, kind.dates.order_field) is None
    if is_over or (last_day is not None and last_day < today):
        return EntryState.OVER
    return EntryState.CHANGED if page.has_unpublished_changes else EntryState.PUBLIC


def _next_day(page, kind):
    value = getattr(page, kind.dates.order_field) if kind.dates else None
    return timezone.localdate(value) if isinstance(value, datetime.datetime) else value
