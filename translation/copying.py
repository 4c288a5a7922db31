"""Gives the copy of a page the translations of the page it was made from."""

from contextlib import nullcontext

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation

from . import publishing
from .errors import TranslationInvalid
from .models import PageTranslationState, State
from .segments import read_source_text, refresh_source, source_of, text_hash, translations_of
from .states import ensure_states, state_of


@transaction.atomic
def copy_translations(original, copy):
    """See ``translation.services.copy_translations``."""
    source = source_of(original)
    states = _states_with_translations(original)
    if source is None or not states:
        return []
    text = read_source_text(source)
    _before, own = refresh_source(copy)
    locale_ids = [state.locale_id for state in states]
    stored, known = translations_of(text, locale_ids), translations_of(own, locale_ids)
    own_states = ensure_states(page=copy, locales=[state.locale for state in states])
    rows, codes = [], []
    for state in states:
        translations = _approved(text, state, stored)
        approved = []
        for sentence in own.sentences:
            row = translations.get((sentence.field, sentence.key))
            if row is None:
                continue
            approved.append([sentence.field, sentence.key, text_hash(row.data)])
            if (state.locale_id, sentence.string_id, sentence.context_id) not in known:
                rows.append(_for_sentence(row, sentence))
        mine = own_states[state.locale_id]
        if not approved or mine.approved:
            continue
        PageTranslationState.objects.filter(pk=mine.pk).update(
            approved=approved,
            source_digest=own.digest(),
            is_copied=True,
            is_demo=state.is_demo,
            state=state_of(approved=approved, source_digest=own.digest(), current=own.keys()),
        )
        codes.append(state.locale.language_code)
    # Without signals: nobody looked at these sentences anew, and they were cleaned when they were first stored.
    StringTranslation.objects.bulk_create(rows)
    _copy_overrides(text, own, locale_ids)
    return [row.code for row in settings.LANGUAGE_TABLE if row.code in codes]


def _states_with_translations(page):
    """Return the states of ``page`` in languages in which readers see, or will see, a translation."""
    shown = set(
        Page.objects.filter(
            translation_key=page.translation_key, live=True, alias_of__isnull=True
        ).values_list("locale_id", flat=True)
    )
    states = PageTranslationState.objects.filter(translation_key=page.translation_key)
    return [
        state
        for state in states.select_related("locale").order_by("locale_id")
        if state.approved and (state.locale_id in shown or state.hidden_with_source or state.is_copied)
    ]


def _approved(text, state, stored):
    """Return ``{(field, key): StringTranslation}`` of what was approved for the sentences as they are now."""
    approved = {tuple(entry) for entry in state.approved}
    found = {}
    for sentence in text.sentences:
        row = stored.get((state.locale_id, sentence.string_id, sentence.context_id))
        if row is None:
            continue
        if (sentence.field, sentence.key, text_hash(row.data)) in approved:
            found[(sentence.field, sentence.key)] = row
    return found


def _for_sentence(row, sentence):
    return StringTranslation(
        translation_of_id=sentence.string_id,
        context_id=sentence.context_id,
        locale_id=row.locale_id,
        data=row.data,
        translation_type=row.translation_type,
        tool_name=row.tool_name,
        last_translated_by_id=row.last_translated_by_id,
        updated_at=timezone.now(),
    )


def _copy_overrides(text, own, locale_ids):
    """Copy the links and pictures that translators replaced."""
    places = {segment.context.path: segment.context_id for segment in own.overridables}
    paths = {segment.context_id: segment.context.path for segment in text.overridables}
    if not places or not paths:
        return
    found = SegmentOverride.objects.filter(locale_id__in=locale_ids, context_id__in=paths, has_error=False)
    SegmentOverride.objects.bulk_create(
        [
            SegmentOverride(
                locale_id=override.locale_id,
                context_id=places[paths[override.context_id]],
                last_translated_by_id=override.last_translated_by_id,
                data_json=override.data_json,
            )
            for override in found
            if paths[override.context_id] in places
        ],
        ignore_conflicts=True,
    )


def publish_copied(*, source_page, target, text, state):
    """Publish into the alias ``target`` what was copied together with ``source_page`` and still says the same."""
    current = text.keys()
    # A changed sentence has brought its old translation along: a proposal, and not for readers.
    state.approved = [entry for entry in state.approved if (entry[0], entry[1]) in current]
    translation = text.source.translations.select_related("target_locale").get(
        target_locale_id=state.locale_id
    )
    try:
        with publishing.demo_translations() if state.is_demo else nullcontext():
            publishing.publish_row(
                translation=translation,
                source_page=source_page,
                target=target,
                text=text,
                state=state,
                only=frozenset(),
            )
    except TranslationInvalid:
        # Nothing is left of it, or the page does without: its translators begin with what was copied.
        PageTranslationState.objects.filter(pk=state.pk).update(
            approved=[], source_digest="", is_copied=False, is_demo=False, state=State.MISSING
        )
