"""The sentences of a page in one language, as translators, checks and files see them."""

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.utils.text import capfirst
from wagtail.fields import RichTextField
from wagtail.models import WorkflowState
from wagtail_localize.models import StringSegment
from wagtail_localize.segments import TemplateSegmentValue

from content import registry
from content.lineage import lineage_of
from content.signed_links import binding_of
from translation.placeholders import to_marked
from translation.segments import (
    Sentence,
    SourceText,
    carried_source,
    read_sentences,
    read_source_text,
    source_of,
    translations_of,
)

from .models import Draft, LanguageRule, Submission

#: Block tag around a sentence of rich text → what a translator is told it is.
SHAPES = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "li": "list",
    "blockquote": "quote",
}
_BLOCK = re.compile(r"<(/?)(\w+)[^>]*>")
_NO_END = frozenset({"text", "embed", "hr", "br", "img"})


@dataclass(frozen=True)
class Line:
    """A sentence of the source and what there is of it in one language; all texts are marked text.

    ``target`` is "" where nothing is there. ``made_for``: the source sentence that the target translates; the
    same as ``source`` unless the source has changed since. ``approved``: what readers could see of it, "" where
    nothing was approved. ``version`` is sent back with a save, and tells whether somebody else has saved in
    between. ``limit``: characters, or None. ``draft``: the row that is pending or once was. ``place``: the
    label of the field. ``shape``: text, heading, list or quote.
    """

    sentence: Sentence
    source: str
    target: str
    made_for: str
    approved: str
    is_approved_for_today: bool
    is_pending: bool
    origin: str
    limit: int | None
    place: str
    shape: str
    is_single_line: bool
    draft: Draft | None = field(compare=False, repr=False)

    @property
    def pk(self):
        """Return the id of wagtail-localize's segment."""
        return self.sentence.segment_id

    @property
    def is_outdated(self):
        """Return whether there is a translation, of an older sentence."""
        return bool(self.target) and self.made_for != self.source

    @property
    def version(self):
        """Return a short hash of what the translator sees of the target."""
        return hashlib.sha256(f"{self.target}\n{self.made_for}".encode()).hexdigest()[:16]

    @property
    def needs_work(self):
        """Return whether a translator should look at it: nothing there, outdated, or a machine's."""
        return not self.target or self.is_outdated or (self.is_pending and self.origin == "machine")


@dataclass
class Lines:
    """Sentences of ``page`` (the source, specific; None where some are read only) in ``locale``, in their order."""

    page: Any
    locale: Any
    text: SourceText
    lines: list[Line] = field(default_factory=list)

    def __iter__(self):
        return iter(self.lines)

    def __len__(self):
        return len(self.lines)

    @cached_property
    def by_segment(self):
        """Return the lines by the id of their segment."""
        return {line.pk: line for line in self.lines}

    @property
    def pending(self):
        """Return the lines with a draft that nobody has approved."""
        return [line for line in self.lines if line.is_pending]

    @property
    def digest(self):
        """Return one hash over all that there is to read: what is approved is bound to it."""
        return binding_of(
            [[line.sentence.path, line.sentence.key, line.target, line.made_for] for line in self.lines]
        )


def lines_of(source_page, locale):
    """Return the ``Lines`` of the source ``source_page`` (specific) in ``locale``; None where it has no sentences yet.

    Five queries, however many sentences; nine with what stands in the text besides sentences.
    """
    source = source_of(source_page)
    if source is None:
        return None
    text = read_source_text(source)
    return _lines(type(source_page), text, locale, _shapes(text), page=source_page)


def some_lines_of(target, segment_ids):
    """Return the ``Lines`` of these segments of the translation ``target`` (any row of a page), without their shapes.

    Three queries. What is no sentence of the page's source is not among them.
    """
    sentences = read_sentences(
        StringSegment.objects.filter(
            pk__in=segment_ids,
            source__object_id=target.translation_key,
            source__locale__language_code=settings.LANGUAGE_CODE,
        )
    )
    return _lines(target.specific_class, SourceText(source=None, sentences=sentences), target.locale, {})


def _lines(model, text, locale, shapes, *, page=None):
    stored = translations_of(text, [locale.pk])
    drafts = drafts_of(text, locale)
    result = Lines(page=page, locale=locale, text=text)
    for sentence in text.sentences:
        key = (sentence.string_id, sentence.context_id)
        result.lines.append(
            _line(
                model,
                sentence,
                stored.get((locale.pk, *key)),
                drafts.get(key),
                shapes.get((sentence.context_id, sentence.order), "text"),
            )
        )
    return result


