"""What may be copied, and what a copy would say."""

import copy as shallow
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page


def copyable_page(user, page_id):
    """Return the page with that id, with what its people last saved, or None where ``user`` may not copy it.

    Only what belongs to a kind is copied, in the source language, and stays below the same page.
    """
    page = Page.objects.filter(
        pk=page_id, locale__language_code=settings.LANGUAGE_CODE, alias_of__isnull=True
    ).first()
    page = page and page.specific
    if page is None or getattr(page, "kind", None) is None or page.owns_content:
        return None
    rights = page.permissions_for_user(user)
    if not (rights.can_edit() and rights.can_copy() and rights.can_copy_to(page.get_parent().specific)):
        return None
    # Of a page that readers see the copy says what they read; of a draft what was written last.
    return page if page.live else page.get_latest_revision_as_object()


def values_of_copy(page, by):
    """Return ``{field: value}`` of what is different in a copy that is moved by the ``timedelta`` ``by``."""
    renewal = page.kind.renewal
    values = {"confirmed_on": None, "confirmed_by": ""}
    if renewal is not None:
        values |= renewal.reset(page) | renewal.moved(page, by)
    return values


def dates_of_copy(page, by):
    """Return the dates of such a copy in words, ``[(label, text)]``. Asks no database."""
    renewal = page.kind.renewal
    if renewal is None:
        return []
    moved = shallow.copy(page)
    for name, value in renewal.moved(page, by).items():
        setattr(moved, name, value)
    return renewal.dates_in_words(moved)


def is_over(page):
    """Return whether nothing of the saved ``page`` is to come."""
    kind = page.kind
    last_day = kind.expires_on(page) if kind.expires_on else None
    if last_day is not None and last_day < timezone.localdate():
        return True
    return kind.dates is not None and getattr(page, kind.dates.order_field) is None


@dataclass(frozen=True)
class Rights:
    """What somebody may do with a copy besides saving it as a draft."""

    can_publish: bool
    can_submit: bool


def rights_on_copies(user, page):
    """Return the ``Rights`` of ``user`` on a copy of ``page``, which lies where ``page`` does."""
    can_publish = page.get_parent().specific.permissions_for_user(user).can_publish_subpage()
    return Rights(can_publish=can_publish, can_submit=not can_publish and page.has_workflow)
