"""Everything that changes drafts: saving, handing in, approving, giving back.

A *target* is the page in the translator's language. Whoever calls has checked that the user may change it. Every
service locks the row of ``PageTranslationState``, so that two people at one page take turns.
"""

import datetime
from dataclasses import replace

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page, Workflow, WorkflowTask
from wagtail_localize.models import StringTranslation, Translation

from content.languages import language_for
from content.mail.services import queue_mail
from content.sanitise import clean_sentence
from content.signed_links import make_link
from translation import publishing
from translation.desk.services import end_claim
from translation.errors import NothingTranslated, TranslationInvalid
from translation.memory import services as memory
from translation.models import CarriedTranslation, PageTranslationState, TranslatorGroup, Work
from translation.placeholders import to_html
from translation.presence import translated_rows
from translation.states import ensure_states, pending_origins, work_of

from . import checks, selectors
from .models import Draft, DraftVersion, Origin, Submission, TranslationReview

PURPOSE = "translation.review"
#: Somebody who comes back from a holiday still finds the link working.
LINK_VALID_FOR = datetime.timedelta(days=21)
#: Characters of one sentence.
MAX_SENTENCE = 20_000


class Conflict(Exception):
    """Somebody else has saved the sentence in between. ``line``: as it is now."""

    def __init__(self, line):
        super().__init__(line.target)
        self.line = line


class SentenceGone(Exception):
    """The source has changed, and the sentence is not in it any more."""


class InReview(Exception):
    """The translation is handed in, and nobody writes until it is answered or taken back."""


