"""Everything that changes translations. Other apps reach it through ``content.registry.localiser()``.

A *source* is a page in the language of ``settings.LANGUAGE_CODE``. All services can be called again without harm.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import GroupPagePermission, Locale, Page

from content.languages import language

from . import cascading, copying, following, publishing, selectors, states
from . import sentences as plain_sentences
from .models import PageTranslationState, State, TranslatorGroup
from .presence import ensure_translation_records, is_source
from .segments import refresh_source, source_of

_minor = ContextVar("a minor edit is being published", default=False)


def make_present(*, page):
    """Make the published source ``page`` readable in every language of its region.

    Where there is no translation an alias shows the source; parents are made first. A page outside a region
    appears in every language. Does nothing for drafts and for pages in other languages.
    """
    with transaction.atomic():
        page = Page.objects.select_related("locale").get(pk=page.pk).specific
        if is_source(page) and page.live:
            following.present(page)


def follow_source(*, page, is_minor_edit=False):
    """Make every language of the published source ``page`` follow it.

    Makes the page present; writes all facts into every translation, and into its draft; keeps translated
    sentences as they are and marks those whose source changed; recomputes the states. ``is_minor_edit``: a
    comma, a typing error; sentences stay approved. Returns the rows that changed.
    """
    return following.follow(page.pk, is_minor_edit=is_minor_edit)


def follow_region(*, page):
    """Make every published source page below the region ``page`` present in the languages it has now."""
    for page_id in following.pages_with_other_languages(page):
        following.follow(page_id)


@contextmanager
def minor_edit():
    """Whatever is published inside is a minor edit: translations stay approved."""
    token = _minor.set(True)
    try:
        yield
    finally:
        _minor.reset(token)


def is_minor_edit():
    """Return whether a minor edit is being published here and now."""
    return _minor.get()


def demo_translations():
    """Whatever translation is published inside this context came with the demo, and readers are told so."""
    return publishing.demo_translations()


def ensure_translation(*, source_page, locale):
    """Return wagtail-localize's ``Translation`` of ``source_page`` into ``locale``, enabled; made if missing."""
    source_page = source_page.specific
    with transaction.atomic():
        source = source_of(source_page)
        if source is None:
            source = refresh_source(source_page)[1].source
        ensure_translation_records(source, [locale])
        source.translations.filter(target_locale=locale, enabled=False).update(enabled=True)
    return source.translations.select_related("source__locale", "target_locale").get(target_locale=locale)


def forget_translation(*, page):
    """After ``page`` was given up as a translation: it shows its source again, and nothing of it is approved."""
    PageTranslationState.objects.filter(
        translation_key=page.translation_key, locale_id=page.locale_id
    ).update(
        state=State.MISSING,
        approved=[],
        source_digest="",
        hidden_with_source=False,
        is_demo=False,
        is_copied=False,
    )


def publish_translation(*, translation, user=None):
    """Publish what is translated of wagtail-localize's ``translation``; returns a ``PublishedTranslation``.

    A text of which a sentence is missing keeps the translation readers know, or shows the source. Raises
    ``translation.errors.TranslationInvalid`` with messages by field and segment; nothing is published then.
    """
    return publishing.publish(translation=translation, user=user)


def write_translation(*, page, language_code, sentences, user=None):
    """Store ``sentences`` as the approved, published translation of the source ``page``.

    ``sentences``: field name → text. Rich text is HTML with as many paragraphs as the source. A stream is a dict of
    wagtail-localize's context path (with or without the field's name) → text, or a list of texts in the
    source's order. Empty texts are left
    out. Raises ``ValidationError`` by field. Returns whether anything had to be written.
    """
    return plain_sentences.write(page=page, language_code=language_code, sentences=sentences, user=user)


def copy_translations(*, original, copy):
    """Give ``copy``, a draft that says the same as the source page ``original``, its approved translations.

    Readers see them when the copy is published; a text that was changed until then shows the source, and its translator
    finds the old translation. Returns the language codes, in the table's order. Called again it changes nothing.
    """
    return copying.copy_translations(original, copy)


