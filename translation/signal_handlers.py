"""Rings for what happens to pages, however it happens: form, API, command or scheduler.

Publications and moves are followed in the background, after commit. Hiding is done at once: what readers must not see
must not wait for a queue.
"""

from functools import partial

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move
from wagtail_localize.models import StringTranslation

from content.sanitise import clean_sentence
from content.scopes import ScopeMixin
from content.untranslated import UntranslatedMixin

from . import services, tasks
from .models import CarriedTranslation, TranslatorGroup
from .presence import is_source
from .publishing import is_publishing


def after_commit(task, *args):
    """Send ``task`` when the data it needs is there; a broker that is down fails no request."""
    transaction.on_commit(partial(task.delay, *args), robust=True)


@receiver(page_published, dispatch_uid="translation.page_published")
def source_published(sender, instance, alias=False, **kwargs):
    """Facts travel, sentences are kept, new pages become present."""
    if not isinstance(instance, UntranslatedMixin):
        return
    if alias:
        _keep_scheduled_alias_hidden(instance)
        return
    if is_source(instance):
        after_commit(tasks.page_published, instance.pk, services.is_minor_edit())
        if isinstance(instance, ScopeMixin):
            after_commit(tasks.region_published, instance.pk)
    elif not is_publishing():
        _follow_source_of(instance)


def _keep_scheduled_alias_hidden(alias):
    """Wagtail shows aliases as soon as the publication of a hidden source is scheduled."""
    if not Page.objects.filter(pk=alias.alias_of_id, live=True).exists():
        alias.unpublish(log_action=None)


@receiver(post_save, dispatch_uid="translation.page_made")
def source_made(sender, instance, created, raw=False, **kwargs):
    """A page that a program adds as published has no publication of its own."""
    if (
        created
        and not raw
        and isinstance(instance, UntranslatedMixin)
        and instance.live
        and is_source(instance)
    ):
        after_commit(tasks.page_published, instance.pk)


@receiver(page_unpublished, dispatch_uid="translation.page_unpublished")
def source_unpublished(sender, instance, **kwargs):
    """Also sent when a page expires, and before one is deleted."""
    if isinstance(instance, UntranslatedMixin) and is_source(instance):
        services.hide_translations(page=instance)


@receiver(post_page_move, dispatch_uid="translation.page_moved")
def source_moved(sender, instance, **kwargs):
    """Place in the tree is ownership, in every language."""
    if is_source(instance.specific):
        after_commit(tasks.page_moved, instance.pk)


@receiver(pre_delete, sender=Page, dispatch_uid="translation.page_deleted")
def page_deleted(sender, instance, **kwargs):
    """With a source every language goes; a deleted translation makes way for the source's text."""
    if instance.locale.language_code == settings.LANGUAGE_CODE:
        if instance.alias_of_id is None:
            after_commit(tasks.source_deleted, str(instance.translation_key))
    else:
        _follow_source_of(instance)


def _follow_source_of(page):
    source = Page.objects.filter(
        translation_key=page.translation_key,
        locale__language_code=settings.LANGUAGE_CODE,
        alias_of__isnull=True,
        live=True,
    ).first()
    if source is not None:
        after_commit(tasks.page_published, source.pk)


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="translation.restricted")
def restriction_changed(sender, instance, **kwargs):
    """A page that not everybody may read is so in every language."""
    after_commit(tasks.restrictions_changed, instance.page_id)


@receiver(
    m2m_changed, sender=PageViewRestriction.groups.through, dispatch_uid="translation.restricted_to_groups"
)
def restriction_groups_changed(sender, instance, action, reverse, **kwargs):
    """The groups of a restriction are saved after it."""
    if not reverse and action.startswith("post_"):
        after_commit(tasks.restrictions_changed, instance.page_id)


@receiver(post_save, sender=Locale, dispatch_uid="translation.locale_added")
def locale_added(sender, instance, created, raw=False, **kwargs):
    """A language that is added starts from today's sources, and has its translators' group."""
    if created and not raw and instance.language_code != settings.LANGUAGE_CODE:
        services.ensure_translator_group(locale=instance)
        after_commit(tasks.locale_added, instance.language_code)


@receiver(post_save, dispatch_uid="translation.start_page_made")
def start_page_made(sender, instance, created, raw=False, **kwargs):
    """Translators have their rights from the start page of their language on."""
    if created and not raw and isinstance(instance, Page) and instance.depth == 2:
        services.ensure_translator_groups()


@receiver(post_delete, sender=TranslatorGroup, dispatch_uid="translation.translator_group_unbound")
def translator_group_unbound(sender, instance, **kwargs):
    """With a language its translators' group goes."""
    Group.objects.filter(pk=instance.group_id).delete()


@receiver(post_save, sender=StringTranslation, dispatch_uid="translation.sentence_saved")
def sentence_saved(sender, instance, **kwargs):
    """Somebody looked at a sentence: its translation is for the source of today."""
    CarriedTranslation.objects.filter(string_translation=instance).delete()


@receiver(pre_save, sender=StringTranslation, dispatch_uid="translation.sentence_cleaned")
def clean_before_saving(sender, instance, **kwargs):
    """Whoever stores a sentence, editor, file or machine: nothing that runs is kept."""
    instance.data = clean_sentence(instance.data, keeps_blocks=True)