class CannotDecide(Exception):
    """There is nothing to decide, or not for this person. ``reason``: closed, own, or not_yours."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


class Outdated(Exception):
    """What is to be approved is not what was read."""


@transaction.atomic
def save(*, target, segment_id, text, version, user, origin=Origin.PERSON):
    """Keep ``text`` (marked text) as the draft of a sentence; returns its ``Line``.

    ``version``: that of the ``Line`` the text was written for. Saving the same text says that it is right for the
    source of today. Raises ``Conflict``, ``SentenceGone``, ``InReview``, and ``ValidationError`` for a text that is
    too long; nothing is kept then.
    """
    state = _locked(target)
    _check_open(state)
    lines = selectors.some_lines_of(target, [segment_id])
    line = lines.by_segment.get(segment_id)
    if line is None:
        raise SentenceGone
    text = _normal(text)
    if line.version != version and (line.target, line.made_for) != (text, line.source):
        raise Conflict(line)
    (line,) = _write(lines, {segment_id: text}, user=user, origin=origin)
    if not (line.is_pending and origin != Origin.MACHINE and state.work == Work.PERSON):
        refresh_work(state)
    return line


@transaction.atomic
def save_many(*, target, texts, user=None, origin):
    """Keep several drafts at once; ``texts``: segment id → marked text. Returns how many sentences changed.

    What is no sentence of the source any more is left out. Raises ``InReview``.
    """
    state = _locked(target)
    _check_open(state)
    lines = selectors.some_lines_of(target, list(texts))
    known = lines.by_segment
    wanted = {pk: _normal(text) for pk, text in texts.items() if pk in known}
    changed = sum(line != known[line.pk] for line in _write(lines, wanted, user=user, origin=origin))
    if changed:
        refresh_work(state)
    return changed


@transaction.atomic
def discard(*, target, segment_id):
    """Throw the draft of a sentence away: what was approved is there again. Returns the ``Line``."""
    state = _locked(target)
    _check_open(state)
    line = selectors.some_lines_of(target, [segment_id]).by_segment.get(segment_id)
    if line is None:
        raise SentenceGone
    if line.draft is not None:
        Draft.objects.filter(pk=line.draft.pk).update(is_pending=False)
    refresh_work(state)
    return selectors.some_lines_of(target, [segment_id]).by_segment[segment_id]


@transaction.atomic
def submit(*, target, user):
    """Hand in a translation for somebody else to read; where the region wants no review, publish it.

    Returns the ``Submission``, or None when it is published. Raises ``TranslationInvalid`` with what has to be
    mended, by segment, and ``InReview``.
    """
    state = _locked(target)
    _check_open(state)
    source_page = selectors.source_of_translation(target)
    lines = selectors.lines_of(source_page, target.locale)
    if lines is None or not any(line.target for line in lines):
        raise NothingTranslated(_("Nothing is translated yet. Translate at least one whole text."))
    _refuse_errors(lines)
    if not selectors.rule_for(source_page, target.locale).needs_review:
        _publish(state, lines, user)
        return None
    workflow = ensure_review(locale=target.locale)
    target = target.specific
    was_alias = target.alias_of_id is not None
    target.alias_of = None
    # What is handed in lies in the drafts. The revision is for Wagtail's records, and says what readers read anyhow.
    publishing.save_own_revision(target, was_alias=was_alias, user=user, changed=False)
    workflow_state = target.current_workflow_state
    if workflow_state is None:
        workflow_state = workflow.start(target, user)
    else:
        # It came back once; Wagtail keeps one workflow per page.
        workflow_state.resume(user=user)
    submission = Submission.objects.create(task_state=workflow_state.current_task_state, digest=lines.digest)
    _set_work(state, Work.REVIEW)
    _ask(submission, source_page, target, lines, user)
    return submission


@transaction.atomic
def take_back(*, target, user):
    """Let the translators write again; nobody needs to answer any more."""
    state = _locked(target)
    submission = selectors.submission_of(target)
    if submission is not None:
        _close(submission, user)
    refresh_work(state)


@transaction.atomic
def approve(*, target, by, digest):
    """Publish what was handed in; returns a ``PublishedTranslation``.

    ``digest``: that of the ``Lines`` which ``by`` has read. Raises ``CannotDecide``, ``Outdated`` and
    ``TranslationInvalid``; nothing is published then.
    """
    state = _locked(target)
    submission = _decidable(target, by)
    lines = selectors.lines_of(selectors.source_of_translation(target), target.locale)
    if not lines.digest == digest == submission.digest:
        raise Outdated
    _refuse_errors(lines)
    published = _publish(state, lines, by)
    submission.task_state.specific.approve(user=by)
    _tell(submission, published.page, by, is_approved=True)
    return published


@transaction.atomic
def send_back(*, target, by, text):
    """Give a translation back to who handed it in, with words. Raises ``CannotDecide``."""
    state = _locked(target)
    submission = _decidable(target, by)
    submission.task_state.specific.reject(user=by, comment=text)
    refresh_work(state)
    _tell(submission, target, by, is_approved=False, text=text)


def follow_source(*, source_page, locales, states, pairs, is_minor_edit):
    """After the source has changed: drafts belong to the sentences that theirs became.

    ``states``: ``{locale id: PageTranslationState}``. ``pairs``: ``[(old Sentence, new Sentence)]``, each once.
    A translation that is being read has to be handed in again, unless the edit was minor. Called in the
    transaction that wrote the source's segments.
    """
    _carry(pairs, [locale.pk for locale in locales], is_minor_edit)
    for locale in locales:
        state = states[locale.pk]
        if state.work and not (
            state.work == Work.REVIEW and _is_still_read(source_page, locale, is_minor_edit)
        ):
            refresh_work(state)


def _is_still_read(source_page, locale, is_minor_edit):
    """Let a review go on that the source's change does not touch; close any other."""
    target = Page.objects.filter(translation_key=source_page.translation_key, locale=locale).first()
    submission = target and selectors.submission_of(target)
    if submission is None:
        return False
    digest = selectors.lines_of(source_page, locale).digest
    if submission.digest != digest:
        if not is_minor_edit:
            _close(submission, None)
            return False
        Submission.objects.filter(pk=submission.pk).update(digest=digest)
    return True


def ensure_review(*, locale):
    """Return the ``Workflow`` in which translations into ``locale`` are read; made when it is missing."""
    bound = (
        TranslatorGroup.objects.select_for_update(of=("self",)).select_related("workflow").get(locale=locale)
    )
    if bound.workflow is None:
        with override(settings.LANGUAGE_CODE):
            name = _("Translation: %(language)s") % {"language": locale.get_display_name()}
        task, _created = TranslationReview.objects.get_or_create(locale=locale, defaults={"name": name})
        bound.workflow = Workflow.objects.create(name=name)
        WorkflowTask.objects.create(workflow=bound.workflow, task=task, sort_order=0)
        bound.save(update_fields=["workflow"])
    return bound.workflow


def refresh_work(state):
    """Let ``state``, of which nobody is asked to read anything, say what drafts there are."""
    _set_work(state, work_of(pending_origins(state.translation_key, state.locale_id)))


def _set_work(state, work):
    if state.work != work:
        state.work = work
        PageTranslationState.objects.filter(pk=state.pk).update(work=work)


def _locked(target):
    rows = PageTranslationState.objects.select_for_update().filter(
        translation_key=target.translation_key, locale_id=target.locale_id
    )
    row = rows.first()
    if row is None:
        ensure_states(page=target, locales=[target.locale])
        row = rows.get()
    return row


def _check_open(state):
    if state.work == Work.REVIEW:
        raise InReview


