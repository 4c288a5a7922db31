"""Puts a translated page together: facts from the source, each text from what is translated."""

import json
from dataclasses import dataclass, field

from wagtail.fields import StreamField
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from content.sanitise import clean_sentence, is_safe_address

from .facts import sentence_names


@dataclass
class Assembly:
    """What ``assemble`` did: names of fields by what readers see in them now."""

    changed: list[str] = field(default_factory=list)
    translated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    untranslated: list[str] = field(default_factory=list)


def assemble(*, facts, target, text, translation_of, was_translated, overrides, keep=frozenset()):
    """Fill ``target`` (in memory) with ``facts`` and with texts.

    ``translation_of``: takes a ``Sentence``, returns its translation or None. ``was_translated``: names of
    fields that ``target`` shows in its own language now. ``overrides``: ``{context id: value}``. ``keep``: names of
    fields that are left as they are if they are translated.

    A field is one text. If all its sentences are translated it is put together anew; if not, it keeps the
    translation that readers know; if there never was one it shows the source's text and is listed in
    ``target.untranslated_fields``. Sentences of two languages are never mixed within a field.
    """
    source_page = facts.source
    result = Assembly(changed=facts.write_to(target))
    by_field = text.by_field
    for name in sentence_names(type(source_page)):
        sentences = by_field.get(name, [])
        translations = {sentence.segment_id: translation_of(sentence) for sentence in sentences}
        before = _stored(target, name)
        if not sentences:
            setattr(target, name, _copy(source_page, name))
        elif name in was_translated and name in keep:
            result.kept.append(name)
        elif all(translations.values()):
            _put_together(source_page, target, name, text, translations, overrides)
            result.translated.append(name)
        elif name in was_translated:
            result.kept.append(name)
        else:
            setattr(target, name, _copy(source_page, name))
            result.untranslated.append(name)
        if _stored(target, name) != before:
            result.changed.append(name)
    if target.untranslated_fields != result.untranslated:
        target.untranslated_fields = result.untranslated
        result.changed.append("untranslated_fields")
    return result


def is_usable(override):
    """Return whether a link that a translator replaced leads where links may lead; None is no override."""
    return override is not None and (not isinstance(override, str) or is_safe_address(override))


def _stored(page, name):
    model_field = page._meta.get_field(name)
    return model_field.get_prep_value(model_field.value_from_object(page))


def _copy(page, name):
    """Return the value of a field so that changing it does not change ``page``."""
    model_field = page._meta.get_field(name)
    value = model_field.value_from_object(page)
    if isinstance(model_field, StreamField):
        return model_field.to_python(model_field.get_prep_value(value))
    return value


def _put_together(source_page, target, name, text, translations, overrides):
    segments = [
        StringSegmentValue(
            sentence.path,
            # Cleaned when stored, too; but not everything that stores goes through our hands.
            StringValue(clean_sentence(translations[sentence.segment_id])),
            attrs=json.loads(sentence.attrs),
        ).with_order(sentence.order)
        for sentence in text.by_field[name]
    ]
    segments += [segment for segment in text.others if segment.path.split(".")[0] == name]
    segments += [
        OverridableSegmentValue(segment.context.path, overrides[segment.context_id], order=segment.order)
        for segment in text.overridables
        if is_usable(overrides.get(segment.context_id)) and segment.context.path.split(".")[0] == name
    ]
    original = type(source_page)(**{name: _copy(source_page, name)})
    ingest_segments(original, target, source_page.locale, target.locale, segments)
