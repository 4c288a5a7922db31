"""How each class of model field looks in one cell of a sheet, and how people may write it.

What is written out is exact and the same in every language; what is read in is generous: keys or labels in the
active or the source language, dates the German way, "ja" and "nein".
"""

import datetime
import json
import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.fields import RichTextField
from wagtail.models import Locale, Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from content.fields import KeysField, LinesField, TriStateField
from content.sanitise import clean_rich_text, html_of, is_html, writable

from .cells import join_list, split_list

YES_WORDS = frozenset({"yes", "y", "ja", "j", "true", "wahr", "1", "x"})
NO_WORDS = frozenset({"no", "n", "nein", "false", "falsch", "0"})
_GERMAN_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::(\d{2}))?(?:\s*Uhr)?", re.IGNORECASE)


@dataclass
class Context:
    """Whom and what a sheet is read for: the person who imports (None: the platform itself), and what was looked up."""

    user: AbstractBaseUser | None = None
    found: dict = field(default_factory=dict)


def _unknown(text, known):
    """Return the error for ``text`` that is none of ``known``, with what was probably meant first."""
    known = [str(entry) for entry in known]
    close = get_close_matches(text, known, n=3, cutoff=0.6)
    if close:
        return ValidationError(
            _("“%(text)s” is not known here. Did you mean %(close)s?"),
            params={"text": text, "close": " / ".join(close)},
        )
    return ValidationError(
        _("“%(text)s” is not known here. Possible are: %(known)s."),
        params={"text": text, "known": "; ".join(known[:25])},
    )


def _in_words(choices):
    """Return ``choices`` as a dict from every way to write one (key or label, in lower case) to its key."""
    words = {}
    for code in {settings.LANGUAGE_CODE, get_language() or settings.LANGUAGE_CODE}:
        with override(code):
            words.update({str(label).casefold(): key for key, label in choices})
    words.update({str(key).casefold(): key for key, _label in choices})
    return words


class Codec:
    """One fact of a page as text.

    ``get`` takes a page and returns the cell; ``put`` takes a page, the cell and a ``Context``, sets the fact and
    raises ``ValidationError``. An empty cell empties the fact, or leaves it where it cannot be empty.
    """

    #: Names of relations that ``get`` follows, for ``select_related``.
    related = ()
    #: The same for ``prefetch_related``.
    prefetched = ()

    def __init__(self, model_field):
        #: The model field behind the fact; None for a column that is none.
        self.field = model_field

    def get(self, page):
        return writable(self.to_text(getattr(page, self.field.name)))

    def put(self, page, text, context):
        text = text.strip()
        if text:
            value = self.to_value(text, page, context)
        elif self.field.null:
            value = None
        elif self.field.blank:
            value = self.field.get_default() if isinstance(self.field, models.JSONField) else ""
        else:
            return
        setattr(page, self.field.name, value)
        self.check(page)

    def check(self, page):
        """Run the field's own validators."""
        setattr(page, self.field.name, self.field.clean(getattr(page, self.field.name), page))

    def to_text(self, value):
        return "" if value is None else str(value)

    def to_value(self, text, page, context):
        return self.field.to_python(text)


class LineCodec(Codec):
    """A short text in one line."""

    def to_value(self, text, page, context):
        return re.sub(r"\s*[\r\n\t]+\s*", " ", text)


class TextCodec(Codec):
    """A text of several lines."""

    def to_value(self, text, page, context):
        return text


class RichTextCodec(Codec):
    """Formatted text as HTML; plain text becomes paragraphs."""

    def get(self, page):
        return writable(clean_rich_text(getattr(page, self.field.name) or "", self.field.features))

    def to_value(self, text, page, context):
        return clean_rich_text(text if is_html(text) else html_of(text), self.field.features)


class ChoiceCodec(Codec):
    """One key of a vocabulary."""

    def to_value(self, text, page, context):
        words = _in_words(self.field.flatchoices)
        try:
            return words[text.casefold()]
        except KeyError:
            raise _unknown(text, [key for key, _label in self.field.flatchoices]) from None


class TriStateCodec(ChoiceCodec):
    """Yes, no, or not known yet."""

    def to_value(self, text, page, context):
        if text.casefold() in YES_WORDS:
            return "yes"
        if text.casefold() in NO_WORDS:
            return "no"
        if text == "?":
            return "unknown"
        return super().to_value(text, page, context)


class YesNoCodec(Codec):
    """Yes or no."""

    def to_text(self, value):
        return "yes" if value else "no"

    def to_value(self, text, page, context):
        word = text.casefold()
        if word in YES_WORDS or word == gettext("yes").casefold():
            return True
        if word in NO_WORDS or word == gettext("no").casefold():
            return False
        raise ValidationError(_("“%(text)s” is neither yes nor no."), params={"text": text})


class NumberCodec(Codec):
    """A whole number."""

    def to_value(self, text, page, context):
        if not re.fullmatch(r"[+-]?\d{1,18}", text):
            raise ValidationError(_("“%(text)s” is no whole number."), params={"text": text})
        return int(text)


