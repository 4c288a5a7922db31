"""Translated sentences from and to plain values: for sheets, the demo content and programs."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue, extract_strings, restore_strings

from . import publishing
from .facts import sentence_names
from .following import present
from .models import CarriedTranslation
from .segments import markup_error, text_hash, translations_of


@transaction.atomic
def write(*, page, language_code, sentences, user=None):
    """See ``translation.services.write_translation``. Returns whether anything was written."""
    locale = Locale.objects.get(language_code=language_code)
    page = type(page).objects.select_related("locale").get(pk=page.pk)
    presence = present(page, locales=[locale])
    text = presence.text
    if locale not in presence.locales:
        raise ValidationError(
            _("“%(page)s” does not appear in %(language)s; its region does without that language.")
            % {"page": page.title, "language": locale.get_display_name()}
        )
    wanted = _sentences_wanted(page, text, sentences)
    stored = translations_of(text, [locale.pk])
    row, state = presence.rows[locale.pk], presence.states[locale.pk]
    if _is_there_already(row, state, wanted, stored):
        return False
    _store(locale, wanted, stored, user)
    publishing.publish_row(
        translation=Translation.objects.select_related("source", "target_locale").get(
            source=text.source, target_locale=locale
        ),
        source_page=page,
        target=row,
        text=text,
        state=state,
        user=user,
        only=wanted,
    )
    return True


def _sentences_wanted(page, text, sentences):
    """Return ``{Sentence: translated text}``; raises ``ValidationError`` by field name."""
    wanted, errors = {}, {}
    by_field = text.by_field
    names = sentence_names(type(page))
    for name, value in sentences.items():
        try:
            if name not in names:
                raise ValidationError(_("“%(name)s” is not translated here.") % {"name": name})
            wanted |= _field_wanted(page._meta.get_field(name), by_field.get(name, []), text, value)
        except ValidationError as error:
            errors[name] = error.messages
    if errors:
        raise ValidationError(errors)
    return {sentence: translated for sentence, translated in wanted.items() if translated}


def _field_wanted(field, sentences, text, value):
    if isinstance(value, dict):
        wanted = {}
        for part_path, part in value.items():
            path = part_path if part_path.startswith(f"{field.name}.") else f"{field.name}.{part_path}"
            there = [sentence for sentence in sentences if sentence.path == path]
            is_rich = any(
                isinstance(other, TemplateSegmentValue) and other.path == path for other in text.others
            )
            wanted |= _one_to_one(there, _split(part, is_rich), path)
        return wanted
    if isinstance(value, (list, tuple)):
        return _one_to_one(sentences, [StringValue.from_plaintext(part).data for part in value], field.name)
    if isinstance(field, StreamField):
        raise ValidationError(_("Give the texts of “%(name)s” one by one.") % {"name": field.name})
    if not value:
        return {}
    return _one_to_one(sentences, _split(value, isinstance(field, RichTextField)), field.name)


def _split(value, is_rich):
    if not is_rich:
        return [StringValue.from_plaintext(value).data]
    return [string.data for string, _attrs in extract_strings(value)[1]]


def _one_to_one(sentences, translated, name):
    if len(sentences) != len(translated):
        raise ValidationError(
            _(
                "The translation of “%(name)s” has %(count)d paragraphs, the original has %(expected)d. "
                "Divide it like the original."
            )
            % {"name": name, "count": len(translated), "expected": len(sentences)}
        )
    pairs = dict(zip(sentences, translated, strict=True))
    for sentence, data in pairs.items():
        message = markup_error(sentence, data)
        if message:
            raise ValidationError(message)
    return pairs


def _is_there_already(row, state, wanted, stored):
    """Return whether readers see exactly these sentences already."""
    if row.alias_of_id is not None or not row.live:
        return False
    approved = {tuple(entry) for entry in state.approved}
    for sentence, data in wanted.items():
        known = stored.get((row.locale_id, sentence.string_id, sentence.context_id))
        if known is None or known.data != data:
            return False
        if (sentence.field, sentence.key, text_hash(data)) not in approved:
            return False
    return True


def _store(locale, wanted, stored, user):
    new, changed = [], []
    now = timezone.now()
    for sentence, data in wanted.items():
        row = stored.get((locale.pk, sentence.string_id, sentence.context_id))
        if row is None:
            row = StringTranslation(
                translation_of_id=sentence.string_id, context_id=sentence.context_id, locale=locale
            )
            new.append(row)
        else:
            changed.append(row)
        row.data, row.translation_type, row.tool_name = data, StringTranslation.TRANSLATION_TYPE_MANUAL, ""
        row.last_translated_by, row.has_error, row.field_error, row.updated_at = user, False, "", now
    names = [
        "data",
        "translation_type",
        "tool_name",
        "last_translated_by",
        "has_error",
        "field_error",
        "updated_at",
    ]
    StringTranslation.objects.bulk_create(new)
    StringTranslation.objects.bulk_update(changed, names)
    CarriedTranslation.objects.filter(string_translation__in=changed).delete()


def read(*, page, language_code):
    """See ``translation.services.read_translation``."""
    row = (
        type(page)
        .objects.filter(
            translation_key=page.translation_key,
            locale__language_code=language_code,
            alias_of__isnull=True,
            live=True,
        )
        .first()
    )
    if row is None:
        return {}
    names = [name for name in sentence_names(type(row)) if name not in row.untranslated_fields]
    result = {}
    streams = {}
    for name in names:
        field = row._meta.get_field(name)
        if isinstance(field, StreamField):
            streams = streams or _stream_texts(row)
            if streams.get(name):
                result[name] = streams[name]
        elif getattr(row, name):
            result[name] = getattr(row, name)
    return result


def _stream_texts(row):
    """Return ``{field: {context path: text}}`` of a page's streams, rich text as HTML."""
    strings, templates = {}, {}
    for segment in extract_segments(row):
        if isinstance(segment, StringSegmentValue):
            strings.setdefault(segment.path, []).append((segment.string, segment.attrs))
        elif isinstance(segment, TemplateSegmentValue):
            templates[segment.path] = segment.template
    result = {}
    for path, parts in strings.items():
        text = restore_strings(templates[path], parts) if path in templates else parts[0][0].render_text()
        result.setdefault(path.split(".")[0], {})[path] = text
    return result
