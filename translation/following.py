"""Makes a source's other languages follow it: facts at once, sentences when their translator has been there."""

from collections import defaultdict
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import Q
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, Revision

from content.scopes import ScopeMixin
from content.signals import page_changed

from .assembling import assemble
from .carrying import carry_forward
from .copying import publish_copied
from .drafts import services as drafts
from .facts import Facts, sentence_names
from .models import FollowedSource, PageTranslationState
from .presence import (
    add_missing_rows,
    ensure_translation_records,
    is_source,
    lacks_rows,
    lock_tree,
    remove_unwanted_rows,
    translated_rows,
    wanted_locales,
)
from .publishing import translated_fields
from .segments import (
    SourceText,
    carried_source,
    overrides_of,
    refresh_source,
    text_hash,
    translations_of,
)
from .states import ensure_states, state_of


@dataclass
class Presence:
    """A source and everything about its languages that was read or made on the way.

    ``locales``: those it is wanted in. ``rows`` and ``states`` are by locale id. ``before``: the ``SourceText`` as
    it was known, None for a new page; ``text``: as it is now.
    """

    page: object
    locales: list
    rows: dict
    states: dict
    before: SourceText | None
    text: SourceText


def present(page, *, locales=None, with_children=False):
    """Make every row of the live source ``page`` that is missing, with what its translators need."""
    wanted = wanted_locales(page)
    if locales is not None:
        locales = [locale for locale in wanted if locale in locales]
    if lacks_rows(page, wanted if locales is None else locales):
        lock_tree()
    rows = translated_rows(page, with_children=with_children)
    add_missing_rows(page, wanted if locales is None else locales, rows)
    remove_unwanted_rows(page, wanted, rows)
    before, text = refresh_source(page)
    ensure_translation_records(text.source, wanted)
    states = ensure_states(page=page, locales=wanted)
    return Presence(page=page, locales=wanted, rows=rows, states=states, before=before, text=text)


@transaction.atomic
def follow(page_id, *, is_minor_edit=False):
    """See ``translation.services.follow_source``. Returns the rows that changed."""
    page = Page.objects.select_related("locale").get(pk=page_id).specific
    if not is_source(page) or not page.live:
        return []
    presence = present(page, with_children=True)
    before, text = presence.before, presence.text
    locale_ids = [locale.pk for locale in presence.locales]
    pairs = []
    if before is not None and before is not text:
        pairs = carry_forward(before=before, after=text, locale_ids=locale_ids, is_minor_edit=is_minor_edit)
        drafts.follow_source(
            source_page=page,
            locales=presence.locales,
            states=presence.states,
            pairs=pairs,
            is_minor_edit=is_minor_edit,
        )
    stored = translations_of(text, locale_ids)
    overrides = overrides_of(text, locale_ids)
    same = {
        name
        for name in sentence_names(type(page))
        if before is not None and before.form_of(name) == text.form_of(name)
    }
    facts = Facts(page)
    changed = []
    for locale in presence.locales:
        row = presence.rows[locale.pk]
        state = presence.states[locale.pk]
        if row.alias_of_id is not None:
            if _follow_as_alias(page, row):
                changed.append(row)
            if state.is_copied:
                publish_copied(source_page=page, target=row, text=text, state=state)
            continue
        if is_minor_edit:
            _approve_successors(state, before, text, pairs)
        if _follow_as_translation(facts, row, text, state, stored, overrides, same):
            changed.append(row)
    FollowedSource.objects.update_or_create(
        translation_key=page.translation_key, defaults={"revision_id": page.live_revision_id}
    )
    for row in changed:
        if row.live:
            transaction.on_commit(partial(page_changed.send, sender=type(row), page=row))
    return changed


def _follow_as_alias(page, row):
    """Wagtail keeps an alias in step, but for its slug, which is a fact with us."""
    if row.depth <= 2 or row.slug == page.slug:
        return False
    if find_available_slug(row.get_parent(), page.slug, ignore_page_id=row.pk) != page.slug:
        return False
    row.slug = page.slug
    row.save(clean=False)
    return True


