"""Lets teams follow what they work for, however it comes, changes its name or its place, and goes."""

from django.conf import settings
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Locale, Page
from wagtail.signals import post_page_move

from organisations.models import OrganisationPage, RegionPage
from translation.models import TranslatorGroup

from . import services
from .models import TeamKind


def _is_source(page):
    return page.locale.language_code == settings.LANGUAGE_CODE and page.alias_of_id is None


@receiver(post_save, sender=RegionPage, dispatch_uid="partners.region_saved")
def region_saved(sender, instance, raw=False, **kwargs):
    """A region has its coordinators, its collection and its review from the moment it is there."""
    if raw or not _is_source(instance):
        return
    if not services.is_as_named(kind=TeamKind.COORDINATOR, page=instance):
        services.ensure_coordinator_group(region=instance)


@receiver(post_save, sender=OrganisationPage, dispatch_uid="partners.organisation_saved")
def organisation_saved(sender, instance, raw=False, **kwargs):
    """An organisation has its group and its collection from the moment it is there."""
    if raw or not _is_source(instance):
        return
    if not services.is_as_named(kind=TeamKind.PARTNER, page=instance):
        services.ensure_partner_group(organisation=instance)


@receiver(post_save, dispatch_uid="partners.start_page_saved")
def start_page_made(sender, instance, created, raw=False, **kwargs):
    """The network office keeps what lies below the source start page."""
    if created and not raw and isinstance(instance, Page) and instance.depth == 2 and _is_source(instance):
        services.ensure_network_group(home=instance)


@receiver(post_save, sender=TranslatorGroup, dispatch_uid="partners.translators_made")
def translators_made(sender, instance, created, raw=False, **kwargs):
    """Translators are a team like others."""
    if created and not raw:
        services.ensure_translator_team(locale=instance.locale)


@receiver(pre_delete, sender=Locale, dispatch_uid="partners.locale_deleted")
def locale_deleted(sender, instance, **kwargs):
    """Without a language nobody translates into it."""
    services.dissolve_team(kind=TeamKind.TRANSLATOR, subject=instance.language_code)


@receiver(post_page_move, dispatch_uid="partners.page_moved")
def page_moved(sender, instance, **kwargs):
    """An organisation in another region has other coordinators; its pictures go with it."""
    below = services.source_pages(OrganisationPage).descendant_of(instance, inclusive=True)
    for organisation in below:
        services.ensure_partner_group(organisation=organisation)


@receiver(post_delete, sender=RegionPage, dispatch_uid="partners.region_deleted")
def region_deleted(sender, instance, **kwargs):
    """Without a region there is nothing to coordinate."""
    if _is_source(instance):
        services.dissolve_team(kind=TeamKind.COORDINATOR, subject=instance.translation_key)


@receiver(post_delete, sender=OrganisationPage, dispatch_uid="partners.organisation_deleted")
def organisation_deleted(sender, instance, **kwargs):
    """Without an organisation nobody works for it."""
    if _is_source(instance):
        services.dissolve_team(kind=TeamKind.PARTNER, subject=instance.translation_key)
