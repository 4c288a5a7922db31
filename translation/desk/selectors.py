"""What lies on a translator's desk: the pages of one language that want something, in the order to do them."""

import datetime
import html
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import pgettext_lazy
from wagtail.models import TaskState, WorkflowState
from wagtail_localize.models import StringSegment, StringTranslation

from content.index.models import IndexEntry
from content.permissions import kept_paths
from translation.drafts.models import Draft, LanguageRule, Origin, Submission
from translation.models import PageTranslationState, State, TranslationWish, Work
from translation.placeholders import plain, to_marked

from .models import Claim
from .sources import Source, read_sources

#: Days before something happens, or ends, from when on it comes before what has no date.
URGENT_DAYS = 7
#: Days within which a reader's wish counts.
WISH_DAYS = 90


class Group(models.TextChoices):
    """Why a page lies on a desk; in the order in which they are shown. A page lies in the first that fits."""

    BACK = "back", pgettext_lazy("group of pages to translate", "Sent back to you")
    DUE = "due", pgettext_lazy("group of pages to translate", "Due soon")
    READ = "read", pgettext_lazy("group of pages to translate", "To read")
    MINE = "mine", pgettext_lazy("group of pages to translate", "In work with you")
    CHANGED = "changed", pgettext_lazy("group of pages to translate", "Changed or incomplete")
    NEW = "new", pgettext_lazy("group of pages to translate", "New")
    OTHERS = "others", pgettext_lazy("group of pages to translate", "In work with others")
    WAITING = "waiting", pgettext_lazy("group of pages to translate", "Others are reading it")


#: From here on somebody else is at it, and nobody is asked to do anything.
WITH_OTHERS = (Group.OTHERS, Group.WAITING)


@dataclass(frozen=True)
class Moment:
    """When something happens next, or when it ends. Aware datetimes; None where there is no date."""

    starts_at: datetime.datetime | None = None
    ends_at: datetime.datetime | None = None

    def is_over(self, now):
        """Return whether nothing comes any more."""
        return self.ends_at is not None and self.ends_at < now

    def urgent_at(self, now):
        """Return the next of both that lies within ``URGENT_DAYS``, or None."""
        last = now + datetime.timedelta(days=URGENT_DAYS)
        return next((at for at in (self.starts_at, self.ends_at) if at and now <= at <= last), None)


@dataclass(frozen=True)
class Entry:
    """A page on the desk. ``target_id``: its row in the language.

    ``urgent_at``: when it happens or ends, where that is soon; ``is_start``: which of both. ``wishes``: of readers.
    ``sent_by`` and ``said``: who handed it in, or who sent it back with which words. ``words``: of the sentences that
    need work; None where nobody has counted.
    """

    source: Source
    target_id: int
    standing: State
    group: Group
    claim: Claim | None = None
    urgent_at: datetime.datetime | None = None
    is_start: bool = False
    is_over: bool = False
    wishes: int = 0
    sent_by: Any = None
    said: str = ""
    words: int | None = None

    @property
    def is_overdue(self):
        """Return whether the day is over that its translator has chosen."""
        return bool(self.claim and self.claim.due_on and self.claim.due_on < timezone.localdate())


@dataclass
class Handed:
    """What of a language is handed in or came back: translation key → ``TaskState``."""

    in_review: dict = field(default_factory=dict)
    sent_back: dict = field(default_factory=dict)


def entries_of(*, user, locale):
    """Return all ``Entry`` objects of ``locale`` for ``user``, without words, in the order to do them.

    Eight queries at most, however many pages.
    """
    now = timezone.now()
    sources, targets = read_sources(user=user, locale=locale)
    states = _states(locale)
    moments = _moments()
    keys_by_target = {pk: key for key, pk in targets.items()}
    handed = _handed(user, locale, keys_by_target)
    own_drafts = set(
        Draft.objects.filter(locale=locale, is_pending=True, author=user)
        .values_list("context__object_id", flat=True)
        .distinct()
    )
    may_answer = _answerable(user, locale, handed, own_drafts)
    entries = []
    for source in sources:
        state = states.get(source.key) or PageTranslationState(translation_key=source.key, locale=locale)
        if source.key not in targets or not state.is_wanted:
            continue
        claim = getattr(state, "claim", None)
        group = _group(user, source, state, claim, handed, may_answer, own_drafts)
        if group is None:
            continue
        moment = moments.get(source.key, Moment())
        urgent_at = moment.urgent_at(now)
        answered = handed.sent_back.get(source.key) if group == Group.BACK else None
        asked = handed.in_review.get(source.key)
        entries.append(
            Entry(
                source=source,
                target_id=targets[source.key],
                standing=state.standing,
                group=group,
                claim=claim,
                urgent_at=urgent_at,
                is_start=urgent_at is not None and urgent_at == moment.starts_at,
                is_over=moment.is_over(now),
                wishes=getattr(state, "wishes", 0),
                sent_by=answered.finished_by if answered else asked and asked.workflow_state.requested_by,
                said=answered.comment if answered else "",
            )
        )
    return sorted(entries, key=_order)


def _order(entry):
    groups = list(Group)
    due = entry.claim.due_on if entry.claim and entry.claim.due_on else datetime.date.max
    far = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    return (
        groups.index(entry.group),
        entry.is_over,
        due if entry.group == Group.DUE else datetime.date.max,
        entry.urgent_at or far,
        -entry.wishes,
        entry.source.title.casefold(),
        entry.source.pk,
    )


