"""Whose pages stand in the admin's flat lists: those of the source language that somebody may edit."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Value
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from content import registry


def _may(user, action, model):
    """Return the source pages of ``model`` on which ``user`` may do ``action`` ("add" or "change")."""
    pages = PagePermissionPolicy(model).instances_user_has_permission_for(user, action)
    return pages.filter(locale__language_code=settings.LANGUAGE_CODE, alias_of__isnull=True)


def editable_pages(kind, user):
    """Return the source pages of ``kind`` that ``user`` may edit."""
    return _may(user, "change", kind.page_model)


def places_to_add(kind, user):
    """Return the source pages below which ``user`` may add a page of ``kind``."""
    return _may(user, "add", Page).filter(content_type__in=_parent_types(kind))


def _parent_types(kind):
    return ContentType.objects.get_for_models(*kind.page_model.clean_parent_page_models()).values()


def kinds_to_see(user):
    """Return the slugs of the kinds that ``user`` may edit a page of, or add one of somewhere: one query.

    Remembered on ``user``, which lives as long as its request: each entry of the menu asks.
    """
    if not hasattr(user, "_kinds_to_see"):
        changes, adds = (
            _may(user, action, Page).order_by().values_list("content_type_id", Value(action))
            for action in ("change", "add")
        )
        rights = set(changes.union(adds))
        user._kinds_to_see = {
            kind.slug
            for kind in registry.all_kinds()
            if (ContentType.objects.get_for_model(kind.page_model).pk, "change") in rights
            or any((content_type.pk, "add") in rights for content_type in _parent_types(kind))
        }
    return user._kinds_to_see
