"""What somebody may point to: the own things, and what everybody can read anyway."""

from django.db.models import Q
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .visibility import visible_pages

#: Rights over a page, any of which makes it one's own.
PAGE_RIGHTS = ("add", "change", "publish", "bulk_delete", "lock", "unlock")
FILE_RIGHTS = ("add", "change", "delete", "choose")


def own_pages(user):
    """Return the pages that ``user`` has any right over, in any language, as a queryset."""
    return policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, PAGE_RIGHTS)


def choosable_by(user, model):
    """Return the things of ``model`` that ``user`` may point to, as a queryset; None where that is for others to say.

    Pages: the own ones, those on the way to them, and those that readers see. Pictures and documents: those of the own
    collections.
    """
    if issubclass(model, Page):
        pages = model._default_manager.all()
        if user.is_superuser:
            return pages
        on_the_way = policy_registry.get_by_type(Page).explorable_instances(user)
        return pages.filter(Q(pk__in=on_the_way.values("pk")) | Q(pk__in=visible_pages().values("pk")))
    if issubclass(model, AbstractImage | AbstractDocument):
        return policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, FILE_RIGHTS)
    return None
