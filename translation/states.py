"""Computes how a page stands in a language, from hashes of sentences and never from times.

*missing*: readers see the source's text. *fresh*: every sentence the source has now was approved.
*outdated*: something was approved, and the source has changed since. *in work*: something was approved, the
source has not changed, and some sentences were never translated.
"""

from collections import Counter

from django.conf import settings
from django.db.models import Exists, OuterRef
from wagtail.models import Locale, Page, TaskState, WorkflowState
from wagtail_localize.models import StringSegment

from .models import Draft, Origin, PageTranslationState, State, Submission, Work
from .segments import digest_of


def state_of(*, approved, source_digest, current):
    """Return the ``State`` of a page in a language.

    ``approved`` and ``source_digest`` are those of ``PageTranslationState``; ``current`` is a ``Counter`` of
    ``(field, key of the sentence)`` of the source as it is now.
    """
    if not approved:
        return State.MISSING
    known = Counter((name, key) for name, key, _translation in approved)
    if known == current:
        return State.FRESH
    if known - current or source_digest != digest_of(current.elements()):
        return State.OUTDATED
    return State.IN_WORK


def recompute_states(translation_keys=None):
    """Compute all states anew, or those of ``translation_keys``; return how many were wrong."""
    rows = PageTranslationState.objects.all()
    segments = StringSegment.objects.filter(source__locale__language_code=settings.LANGUAGE_CODE)
    if translation_keys is not None:
        rows = rows.filter(translation_key__in=translation_keys)
        segments = segments.filter(source__object_id__in=translation_keys)
    works = _works(translation_keys)
    current = {}
    for key, path, data_hash in segments.values_list(
        "source__object_id", "context__path", "string__data_hash"
    ).iterator():
        current.setdefault(key, Counter())[(path.split(".")[0], data_hash.hex)] += 1
    wrong = []
    for row in rows.iterator():
        state = state_of(
            approved=row.approved,
            source_digest=row.source_digest,
            current=current.get(row.translation_key, Counter()),
        )
        work = works.get((row.translation_key, row.locale_id), Work.NONE)
        if (state, work) != (row.state, row.work):
            row.state, row.work = state, work
            wrong.append(row)
    PageTranslationState.objects.bulk_update(wrong, ["state", "work"], batch_size=500)
    return len(wrong)


def work_of(origins):
    """Return the ``Work`` that drafts from this set of origins are, while nobody reads them."""
    if not origins:
        return Work.NONE
    return Work.MACHINE if origins == {Origin.MACHINE} else Work.PERSON


def _pending():
    """Return the drafts that wait for an approval and belong to a sentence of today."""
    segment = StringSegment.objects.filter(
        string_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        source__locale__language_code=settings.LANGUAGE_CODE,
    )
    return Draft.objects.filter(Exists(segment), is_pending=True)


def pending_origins(translation_key, locale_id):
    """Return where the pending drafts of one page in one language came from. One query."""
    drafts = _pending().filter(context__object_id=translation_key, locale_id=locale_id)
    return set(drafts.values_list("origin", flat=True).distinct())


def _works(translation_keys):
    """Return ``{(translation key, locale id): Work}`` of what lies on desks, from the drafts and reviews themselves."""
    drafts = _pending()
    pages = Page.objects.exclude(locale__language_code=settings.LANGUAGE_CODE)
    if translation_keys is not None:
        drafts = drafts.filter(context__object_id__in=translation_keys)
        pages = pages.filter(translation_key__in=translation_keys)
    origins = {}
    for key, locale_id, origin in drafts.values_list("context__object_id", "locale_id", "origin").distinct():
        origins.setdefault((key, locale_id), set()).add(origin)
    works = {place: work_of(found) for place, found in origins.items()}
    reviewed = Submission.objects.filter(
        task_state__status=TaskState.STATUS_IN_PROGRESS,
        task_state__workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    ).values_list("task_state__workflow_state__object_id", flat=True)
    for place in pages.filter(pk__in=[int(pk) for pk in reviewed]).values_list(
        "translation_key", "locale_id"
    ):
        works[place] = Work.REVIEW
    return works


def ensure_states(*, page, locales):
    """Make a row for each of ``locales`` and return them all as ``{locale id: PageTranslationState}``."""
    rows = {
        row.locale_id: row
        for row in PageTranslationState.objects.filter(translation_key=page.translation_key)
    }
    missing = [locale for locale in locales if locale.pk not in rows]
    if missing:
        PageTranslationState.objects.bulk_create(
            [PageTranslationState(translation_key=page.translation_key, locale=locale) for locale in missing],
            ignore_conflicts=True,
        )
        rows = {
            row.locale_id: row
            for row in PageTranslationState.objects.filter(translation_key=page.translation_key)
        }
    return rows


def source_locale():
    """Return the ``Locale`` that pages are written in."""
    return Locale.objects.get(language_code=settings.LANGUAGE_CODE)