def _normal(text):
    if len(text) > MAX_SENTENCE:
        raise ValidationError(
            _("This text has %(length)s characters; at most %(most)s fit here.")
            % {"length": len(text), "most": MAX_SENTENCE}
        )
    return text.replace("\r\n", "\n").replace("\x00", "").strip()


def _write(lines, texts, *, user, origin):
    """Write drafts and their versions; returns the lines of ``texts`` as they are now."""
    now = timezone.now()
    new, old, versions, result = {}, [], [], []
    for pk, text in texts.items():
        line = lines.by_segment[pk]
        if (line.target, line.made_for) == (text, line.source) and line.origin in ("", origin):
            result.append(line)
            continue
        sentence = line.sentence
        # A sentence that stands twice in a text has one translation.
        key = (sentence.string_id, sentence.context_id)
        row = line.draft or new.get(key)
        if row is None:
            new[key] = row = Draft(locale=lines.locale, string_id=key[0], context_id=key[1])
            if line.approved:
                before = DraftVersion(text=line.approved, made_for=line.made_for, origin="", approved_at=now)
                versions.append((row, before))
        if row.pk:
            old.append(row)
        row.text, row.made_for, row.origin, row.author = text, sentence.text, origin, user
        row.is_pending = not (text == line.approved and line.is_approved_for_today)
        row.updated_at = now
        versions.append((row, DraftVersion(text=text, made_for=sentence.text, origin=origin, author=user)))
        result.append(
            replace(
                line,
                target=text,
                made_for=line.source,
                origin=origin if row.is_pending else "",
                is_pending=row.is_pending,
                draft=row,
            )
        )
    Draft.objects.bulk_create(new.values())
    Draft.objects.bulk_update(old, ["text", "made_for", "origin", "author", "is_pending", "updated_at"])
    for row, one in versions:
        one.draft = row
    DraftVersion.objects.bulk_create([one for _row, one in versions])
    return result


def _refuse_errors(lines):
    errors = checks.errors_of(lines, scope_key=selectors.scope_key_of(lines.page))
    if errors:
        by_field = {}
        for pk, messages in errors.items():
            by_field.setdefault(lines.by_segment[pk].sentence.field, []).extend(messages)
        raise TranslationInvalid(by_field, errors)


def _publish(state, lines, user):
    """Copy the drafts to where readers' pages are made from, and publish."""
    pending = [line for line in lines.pending if line.target]
    _store(lines, pending, user)
    Draft.objects.filter(pk__in=[line.draft.pk for line in lines.pending]).update(is_pending=False)
    translation = Translation.objects.select_related("source", "target_locale").get(
        source=lines.text.source, target_locale=lines.locale
    )
    published = publishing.publish_row(
        translation=translation,
        source_page=lines.page,
        target=translated_rows(lines.page)[lines.locale.pk],
        text=lines.text,
        state=state,
        user=user,
    )
    _set_work(state, Work.NONE)
    _remember(lines, pending)
    end_claim(state=state)
    return published


def _remember(lines, pending):
    """Put what was approved into the translation memory, under the names of those who wrote it."""
    by_author = {}
    for line in pending:
        pair = (line.made_for or line.source, line.target, line.sentence.path)
        by_author.setdefault(line.draft.author_id, []).append(pair)
    people = get_user_model().objects.in_bulk([author_id for author_id in by_author if author_id])
    for author_id, pairs in by_author.items():
        memory.remember(locale=lines.locale, pairs=pairs, page=lines.page, user=people.get(author_id))


def _store(lines, pending, user):
    now = timezone.now()
    known = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(
            locale=lines.locale,
            translation_of_id__in=[line.sentence.string_id for line in pending],
            context_id__in=[line.sentence.context_id for line in pending],
        )
    }
    new, old = [], []
    # A sentence that stands twice in a text has one translation.
    for line in {(each.sentence.string_id, each.sentence.context_id): each for each in pending}.values():
        key = (line.sentence.string_id, line.sentence.context_id)
        row = known.get(key) or StringTranslation(
            locale=lines.locale, translation_of_id=key[0], context_id=key[1]
        )
        row.data = clean_sentence(to_html(line.target, line.sentence.text), keeps_blocks=True)
        row.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
        row.tool_name = ""
        row.last_translated_by_id = line.draft.author_id
        row.has_error, row.field_error, row.updated_at = False, "", now
        (old if row.pk else new).append(row)
    StringTranslation.objects.bulk_create(new)
    StringTranslation.objects.bulk_update(
        old,
        [
            "data",
            "translation_type",
            "tool_name",
            "last_translated_by",
            "has_error",
            "field_error",
            "updated_at",
        ],
    )
    CarriedTranslation.objects.filter(string_translation__in=[row.pk for row in old]).delete()
    latest = {}
    for one in DraftVersion.objects.filter(draft_id__in=[line.draft.pk for line in pending]).order_by("pk"):
        latest[one.draft_id] = one
    for one in latest.values():
        one.approved_at, one.approved_by = now, user
    DraftVersion.objects.bulk_update(latest.values(), ["approved_at", "approved_by"])