def drafts_of(text, locale):
    """Return ``{(string id, context id): Draft}`` for the sentences of ``text``. One query."""
    rows = Draft.objects.filter(
        locale=locale,
        string_id__in={sentence.string_id for sentence in text.sentences},
        context_id__in={sentence.context_id for sentence in text.sentences},
    )
    return {(row.string_id, row.context_id): row for row in rows}


def _line(model, sentence, stored, draft, shape):
    approved = to_marked(stored.data, sentence.text) if stored is not None else ""
    made_for = (carried_source(stored) if stored is not None else None) or sentence.text
    target, origin, is_pending = approved, "", False
    if draft is not None and draft.is_pending:
        target, origin, is_pending, made_for = draft.text, draft.origin, True, draft.made_for
    model_field = model._meta.get_field(sentence.field)
    return Line(
        sentence=sentence,
        source=to_marked(sentence.text),
        target=target,
        made_for=to_marked(made_for),
        approved=approved,
        is_approved_for_today=stored is not None and carried_source(stored) is None,
        is_pending=is_pending,
        origin=origin,
        limit=getattr(model_field, "max_length", None),
        place=capfirst(str(model_field.verbose_name)),
        shape=shape,
        is_single_line=not isinstance(model_field, (models.TextField, RichTextField)),
        draft=draft,
    )


def _shapes(text):
    """Return ``{(context id, order): shape}`` of the sentences in rich text, read from its template."""
    by_path = {}
    for sentence in text.sentences:
        by_path.setdefault(sentence.path, []).append(sentence)
    shapes = {}
    for other in text.others:
        if isinstance(other, TemplateSegmentValue):
            found = _shapes_in(other.template)
            for sentence, shape in zip(by_path.get(other.path, []), found, strict=False):
                shapes[(sentence.context_id, sentence.order)] = shape
    return shapes


def _shapes_in(template):
    """Return the shape of each ``<text position>`` of wagtail-localize's template, in order."""
    result, opened = [], []
    for closing, name in _BLOCK.findall(template):
        if name == "text" and not closing:
            result.append(next((SHAPES[tag] for tag in reversed(opened) if tag in SHAPES), "text"))
        elif name in _NO_END:
            continue
        elif not closing:
            opened.append(name)
        elif name in opened:
            while opened.pop() != name:
                pass
    return result


def scope_key_of(page):
    """Return the key of the region that ``page`` (any row) lies in, as glossary and memory keep it, or ""."""
    scope = lineage_of(page).scope
    return str(scope.translation_key) if scope is not None else ""


def rule_for(page, locale):
    """Return the ``LanguageRule`` of the region that ``page`` lies in, with the defaults where nobody made one."""
    key = scope_key_of(page) or page.translation_key
    return LanguageRule.objects.filter(scope=key, locale=locale).first() or LanguageRule(
        scope=key, locale=locale
    )


def submission_of(target):
    """Return the ``Submission`` of the translation ``target`` that is being reviewed, or None. One query."""
    return (
        Submission.objects.filter(
            task_state__status="in_progress",
            task_state__workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
            task_state__workflow_state__base_content_type=target.get_base_content_type(),
            task_state__workflow_state__object_id=str(target.pk),
        )
        .select_related("task_state__workflow_state__requested_by", "task_state__task")
        .first()
    )


def coordinators_of(source_page):
    """Return the active people who keep the region of ``source_page``, as a queryset."""
    return registry.people_who_keep(source_page)


def may_review(user, target):
    """Return whether ``user`` may read and answer what was handed in for the translation ``target``."""
    if not user.is_active:
        return False
    if user.is_superuser or user.groups.filter(translator_group__locale=target.locale_id).exists():
        return True
    source = source_of_translation(target)
    return source is not None and coordinators_of(source).filter(pk=user.pk).exists()


def source_of_translation(target):
    """Return the source of ``target`` as a specific page, or None."""
    return (
        target.specific_class.objects.filter(
            translation_key=target.translation_key,
            locale__language_code=settings.LANGUAGE_CODE,
            alias_of__isnull=True,
        )
        .select_related("locale")
        .first()
    )


def reviewers(source_page, locale):
    """Return who may read a translation into ``locale``: its translators, and who keeps the region."""
    people = get_user_model().objects.filter(is_active=True)
    return (
        people.filter(groups__translator_group__locale=locale)
        | people.filter(pk__in=coordinators_of(source_page))
    ).distinct()