def _group(user, source, state, claim, handed, may_answer, own_drafts):
    """Return the ``Group`` of a page, or None where there is nothing to do."""
    key = source.key
    if key in handed.sent_back and state.work != Work.REVIEW and state.standing != State.FRESH:
        return Group.BACK
    is_claimed_by_me = claim is not None and claim.translator_id == user.pk
    if state.work == Work.REVIEW:
        return Group.READ if may_answer(source) else Group.WAITING
    soon = timezone.localdate() + datetime.timedelta(days=URGENT_DAYS)
    if is_claimed_by_me and claim.due_on and claim.due_on <= soon:
        return Group.DUE
    if is_claimed_by_me or (state.work == Work.PERSON and key in own_drafts):
        return Group.MINE
    if claim is not None or state.work == Work.PERSON:
        return Group.OTHERS
    if state.standing == State.FRESH:
        return None
    return Group.NEW if state.state == State.MISSING else Group.CHANGED


def _states(locale):
    """Return ``{translation key: PageTranslationState}`` with ``wishes`` and the claim. One query."""
    since = timezone.localdate() - datetime.timedelta(days=WISH_DAYS)
    wishes = (
        TranslationWish.objects.filter(
            translation_key=OuterRef("translation_key"), locale=OuterRef("locale"), day__gt=since
        )
        .values("translation_key")
        .annotate(sum=Sum("count"))
        .values("sum")
    )
    rows = PageTranslationState.objects.filter(locale=locale).defer("approved")
    rows = rows.select_related("claim__translator").annotate(wishes=Coalesce(Subquery(wishes), 0))
    return {row.translation_key: row for row in rows}


def _moments():
    """Return ``{translation key: Moment}`` of what has a date, from the index. One query."""
    rows = IndexEntry.objects.filter(
        Q(starts_at__isnull=False) | Q(ends_at__isnull=False) | Q(expires_at__isnull=False),
        language=settings.LANGUAGE_CODE,
    )
    return {
        key: Moment(starts_at, ends_at or expires_at)
        for key, starts_at, ends_at, expires_at in rows.values_list(
            "translation_key", "starts_at", "ends_at", "expires_at"
        )
    }


def _handed(user, locale, keys_by_target):
    """Return the ``Handed`` of a language: all that is being read, and what came back to ``user``. One query."""
    of_task, of_workflow = "task_state__status", "task_state__workflow_state__status"
    being_read = {of_task: TaskState.STATUS_IN_PROGRESS, of_workflow: WorkflowState.STATUS_IN_PROGRESS}
    came_back = {of_task: TaskState.STATUS_REJECTED, of_workflow: WorkflowState.STATUS_NEEDS_CHANGES}
    rows = (
        Submission.objects.filter(task_state__task__translationreview__locale=locale)
        .filter(Q(**being_read) | Q(**came_back, task_state__workflow_state__requested_by=user))
        .select_related("task_state__workflow_state__requested_by", "task_state__finished_by")
        .order_by("pk")
    )
    handed = Handed()
    for row in rows:
        key = keys_by_target.get(int(row.task_state.workflow_state.object_id))
        is_read = row.task_state.status == TaskState.STATUS_IN_PROGRESS
        (handed.in_review if is_read else handed.sent_back)[key] = row.task_state
    return handed


def _answerable(user, locale, handed, own_drafts):
    """Return a function that says of a ``Source`` whether ``user`` may answer what was handed in.

    The same as ``drafts.services.why_not_decide``, for many pages at once. Two queries, where something of one's own
    is being read; none otherwise.
    """
    own = {
        key
        for key, task_state in handed.in_review.items()
        if task_state.workflow_state.requested_by_id == user.pk or key in own_drafts
    }
    if not own or user.is_superuser:
        return lambda source: True
    scopes = set(
        LanguageRule.objects.filter(locale=locale, may_approve_own=True).values_list("scope", flat=True)
    )
    kept = kept_paths(user)
    return lambda source: (
        source.key not in own
        or (source.region.key if source.region else source.key) in scopes
        or source.path.startswith(kept)
    )


def with_words(entries, locale):
    """Return ``entries`` with the number of words that each has to be translated. One query."""
    words = words_to_do([entry.source.key for entry in entries], locale)
    return [replace(entry, words=words[entry.source.key]) for entry in entries]


def words_to_do(keys, locale):
    """Return a ``Counter`` of words by translation key: those of the sentences that need work. One query.

    Counts as the workbench does: a sentence needs work without a translation, with one of an older sentence, and with
    a machine's that nobody approved.
    """
    pending = Draft.objects.filter(
        locale=locale, string=OuterRef("string"), context=OuterRef("context"), is_pending=True
    )
    is_done = (
        pending.filter(made_for=OuterRef("string__data")).exclude(text="").exclude(origin=Origin.MACHINE)
    )
    approved = StringTranslation.objects.filter(
        locale=locale, translation_of=OuterRef("string"), context=OuterRef("context"), carried__isnull=True
    ).exclude(data="")
    segments = StringSegment.objects.filter(
        (Q(Exists(pending)) & ~Exists(is_done)) | (~Exists(pending) & ~Exists(approved)),
        source__object_id__in=keys,
        source__locale__language_code=settings.LANGUAGE_CODE,
    )
    words = Counter()
    for key, text in segments.values_list("source__object_id", "string__data"):
        words[key] += len((plain(to_marked(text)) if "<" in text else html.unescape(text)).split())
    return words