class DateCodec(Codec):
    """A day: 2026-12-31 or 31.12.2026."""

    def to_text(self, value):
        return value.isoformat() if value else ""

    def to_value(self, text, page, context):
        german = _GERMAN_DATE.fullmatch(text)
        try:
            if german:
                day, month, year = map(int, german.groups())
                return datetime.date(year, month, day)
            # Spreadsheet programs add midnight to a day.
            return datetime.date.fromisoformat(re.sub(r"[ T]00:00(:00)?$", "", text))
        except ValueError:
            raise ValidationError(
                _("“%(text)s” is no date. Write it like 31.12.2026."), params={"text": text}
            ) from None


class TimeCodec(Codec):
    """A time of day: 14:30."""

    def to_text(self, value):
        if not value:
            return ""
        return value.isoformat(timespec="minutes" if not (value.second or value.microsecond) else "auto")

    def to_value(self, text, page, context):
        match = _TIME.fullmatch(text)
        try:
            if not match:
                return datetime.time.fromisoformat(text)
            return datetime.time(*(int(part or 0) for part in match.groups()))
        except ValueError:
            raise ValidationError(
                _("“%(text)s” is no time. Write it like 14:30."), params={"text": text}
            ) from None


class KeysCodec(Codec):
    """Several keys of a vocabulary: ``a; b``."""

    def to_text(self, value):
        return join_list(value or [])

    def to_value(self, text, page, context):
        words = _in_words(self.field.vocabulary.choices)
        keys = []
        for entry in split_list(text):
            try:
                keys.append(words[entry.casefold()])
            except KeyError:
                raise _unknown(entry, self.field.vocabulary.values) from None
        return keys


class LinesCodec(Codec):
    """Several short texts: ``a; b``."""

    def to_text(self, value):
        return join_list(value or [])

    def to_value(self, text, page, context):
        return list(dict.fromkeys(split_list(text)))


class JsonCodec(Codec):
    """Anything else that has a structure, as JSON."""

    def to_text(self, value):
        return "" if value in (None, [], {}, "") else json.dumps(value, ensure_ascii=False)

    def to_value(self, text, page, context):
        try:
            return json.loads(text)
        except ValueError:
            raise ValidationError(_("This cannot be read. Copy it from an exported sheet.")) from None


class TopicsCodec(Codec):
    """Tags by their slug: ``a; b``. Labels in any language are understood."""

    def __init__(self, model_field):
        super().__init__(model_field)
        self.prefetched = (model_field.name,)

    def get(self, page):
        return join_list(sorted(topic.slug for topic in getattr(page, self.field.name).all()))

    def put(self, page, text, context):
        words = self._words(context)
        topics = []
        for entry in split_list(text):
            try:
                topics.append(words[entry.casefold()])
            except KeyError:
                raise _unknown(entry, sorted({topic.slug for topic in words.values()})) from None
        getattr(page, self.field.name).set(topics)

    def _words(self, context):
        model = self.field.remote_field.model
        if model not in context.found:
            topics = list(model.objects.all())
            words = {str(label).casefold(): topic for topic in topics for label in topic.labels.values()}
            words.update({topic.name.casefold(): topic for topic in topics})
            words.update({topic.slug.casefold(): topic for topic in topics})
            context.found[model] = words
        return context.found[model]


class RelationCodec(Codec):
    """One related object, by what it is called. Subclasses say what that is."""

    def __init__(self, model_field):
        super().__init__(model_field)
        self.related = (model_field.name,)

    def get(self, page):
        related = getattr(page, self.field.name)
        return writable(self.name_of(related)) if related is not None else ""

    def put(self, page, text, context):
        text = text.strip()
        if text or self.field.null:
            setattr(page, self.field.attname, self.key_of(text, page, context) if text else None)

    def key_of(self, text, page, context):
        """Return the primary key of what ``text`` names."""
        names = self.names(page, context)
        matches = names.get(text) or names.get(text.casefold(), [])
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise ValidationError(
                _("“%(text)s” fits %(count)d entries. Write: %(known)s."),
                params={
                    "text": text,
                    "count": len(matches),
                    "known": " / ".join(sorted(name for name, keys in names.items() if keys[0] in matches)),
                },
            )
        raise _unknown(text, sorted({name for name in names if name != name.casefold()} or names))

    def name_of(self, related):
        raise NotImplementedError

    def names(self, page, context):
        """Return a dict from each way to call an object to the primary keys that it means."""
        raise NotImplementedError


def _by_name(pairs):
    """Return ``(name, key)`` pairs as a dict of lists, with names in lower case beside those as written."""
    names = {}
    for name, key in pairs:
        for written in dict.fromkeys((name, name.casefold())):
            keys = names.setdefault(written, [])
            if key not in keys:
                keys.append(key)
    return names