def read_translation(*, page, language_code):
    """Return what readers see translated of ``page``: field name → text, in the shapes of ``write_translation``.

    Empty when there is no published translation; without the fields that show the source's text.
    """
    return plain_sentences.read(page=page, language_code=language_code)


def is_demo_translation(*, page):
    """Return whether the translation ``page`` came with the demo and was not published by anybody since. One query."""
    return selectors.is_demo_translation(page)


def ensure_locale(*, language_code):
    """Make the locale if it is missing, and every published source page present in it; returns the ``Locale``.

    It starts from today's sources. Raises ``LookupError`` for a code that is not in the language table.
    """
    language(language_code)
    locale, _created = Locale.objects.get_or_create(language_code=language_code)
    if language_code != settings.LANGUAGE_CODE:
        pages = Page.objects.filter(
            live=True, alias_of__isnull=True, depth__gt=1, locale__language_code=settings.LANGUAGE_CODE
        )
        for page in pages.order_by("path").specific().iterator(chunk_size=100):
            make_present(page=page)
    return locale


def ensure_all_locales():
    """Make the locale of every language of the table, as ``ensure_locale`` does."""
    for row in settings.LANGUAGE_TABLE:
        ensure_locale(language_code=row.code)


def note_hiding_with_source(*, page):
    """Remember, before ``page`` and its translations are unpublished one by one, that they go together."""
    cascading.note_that_hidden_with_source(page)


def hide_translations(*, page):
    """Take every language of the unpublished source ``page`` from readers, until it is published again."""
    cascading.hide_translations(page)


def move_translations(*, page):
    """Move every language of the source ``page`` to where it was moved."""
    cascading.move_translations(page.pk)
    follow_source(page=page)
    for child in page.get_descendants().filter(live=True, alias_of__isnull=True).order_by("path"):
        follow_source(page=child)


def delete_translations(*, translation_key):
    """Delete every language of a page whose source is gone."""
    cascading.delete_translations(translation_key)


def copy_restrictions(*, page):
    """Let who may read the source ``page`` be who may read it in every language."""
    cascading.copy_restrictions(page.pk)


@transaction.atomic
def ensure_translator_group(*, locale):
    """Return the group whose members translate into ``locale``: its pages, and nothing else.

    They may change and publish the pages of that language, which are all made for them, and keep its glossary; they
    cannot add any page, and have no right over the source or another language. Safe to call again, also by two at once.
    """
    Locale.objects.select_for_update().get(pk=locale.pk)
    bound = TranslatorGroup.objects.filter(locale=locale).select_related("group").first()
    if bound is None:
        group, _created = Group.objects.get_or_create(name=f"Translators {locale.language_code}")
        bound = TranslatorGroup.objects.create(locale=locale, group=group)
    group = bound.group
    group.permissions.set(
        Permission.objects.filter(
            Q(content_type__app_label="wagtailadmin", codename="access_admin")
            | Q(content_type__app_label="translation", codename="keep_glossary")
        )
    )
    roots = Page.objects.filter(depth=2, locale=locale).filter(
        translation_key__in=Page.objects.filter(depth=2, locale__language_code=settings.LANGUAGE_CODE).values(
            "translation_key"
        )
    )
    rights = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=("change_page", "publish_page")
    )
    GroupPagePermission.objects.bulk_create(
        [GroupPagePermission(group=group, page=root, permission=right) for root in roots for right in rights],
        ignore_conflicts=True,
    )
    return group


def ensure_translator_groups():
    """Make the translators' group of every language but the source; returns the groups."""
    locales = Locale.objects.exclude(language_code=settings.LANGUAGE_CODE).order_by("pk")
    return [ensure_translator_group(locale=locale) for locale in locales]


def recompute_states(*, translation_keys=None):
    """Compute the states of all pages anew, or of these; returns how many were wrong."""
    return states.recompute_states(translation_keys)


def catch_up():
    """Follow every publication of a source whose task was lost; returns how many there were."""
    pages = selectors.pages_not_followed()
    for page in pages:
        follow_source(page=page)
    return len(pages)
