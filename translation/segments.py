"""The sentences of a source page, kept in wagtail-localize's tables and read from there.

wagtail-localize takes about 290 queries to bring its rows up to date with a page. This module writes the same
rows with a few; a test compares them with what its own ``refresh_segments`` writes.

In this app a *sentence* is one of its string segments: a title, a note, or a paragraph of rich text.
"""

import hashlib
import json
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    SegmentOverride,
    String,
    StringSegment,
    StringTranslation,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue, validate_translation_links


def text_hash(text):
    """Return a short hash of a translated sentence."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Sentence:
    """One sentence of a source as it is now.

    ``field``: the page's field it stands in. ``path``: wagtail-localize's context path. ``text``: the sentence
    as inline HTML without attributes. ``key``: its hash.
    """

    segment_id: int
    field: str
    path: str
    order: int
    string_id: int
    context_id: int
    text: str
    key: str
    attrs: str


@dataclass
class SourceText:
    """All sentences of a source and what is needed to put a translation together; read in four queries."""

    source: TranslationSource
    sentences: list[Sentence]
    others: list = field(default_factory=list)
    overridables: list = field(default_factory=list)

    @property
    def by_field(self):
        """Return sentences by field name, in the page's order."""
        result = defaultdict(list)
        for sentence in self.sentences:
            result[sentence.field].append(sentence)
        return dict(result)

    def form_of(self, name):
        """Return everything of the source that the field ``name`` of a translation depends on, to compare."""
        sentences = [(each.path, each.key, each.attrs) for each in self.by_field.get(name, [])]
        others = [
            (other.path, getattr(other, "template", "") or str(other.translation_key))
            for other in self.others
            if other.path.split(".")[0] == name
        ]
        return sentences, sorted(others)

    def keys(self):
        """Return how often each ``(field, key of the sentence)`` occurs."""
        return Counter((sentence.field, sentence.key) for sentence in self.sentences)

    def digest(self):
        """Return one hash over all sentences."""
        return digest_of((sentence.field, sentence.key) for sentence in self.sentences)


def digest_of(pairs):
    """Return one hash over ``(field, key of the sentence)`` pairs, whatever their order."""
    joined = "\n".join(sorted(f"{name} {key}" for name, key in pairs))
    return hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest()


def _sentence(row):
    return Sentence(
        segment_id=row.pk,
        field=row.context.path.split(".")[0],
        path=row.context.path,
        order=row.order,
        string_id=row.string_id,
        context_id=row.context_id,
        text=row.string.data,
        key=row.string.data_hash.hex,
        attrs=row.attrs,
    )


def read_sentences(segments):
    """Return the sentences of the queryset ``segments`` of string segments, in their page's order. One query."""
    return [_sentence(row) for row in segments.select_related("context", "string").order_by("order")]


def read_source_text(source):
    """Return the ``SourceText`` of a ``TranslationSource``."""
    others = []
    for segment in source.templatesegment_set.select_related("context", "template"):
        template = segment.template
        others.append(
            TemplateSegmentValue(
                segment.context.path,
                template.template_format,
                template.template,
                template.string_count,
                order=segment.order,
            )
        )
    for segment in source.relatedobjectsegment_set.select_related("context", "object__content_type"):
        others.append(
            RelatedObjectSegmentValue(
                segment.context.path,
                segment.object.content_type,
                segment.object.translation_key,
                order=segment.order,
            )
        )
    return SourceText(
        source=source,
        sentences=read_sentences(source.stringsegment_set.all()),
        others=others,
        overridables=list(source.overridablesegment_set.select_related("context")),
    )


def source_of(page):
    """Return the ``TranslationSource`` of the source ``page``, or None."""
    return TranslationSource.objects.filter(object_id=page.translation_key, locale_id=page.locale_id).first()


def translation_key_object(page):
    """Return wagtail-localize's record that stands for all translations of ``page`` together."""
    return TranslatableObject.objects.get_or_create(
        translation_key=page.translation_key,
        content_type=ContentType.objects.get_for_model(Page),
    )[0]


def refresh_source(page):
    """Bring wagtail-localize's rows up to date with the source ``page`` (specific, fresh from the database).

    Returns ``(SourceText before, SourceText after)``; before is None for a page that had no rows.
    """
    source = source_of(page)
    before = read_source_text(source) if source is not None else None
    values = {
        "object_repr": str(page)[:200],
        "content_json": page.to_json(),
        "schema_version": _schema_version(page._meta.app_label),
        "last_updated_at": timezone.now(),
    }
    if source is None:
        source = TranslationSource.objects.create(
            object=translation_key_object(page),
            locale_id=page.locale_id,
            specific_content_type=ContentType.objects.get_for_model(type(page)),
            **values,
        )
    elif source.content_json != values["content_json"] or source.schema_version != values["schema_version"]:
        for name, value in values.items():
            setattr(source, name, value)
        source.save(update_fields=list(values))
    else:
        return before, before
    _write_segments(source, page)
    return before, read_source_text(source)


@cache
def _schema_version(app_label):
    """Return the app's last migration. Migrations are not applied under a running process."""
    return get_schema_version(app_label)


