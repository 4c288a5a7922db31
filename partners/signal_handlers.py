"""Lets teams follow what they work for, however it comes, changes its name or its place, and goes."""

from django.conf import settings
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Locale, Page, TaskState, WorkflowState
from wagtail.signals import (
    post_page_move,
    task_approved,
    task_rejected,
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from organisations.models import OrganisationPage, RegionPage
from translation.models import TranslatorGroup
from translation.selectors import is_translation_review

from . import services
from .approval import selectors as approval_selectors
from .approval import services as approval
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


# A signal knows every ``dispatch_uid`` once, and this app is ready before Wagtail's admin: what is registered here
# under the names of Wagtail's mails takes their place. Ours say what is asked for, in the reader's language, and let
# people answer without a login. Reviews of translations have mails of their own (``translation.drafts``); others keep
# Wagtail's.


@receiver(task_submitted, sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification")
def review_asked(sender, instance, **kwargs):
    """Coordinators get a mail with what somebody wants to publish."""
    if approval_selectors.is_ours(instance.workflow_state):
        approval.ask_for_review(task_state=instance)
    elif not is_translation_review(instance.workflow_state):
        from wagtail.admin.signal_handlers import (
            task_submission_email_notifier as wagtail_mail,
        )  # needs models

        wagtail_mail(sender=sender, instance=instance, **kwargs)


@receiver(
    workflow_submitted, sender=WorkflowState, dispatch_uid="workflow_state_submitted_email_notification"
)
def review_begun(sender, instance, **kwargs):
    """Administrators get no mail about what coordinators decide."""
    if not approval_selectors.is_ours(instance) and not is_translation_review(instance):
        from wagtail.admin.signal_handlers import (
            workflow_submission_email_notifier as wagtail_mail,
        )  # needs models

        wagtail_mail(sender=sender, instance=instance, **kwargs)


def _tell_of_decision(sender, instance, user, **kwargs):
    """Whoever asked gets a mail with what was decided, wherever that was."""
    if approval_selectors.is_ours(instance):
        approval.tell_of_decision(workflow_state=instance, by=user)
    elif not is_translation_review(instance):
        from wagtail.admin import signal_handlers as wagtail_mails  # needs models

        is_approved = instance.status == WorkflowState.STATUS_APPROVED
        name = "workflow_approval_email_notifier" if is_approved else "workflow_rejection_email_notifier"
        getattr(wagtail_mails, name)(sender=sender, instance=instance, user=user, **kwargs)


workflow_approved.connect(
    _tell_of_decision, sender=WorkflowState, dispatch_uid="workflow_state_approved_email_notification"
)
workflow_rejected.connect(
    _tell_of_decision, sender=WorkflowState, dispatch_uid="workflow_state_rejected_email_notification"
)


@receiver([task_approved, task_rejected], sender=TaskState, dispatch_uid="partners.review_decided")
def review_decided(sender, instance, user=None, **kwargs):
    """Who decided stays known, wherever it was decided."""
    if approval_selectors.is_ours(instance.workflow_state):
        approval.record_decision(task_state=instance, by=user)