def _approve_successors(state, before, text, pairs):
    """After a minor edit what was approved for a sentence holds for the one it became."""
    if before is None or not state.approved:
        return
    became = {(old.field, old.key): [new.field, new.key] for old, new in pairs}
    state.approved = [
        [*became.get((name, key), [name, key]), translation] for name, key, translation in state.approved
    ]
    if state.source_digest == before.digest():
        state.source_digest = text.digest()


def _follow_as_translation(facts, row, text, state, stored, overrides, same):
    approved = defaultdict(set)
    for name, key, translation in state.approved:
        approved[(name, key)].add(translation)

    def approved_translation(sentence):
        known = stored.get((row.locale_id, sentence.string_id, sentence.context_id))
        if known is None or carried_source(known) is not None:
            return None
        return known.data if text_hash(known.data) in approved[(sentence.field, sentence.key)] else None

    assembly = assemble(
        facts=facts,
        target=row,
        text=text,
        translation_of=approved_translation,
        was_translated=translated_fields(row, state),
        keep=same,
        overrides={
            context: value for (locale_id, context), value in overrides.items() if locale_id == row.locale_id
        },
    )
    comes_back = state.hidden_with_source and not row.live
    if comes_back:
        row.live, row.expired = True, False
        state.hidden_with_source = False
    if assembly.changed or comes_back:
        row.draft_title = row.title if not row.has_unpublished_changes else row.draft_title
        row.save(clean=False)
        if assembly.changed:
            # Child rows that were read ahead may have been replaced.
            row._prefetched_objects_cache = {}
            _rewrite_revisions(facts, row)
    state.approved = [entry for entry in state.approved if entry[0] in assembly.kept] + [
        [sentence.field, sentence.key, text_hash(approved_translation(sentence))]
        for sentence in text.sentences
        if sentence.field in assembly.translated
    ]
    state.state = state_of(approved=state.approved, source_digest=state.source_digest, current=text.keys())
    PageTranslationState.objects.filter(pk=state.pk).update(
        approved=state.approved,
        source_digest=state.source_digest,
        hidden_with_source=state.hidden_with_source,
        state=state.state,
    )
    return bool(assembly.changed or comes_back)


def _rewrite_revisions(facts, row):
    """Write the facts into every revision of a translation that could still be published."""
    task = row.current_workflow_task_state if row.workflow_in_progress else None
    waiting = Q(pk=row.latest_revision_id) | Q(approved_go_live_at__isnull=False)
    if task is not None:
        waiting |= Q(pk=task.revision_id)
    for revision in row.revisions.filter(waiting):
        if revision.pk == row.latest_revision_id and not row.has_unpublished_changes:
            content = row.serializable_data()
        else:
            draft = revision.as_object()
            facts.write_to(draft)
            content = draft.serializable_data()
        Revision.objects.filter(pk=revision.pk).update(content=content)


def pages_with_other_languages(page):
    """Return ids of live source pages below the region ``page`` that are not in its languages; parents first.

    Empty for pages that are no region. Two queries, whatever the number of pages.
    """
    if not isinstance(page, ScopeMixin):
        return []
    below = page.get_descendants().filter(live=True, alias_of__isnull=True).order_by("path")
    wanted = {locale.pk for locale in wanted_locales(page)}
    live, present = defaultdict(set), defaultdict(set)
    rows = Page.objects.filter(translation_key__in=below.values("translation_key")).exclude(
        locale_id=page.locale_id
    )
    for key, locale_id, is_live in rows.values_list("translation_key", "locale_id", "live"):
        present[key].add(locale_id)
        if is_live:
            live[key].add(locale_id)
    return [
        page_id
        for page_id, key in below.values_list("pk", "translation_key")
        if live[key] != wanted or not present[key] >= wanted
    ]
