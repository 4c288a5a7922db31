"""Publishes a translation: what is translated goes to readers, what is not keeps what they know."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail_localize.models import StringTranslation, TranslationLog

from content.sanitise import is_safe_address

from .assembling import assemble
from .errors import NothingTranslated, SourceNotPublished, TranslationInvalid
from .facts import Facts
from .models import PageTranslationState
from .presence import add_missing_rows, lacks_rows, lock_tree, translated_rows
from .segments import (
    carried_source,
    markup_error,
    overrides_of,
    read_source_text,
    sentence_key,
    text_hash,
    translations_of,
)
from .states import ensure_states, state_of

_publishing = ContextVar("publishing a translation", default=False)
_demo = ContextVar("loading the demo's translations", default=False)


def is_publishing():
    """Return whether a translation is being published here and now, so that signals need not follow it."""
    return _publishing.get()


def is_loading_demo():
    """Return whether what is published here and now are the demo's translations."""
    return _demo.get()


@contextmanager
def demo_translations():
    """See ``translation.services.demo_translations``."""
    token = _demo.set(True)
    try:
        yield
    finally:
        _demo.reset(token)


@contextmanager
def _marked():
    token = _publishing.set(True)
    try:
        yield
    finally:
        _publishing.reset(token)


@dataclass(frozen=True)
class PublishedTranslation:
    """The result: the translated page as it was published, and which fields are not (all) translated.

    ``untranslated``: fields that show the source's text; ``kept``: fields that show an older translation.
    """

    page: object
    untranslated: list[str]
    kept: list[str]


def translated_fields(row, state):
    """Return the names of fields that ``row`` shows in its own language now."""
    if row.alias_of_id is not None:
        return set()
    return {name for name, _key, _translation in state.approved} - set(row.untranslated_fields)


def publish(*, translation, user=None):
    """See ``translation.services.publish_translation``."""
    source_page = translation.source.get_source_instance()
    locale = translation.target_locale
    try:
        with transaction.atomic():
            if lacks_rows(source_page, [locale]):
                lock_tree()
            rows = translated_rows(source_page)
            if source_page.live:
                add_missing_rows(source_page, [locale], rows)
            return publish_row(
                translation=translation,
                source_page=source_page,
                target=rows.get(locale.pk),
                text=read_source_text(translation.source),
                state=ensure_states(page=source_page, locales=[locale])[locale.pk],
                user=user,
            )
    except TranslationInvalid as error:
        _mark_segments(translation, error)
        raise


@transaction.atomic
def publish_row(*, translation, source_page, target, text, state, user=None, only=None):
    """Publish into the row ``target`` what is translated; all arguments are fresh from the database.

    ``only``: sentences that are meant; beside them only what was approved before is published, and no draft
    that a translator is still writing. None means everything.
    """
    source, locale = translation.source, translation.target_locale
    if not source_page.live:
        raise SourceNotPublished(_("The original is not published. Publish it first."))
    stored = translations_of(text, [locale.pk])
    approved = {(name, hashed) for name, _key, hashed in state.approved}
    known = {}
    for sentence in text.sentences:
        row = stored.get((locale.pk, sentence.string_id, sentence.context_id))
        if row is not None and (
            only is None or sentence in only or (sentence.field, text_hash(row.data)) in approved
        ):
            known[sentence.segment_id] = row
    overrides = overrides_of(text, [locale.pk])
    _check_markup(text, known)
    _check_links(text, overrides, locale)
    was_translated = translated_fields(target, state)
    was_alias = target.alias_of_id is not None
    assembly = assemble(
        facts=Facts(source_page),
        target=target,
        text=text,
        translation_of=lambda sentence: getattr(known.get(sentence.segment_id), "data", None),
        was_translated=was_translated,
        overrides={context: value for (_locale, context), value in overrides.items()},
    )
    if not assembly.translated and not assembly.kept:
        raise NothingTranslated(_("Nothing is translated yet. Translate at least one whole text."))
    target.alias_of = None
    try:
        with _marked():
            revision = _save_and_publish(target, was_alias, user)
    except ValidationError as error:
        raise _explained(error, target, text) from error
    _write_state(state, text, known, assembly)
    StringTranslation.objects.filter(pk__in=[row.pk for row in known.values() if row.has_error]).update(
        has_error=False, field_error=""
    )
    TranslationLog.objects.create(source=source, locale=locale, revision=revision)
    return PublishedTranslation(page=target, untranslated=assembly.untranslated, kept=assembly.kept)


