"""Makes copies of pages, with their translations and for another day."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.actions.copy_page import CopyPageAction
from wagtail.coreutils import find_available_slug

from translation.services import copy_translations

from . import selectors
from .models import PageCopy


class Then(models.TextChoices):
    """What becomes of a copy."""

    DRAFT = "draft"
    SUBMIT = "submit"
    PUBLISH = "publish"


class CannotPublish(Exception):
    """The copy would not be fit for readers; ``messages`` say what is missing. No copy was made."""

    def __init__(self, messages):
        super().__init__(messages)
        self.messages = messages


@dataclass(frozen=True)
class Copied:
    """``page``: the copy. ``languages``: codes of the translations that came along. ``is_new``: made just now."""

    page: Any
    languages: tuple = ()
    is_new: bool = True


#: What Wagtail knows of the life of a page, and a copy begins without.
FRESH_START = {
    "expired": False,
    "go_live_at": None,
    "expire_at": None,
    "locked": False,
    "locked_at": None,
    "locked_by": None,
}


@transaction.atomic
def copy_page(*, page, by, user, token, then=Then.DRAFT):
    """Copy ``page`` beside itself, its dates moved by the ``timedelta`` ``by``; returns ``Copied``.

    ``page``: what ``selectors.copyable_page`` returned. ``token``: a UUID; sent again it returns the copy that it made,
    whose ``page`` is None when it was deleted since. Whether ``user`` may copy and do ``then`` was asked before.
    Raises ``CannotPublish`` where facts are missing for readers or everything would be over; nothing is made then.
    """
    record, is_new = PageCopy.objects.get_or_create(token=token)
    if not is_new:
        return Copied(page=record.copy and record.copy.specific, is_new=False)
    copy = make_draft(
        page=page, below=page.get_parent(), user=user, values=selectors.values_of_copy(page, by)
    )
    languages = copy_translations(original=page, copy=copy)
    if then != Then.DRAFT:
        _check_for_readers(copy)
    record.copy = copy
    record.save(update_fields=["copy"])
    if then == Then.PUBLISH:
        copy.latest_revision.publish(user=user)
    elif then == Then.SUBMIT:
        copy.get_workflow().start(copy, user)
    return Copied(page=type(copy).objects.get(pk=copy.pk), languages=tuple(languages))


def make_draft(*, page, below, user, values, without=()):
    """Make a draft below the page ``below`` that says what ``page`` says, and return it.

    ``values``: ``{field: value}`` of what is different. ``without``: names of fields and child relations that are not
    copied. Translations, reads, reviews and the life of ``page`` up to now stay with it.
    """
    copy = CopyPageAction(
        page,
        to=below,
        copy_revisions=False,
        keep_live=False,
        user=user,
        exclude_fields=[*without],
        update_attrs={
            **FRESH_START,
            **values,
            "title": page.title,
            "draft_title": page.title,
            "slug": find_available_slug(below, page.slug),
        },
    ).execute(skip_permission_checks=True)
    return type(page).objects.get(pk=copy.pk)


def _check_for_readers(copy):
    messages = list(copy.missing_for_publication().values())
    if not messages:
        try:
            copy.full_clean()
        except ValidationError as error:
            messages = error.messages
    if not messages and selectors.is_over(copy):
        messages = [_("On this day it would be over already. Choose a day to come.")]
    if messages:
        raise CannotPublish(messages)
