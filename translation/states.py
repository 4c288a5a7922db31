"""Computes how a page stands in a language, from hashes of sentences and never from times.

*missing*: readers see the source's text. *fresh*: every sentence the source has now was approved.
*outdated*: something was approved, and the source has changed since. *in work*: something was approved, the
source has not changed, and some sentences were never translated.
"""

from collections import Counter

from django.conf import settings
from wagtail.models import Locale
from wagtail_localize.models import StringSegment

from .models import PageTranslationState, State
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
        if state != row.state:
            row.state = state
            wrong.append(row)
    PageTranslationState.objects.bulk_update(wrong, ["state"], batch_size=500)
    return len(wrong)


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