def pages_known_to(user, model):
    """Return the pages of ``model`` that ``user`` may hear of: published ones, and drafts they may work on.

    None is the platform itself and knows all.
    """
    if user is None:
        return model.objects.all()
    theirs = PagePermissionPolicy(model).instances_user_has_any_permission_for(user, {"add", "change"})
    return model.objects.filter(models.Q(live=True) | models.Q(pk__in=theirs.order_by().values("pk")))


class PageCodec(RelationCodec):
    """A page of the source language by its slug; ``parent/slug`` where two have the same."""

    def name_of(self, related):
        twins = type(related).objects.filter(slug=related.slug, locale_id=related.locale_id)
        if twins.exclude(pk=related.pk).exists():
            return "/".join(related.url_path.strip("/").split("/")[-2:])
        return related.slug

    def names(self, page, context):
        model = self.field.remote_field.model
        if model not in context.found:
            pages = pages_known_to(context.user, model).filter(locale=Locale.get_default())
            rows = list(pages.values_list("pk", "slug", "url_path"))
            pairs = [(slug, pk) for pk, slug, _path in rows]
            pairs += [("/".join(path.strip("/").split("/")[-2:]), pk) for pk, _slug, path in rows]
            context.found[model] = _by_name(pairs)
        return context.found[model]


class TitleCodec(RelationCodec):
    """A picture or document by its title; ``title #number`` where two have the same."""

    def name_of(self, related):
        if type(related).objects.filter(title=related.title).exclude(pk=related.pk).exists():
            return f"{related.title} #{related.pk}"
        return related.title

    def names(self, page, context):
        model = self.field.remote_field.model
        if model not in context.found:
            entries = model.objects.all()
            if context.user is not None:
                policy = policy_registry.get_by_type(model)
                entries = policy.instances_user_has_any_permission_for(context.user, ["choose"])
            pairs = list(entries.values_list("title", "pk"))
            context.found[model] = _by_name(pairs + [(f"{title} #{pk}", pk) for title, pk in pairs])
        return context.found[model]


class NameCodec(RelationCodec):
    """Anything else by ``str()``, or by its ``name`` where that is clear.

    The related model may say with a class method ``usable_on(page=…)`` which of its objects people may put on a
    page; it returns a queryset. The platform itself may name all others as well.
    """

    def name_of(self, related):
        return str(related)

    def names(self, page, context):
        model = self.field.remote_field.model
        usable_on = getattr(model, "usable_on", None)
        scope = (model, page.owner_page_id, page.translation_key if page.owns_content else None)
        if scope not in context.found:
            names = _by_name(self._pairs(usable_on(page=page) if usable_on else model.objects.all()))
            if usable_on and context.user is None:
                names = {**_by_name(self._pairs(model.objects.all())), **names}
            context.found[scope] = names
        return context.found[scope]

    @staticmethod
    def _pairs(entries):
        for entry in entries:
            yield str(entry), entry.pk
            if hasattr(entry, "name"):
                yield entry.name, entry.pk


class ColumnCodec(Codec):
    """A column that reads and writes itself."""

    def __init__(self, column, model_field):
        super().__init__(model_field)
        self.column = column

    def get(self, page):
        return writable(self.column.read(page))

    def put(self, page, text, context):
        self.column.write(page, text.strip())


#: The first class that fits decides.
CODECS = (
    (RichTextField, RichTextCodec),
    (KeysField, KeysCodec),
    (LinesField, LinesCodec),
    (models.JSONField, JsonCodec),
    (TriStateField, TriStateCodec),
    (models.BooleanField, YesNoCodec),
    (models.DateField, DateCodec),
    (models.TimeField, TimeCodec),
    (models.IntegerField, NumberCodec),
    (models.TextField, TextCodec),
    (models.CharField, LineCodec),
)


def codec_for(column, model):
    """Return the ``Codec`` of ``column`` on ``model``, or None for a column that can only be read."""
    try:
        model_field = model._meta.get_field(column.field_name)
    except FieldDoesNotExist:
        model_field = None
    if column.read is not None or column.write is not None:
        return ColumnCodec(column, model_field) if column.read and column.write else None
    if model_field is None:
        return None
    if isinstance(model_field, ClusterTaggableManager):
        return TopicsCodec(model_field)
    if isinstance(model_field, models.ForeignKey):
        return _relation_codec(model_field)
    if model_field.choices:
        return (TriStateCodec if isinstance(model_field, TriStateField) else ChoiceCodec)(model_field)
    for field_class, codec in CODECS:
        if isinstance(model_field, field_class) and not isinstance(model_field, models.DateTimeField):
            return codec(model_field)
    return Codec(model_field)


def _relation_codec(model_field):
    related = model_field.remote_field.model
    if issubclass(related, Page):
        return PageCodec(model_field)
    return (TitleCodec if _has_title(related) else NameCodec)(model_field)


@cache
def _has_title(model):
    return any(model_field.name == "title" for model_field in model._meta.get_fields())