def _carry(pairs, locale_ids, is_minor_edit):
    """Give drafts of sentences that went to those that came; what was written for the new one already stays."""
    if not pairs:
        return
    became = {(old.string_id, old.context_id): (old, new) for old, new in pairs}
    rows = Draft.objects.filter(
        locale_id__in=locale_ids, string_id__in={old.string_id for old, _new in pairs}
    )
    taken = set(
        Draft.objects.filter(
            locale_id__in=locale_ids, string_id__in={new.string_id for _old, new in pairs}
        ).values_list("locale_id", "string_id", "context_id")
    )
    moved = []
    for row in rows:
        old, new = became.get((row.string_id, row.context_id), (None, None))
        if new is None or (row.locale_id, new.string_id, new.context_id) in taken:
            continue
        taken.add((row.locale_id, new.string_id, new.context_id))
        row.string_id, row.context_id = new.string_id, new.context_id
        if is_minor_edit and row.made_for == old.text:
            row.made_for = new.text
        moved.append(row)
    Draft.objects.bulk_update(moved, ["string", "context", "made_for"])


def why_not_decide(*, target, submission, user):
    """Return why ``user`` may not answer a submission ("closed", "not_yours", "own"), or "" where they may."""
    if submission is None:
        return "closed"
    if not selectors.may_review(user, target):
        return "not_yours"
    source_page = selectors.source_of_translation(target)
    if user.is_superuser or selectors.coordinators_of(source_page).filter(pk=user.pk).exists():
        return ""
    wrote = Draft.objects.filter(
        locale=target.locale, context__object_id=target.translation_key, is_pending=True, author=user
    )
    is_own = submission.task_state.workflow_state.requested_by_id == user.pk or wrote.exists()
    if is_own and not selectors.rule_for(source_page, target.locale).may_approve_own:
        return "own"
    return ""


def _decidable(target, by):
    submission = selectors.submission_of(target)
    reason = why_not_decide(target=target, submission=submission, user=by)
    if reason:
        raise CannotDecide(reason)
    return submission


def _close(submission, user):
    submission.task_state.workflow_state.cancel(user=user)


def subject_of(submission, user):
    """Return the subject of the link with which ``user`` answers a submission."""
    return f"translation:{submission.pk}:{user.pk}"


def _ask(submission, source_page, target, lines, user):
    """Mail everybody who may answer, each in their own language, once; not who handed it in."""
    for reader in selectors.reviewers(source_page, target.locale).exclude(pk=user.pk).exclude(email=""):
        language = language_for(reader)
        with override(language):
            token = make_link(
                purpose=PURPOSE,
                subject=subject_of(submission, reader),
                person=reader.email,
                expires_in=LINK_VALID_FOR,
                binding=lines.digest,
            )
            link = settings.BASE_URL + reverse("translation_review", args=[token])
            language_name = target.locale.get_display_name()
        queue_mail(
            key=f"translation.review:{submission.pk}:{reader.pk}",
            to=reader.email,
            template="translation/mail/review",
            language=language,
            context={
                "title": source_page.title,
                "language_name": language_name,
                "sender": user.get_full_name() or user.get_username(),
                "lines": lines.pending,
                "code": target.locale.language_code,
                "source_code": settings.LANGUAGE_CODE,
                "link": link,
                "days": LINK_VALID_FOR.days,
            },
        )


def _tell(submission, target, by, *, is_approved, text=""):
    """Mail who handed it in that it is published, or why it came back; nothing about one's own decision."""
    user = submission.task_state.workflow_state.requested_by
    if user is None or not user.is_active or not user.email or user == by:
        return
    language = language_for(user)
    with override(language):
        link = settings.BASE_URL + reverse("translation_workbench", args=[target.pk])
        context = {
            "title": target.title,
            "is_approved": is_approved,
            "text": text,
            "sender": by.get_full_name() or by.get_username(),
            "link": link,
            "public": target.full_url or "",
        }
    queue_mail(
        key=f"translation.decided:{submission.pk}",
        to=user.email,
        template="translation/mail/decision",
        language=language,
        context=context,
        contains_secret=False,
    )
