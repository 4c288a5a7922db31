"""What makes the index follow: every way a page can change for readers."""

from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from content.models import TaggedPage, Topic
from content.scopes import ScopeMixin
from content.signals import page_changed

from .pending import note

#: A save of only these concerns drafts and editors.
EDITORS_ONLY = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "lock_comment",
    "locked",
    "locked_at",
    "locked_by",
}


@receiver(post_save, dispatch_uid="content.index.page_saved")
def page_saved(sender, instance, raw=False, update_fields=None, **kwargs):
    """Publishing saves, unpublishing saves, and so does what sends no signal of Wagtail's: aliases, imports."""
    if raw or not isinstance(instance, Page):
        return
    if update_fields is not None and set(update_fields) <= EDITORS_ONLY:
        return
    _note_page(instance)


@receiver(page_changed, dispatch_uid="content.index.page_changed")
def page_changed_otherwise(sender, page, **kwargs):
    """Its row was written past ``save``."""
    note(keys=[page.translation_key])


def _note_page(page):
    model = page.specific_class or type(page)
    hands_down = issubclass(model, ScopeMixin) or getattr(model, "owns_content", False)
    note(keys=[page.translation_key], roots=[page.pk] if hands_down and not page.alias_of_id else [])


@receiver(post_delete, sender=Page, dispatch_uid="content.index.page_deleted")
def page_deleted(sender, instance, **kwargs):
    """Called for each page of a deleted subtree."""
    note(keys=[instance.translation_key])


@receiver(post_page_move, dispatch_uid="content.index.page_moved")
def page_moved(sender, instance, **kwargs):
    """Another place is another owner, region and restriction."""
    note(keys=[instance.translation_key], roots=[instance.pk])


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="content.index.restriction")
def restriction_changed(sender, instance, **kwargs):
    """A restriction on one language of a page holds below all of them."""
    key = Page.objects.filter(pk=instance.page_id).values("translation_key")
    note(roots=Page.objects.filter(translation_key__in=key).values_list("pk", flat=True))


@receiver([post_save, pre_delete], sender=Topic, dispatch_uid="content.index.topic")
def topic_changed(sender, instance, raw=False, **kwargs):
    """Pages are found by a topic's slug and labels."""
    if not raw:
        tagged = TaggedPage.objects.filter(tag=instance)
        note(keys=tagged.values_list("content_object__translation_key", flat=True))