def _write_segments(source, page):
    values = extract_segments(page)
    contexts = _contexts(source, page, {value.path for value in values})
    by_type = defaultdict(list)
    for value in values:
        by_type[type(value)].append(value)
    strings = _strings(source.locale_id, [value.string.data for value in by_type[StringSegmentValue]])
    _sync(
        StringSegment,
        source,
        [
            {
                "context_id": contexts[value.path].pk,
                "order": value.order,
                "string_id": strings[value.string.data],
                "attrs": json.dumps(value.attrs, cls=DjangoJSONEncoder),
            }
            for value in by_type[StringSegmentValue]
        ],
    )
    _sync(
        TemplateSegment,
        source,
        [
            {
                "context_id": contexts[value.path].pk,
                "order": value.order,
                "template_id": Template.from_value(value).pk,
            }
            for value in by_type[TemplateSegmentValue]
        ],
    )
    _sync(
        RelatedObjectSegment,
        source,
        [
            {
                "context_id": contexts[value.path].pk,
                "order": value.order,
                "object_id": TranslatableObject.objects.get_or_create(
                    content_type=value.content_type, translation_key=value.translation_key
                )[0].pk,
            }
            for value in by_type[RelatedObjectSegmentValue]
        ],
    )
    _sync(
        OverridableSegment,
        source,
        [
            {
                "context_id": contexts[value.path].pk,
                "order": value.order,
                "data_json": json.dumps(value.data, cls=DjangoJSONEncoder),
            }
            for value in by_type[OverridableSegmentValue]
        ],
    )


def _contexts(source, page, paths):
    contexts = {
        context.path: context for context in TranslationContext.objects.filter(object_id=source.object_id)
    }
    missing = []
    for path in sorted(paths - contexts.keys()):
        name = path.split(".")[0]
        is_stream = isinstance(page._meta.get_field(name), StreamField)
        missing.append(
            TranslationContext(
                object_id=source.object_id,
                path=path,
                path_id=TranslationContext._get_path_id(path),
                field_path="" if is_stream else name,
            )
        )
    for context in TranslationContext.objects.bulk_create(missing):
        contexts[context.path] = context
        context.get_field_path(page)
    return contexts


def _strings(locale_id, texts):
    hashes = {String._get_data_hash(text): text for text in texts}
    rows = dict(
        String.objects.filter(locale_id=locale_id, data_hash__in=hashes).values_list("data_hash", "pk")
    )
    missing = [
        String(locale_id=locale_id, data_hash=data_hash, data=text)
        for data_hash, text in hashes.items()
        if data_hash not in rows
    ]
    if missing:
        String.objects.bulk_create(missing, ignore_conflicts=True)
        rows = dict(
            String.objects.filter(locale_id=locale_id, data_hash__in=hashes).values_list("data_hash", "pk")
        )
    return {text: rows[data_hash] for data_hash, text in hashes.items()}


def _sync(model, source, wanted):
    """Make ``source``'s rows of ``model`` be ``wanted``; a row whose place alone changed keeps its id."""
    spare = defaultdict(list)
    names = [name for name in (wanted[0] if wanted else {}) if name != "order"]
    for row in model.objects.filter(source=source).order_by("order"):
        spare[tuple(getattr(row, name) for name in names)].append(row)
    moved, new = [], []
    for values in wanted:
        same = spare[tuple(values[name] for name in names)]
        row = next((row for row in same if row.order == values["order"]), same[0] if same else None)
        if row is None:
            new.append(model(source=source, **values))
            continue
        same.remove(row)
        if row.order != values["order"]:
            row.order = values["order"]
            moved.append(row)
    left = [row.pk for rows in spare.values() for row in rows]
    if left:
        model.objects.filter(pk__in=left).delete()
    if moved:
        model.objects.bulk_update(moved, ["order"])
    if new:
        model.objects.bulk_create(new)


def translations_of(text, locale_ids):
    """Return ``{(locale id, string id, context id): StringTranslation}`` for the sentences of ``text``.

    Each has ``carried`` at hand where it was made for an older sentence. One query.
    """
    rows = StringTranslation.objects.filter(
        locale_id__in=locale_ids,
        translation_of_id__in={sentence.string_id for sentence in text.sentences},
        context_id__in={sentence.context_id for sentence in text.sentences},
    ).select_related("carried")
    return {(row.locale_id, row.translation_of_id, row.context_id): row for row in rows}


def carried_source(row):
    """Return the older sentence that the ``StringTranslation`` was made for, or None when it is up to date."""
    carried = getattr(row, "carried", None)
    return carried.old_source if carried is not None else None


def sentence_key(text):
    """Return the key that a sentence with this text has (see ``Sentence.key``)."""
    return uuid.uuid5(String.UUID_NAMESPACE, text).hex


def markup_error(sentence, data):
    """Return what is wrong with the markup of the translated sentence ``data``, or None."""
    try:
        StringValue.from_translated_html(data)
        validate_translation_links(sentence.text, data)
    except ValueError as error:
        return error.args[0]
    return None


def overrides_of(text, locale_ids):
    """Return ``{(locale id, context id): value}`` of links and pictures that a translator replaced."""
    if not text.overridables:
        return {}
    rows = SegmentOverride.objects.filter(
        locale_id__in=locale_ids,
        context_id__in={segment.context_id for segment in text.overridables},
        has_error=False,
    )
    return {(row.locale_id, row.context_id): json.loads(row.data_json) for row in rows}