def _check_markup(text, known):
    segments, messages = {}, {}
    for sentence in text.sentences:
        row = known.get(sentence.segment_id)
        message = markup_error(sentence, row.data) if row is not None else None
        if message:
            segments.setdefault(sentence.segment_id, []).append(message)
            messages.setdefault(sentence.field, []).append(message)
    if segments:
        raise TranslationInvalid(messages, segments)


def _check_links(text, overrides, locale):
    for segment in text.overridables:
        value = overrides.get((locale.pk, segment.context_id))
        if isinstance(value, str) and not is_safe_address(value):
            raise TranslationInvalid(
                {
                    segment.context.path.split(".")[0]: [
                        _("“%(link)s” is no link that may be used here.") % {"link": value}
                    ]
                }
            )


def _explained(error, target, text):
    """Return ``error``, which the page raised, in the words and at the places that translators know."""
    by_field = text.by_field
    messages, segments = {}, {}
    for name, errors in error.error_dict.items():
        texts = [message for each in errors for message in each.messages]
        if name in by_field:
            messages[name] = texts
            segments |= {sentence.segment_id: texts for sentence in by_field[name]}
        elif name == NON_FIELD_ERRORS:
            messages.setdefault(name, []).extend(texts)
        else:
            label = target._meta.get_field(name).verbose_name
            messages.setdefault(NON_FIELD_ERRORS, []).extend(
                _("The original has to be mended first, at “%(field)s”: %(message)s")
                % {"field": label, "message": each}
                for each in texts
            )
    return TranslationInvalid(messages, segments)


def _save_and_publish(target, was_alias, user):
    target.first_published_at = target.first_published_at or target.last_published_at
    revision = save_own_revision(target, was_alias=was_alias, user=user)
    revision.publish(user=user, skip_permission_checks=True)
    return revision


def save_own_revision(target, *, was_alias, user, **options):
    """Save a revision of ``target``, in memory no alias any more, and return it; ``options`` go to Wagtail.

    ``was_alias``: its row still is one; from now on it is a page of its own, and the log says so.
    """
    if was_alias:
        # A revision can only be made of a page that is no alias any more.
        type(target).objects.filter(pk=target.pk).update(alias_of=None)
    revision = target.save_revision(user=user, clean=False, **options)
    if was_alias:
        log(
            instance=target,
            action="wagtail.convert_alias",
            user=user,
            revision=revision,
            data={"page": {"id": target.pk, "title": target.get_admin_display_title()}},
        )
    return revision


def _write_state(state, text, known, assembly):
    shown = set(assembly.translated)
    approved = [entry for entry in state.approved if entry[0] in assembly.kept]
    for sentence in text.sentences:
        if sentence.field in shown:
            row = known[sentence.segment_id]
            made_for = carried_source(row)
            key = sentence.key if made_for is None else sentence_key(made_for)
            approved.append([sentence.field, key, text_hash(row.data)])
    state.approved = approved
    if not assembly.kept:
        state.source_digest = text.digest()
    state.hidden_with_source = state.is_copied = False
    # Whoever publishes has read the page, unless it is the demo that loads its texts.
    state.is_demo = is_loading_demo()
    state.state = state_of(approved=approved, source_digest=state.source_digest, current=text.keys())
    PageTranslationState.objects.filter(pk=state.pk).update(
        approved=state.approved,
        source_digest=state.source_digest,
        hidden_with_source=False,
        is_copied=False,
        is_demo=state.is_demo,
        state=state.state,
    )


def _mark_segments(translation, error):
    """Leave each message at its segment, where wagtail-localize's editor shows it."""
    for segment in translation.source.stringsegment_set.filter(pk__in=error.segments):
        StringTranslation.objects.filter(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale_id=translation.target_locale_id,
        ).update(has_error=True, field_error=error.segments[segment.pk][0])
