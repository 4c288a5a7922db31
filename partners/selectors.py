"""Reads that span people, their groups and what these reach."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from content.choosing import choosable_by, own_pages


def acts_everywhere(user):
    """Return whether ``user`` may change every page in the source language: administrators and the network office."""
    if user.is_superuser:
        return True
    policy = policy_registry.get_by_type(Page)
    paths = [right.page.path for right in policy.get_cached_permissions_for_user(user)]
    homes = Page.objects.filter(depth=2, pk__in=own_pages(user).values("pk"))
    return bool(paths) and any(home.locale.is_default for home in homes.select_related("locale"))


def people_known_to(user):
    """Return whose names ``user`` may see: people of the own groups and of groups that work on the own pages."""
    people = get_user_model().objects.all()
    if acts_everywhere(user):
        return people
    known = Group.objects.filter(Q(user=user) | Q(page_permissions__page__in=own_pages(user).values("pk")))
    return people.filter(Q(pk=user.pk) | Q(groups__in=known.values("pk"))).distinct()


def seen_by(user, model):
    """Return the things of ``model`` whose names ``user`` may see when acting on several at once, as a queryset."""
    if issubclass(model, Page):
        return own_pages(user)
    choosable = choosable_by(user, model)
    if choosable is not None:
        return choosable
    things = model._default_manager
    return things.all() if acts_everywhere(user) else things.none()


def tags_of(user, model=None):
    """Return the tags of ``user``'s own pictures and documents, or of one ``model`` of them, most used first."""
    wanted = Q()
    for each in [model] if model else [get_image_model(), get_document_model()]:
        content_type = ContentType.objects.get_for_model(each)
        wanted |= Q(
            taggit_taggeditem_items__content_type=content_type,
            taggit_taggeditem_items__object_id__in=choosable_by(user, each).values("pk"),
        )
    return (
        Tag.objects.filter(wanted)
        .annotate(item_count=Count("taggit_taggeditem_items"))
        .order_by("-item_count")
    )
