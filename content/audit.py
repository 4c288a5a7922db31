"""Who changed rights, exported, approved, erased: written once, never changed.

The model refuses to change or delete an entry, and so does the database: a trigger stands before the table, on
SQLite and PostgreSQL. Whoever owns the database can take the trigger away; nobody who comes through the site can.

An entry outlives what it is about, so it holds no foreign keys and no personal data beyond the names of accounts.
"""

import re
from functools import cache

from django.contrib.auth.models import AbstractBaseUser, Group
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from . import registry

#: Longer ones are cut.
LABEL_LENGTH = 200
_ADDRESS = re.compile(r"\S@\S")
#: What the clock erases of the platform's own; an app with more registers an action of its own.
ERASED = "content.erased"


class AppendOnly(Exception):
    """Somebody tried to change or delete an entry."""


class UnknownAction(LookupError):
    """An action that no app has registered. The message names those that exist."""


class AuditQuerySet(models.QuerySet):
    """Entries to read; every way to change several at once is refused."""

    def _refuse(self, *args, **kwargs):
        raise AppendOnly("The audit log is only ever added to.")

    update = bulk_update = delete = update_or_create = _refuse


class AuditEntry(models.Model):
    """One thing that somebody did. ``actor_label`` stays when the account is gone."""

    at = models.DateTimeField(_("time"), default=timezone.now, db_index=True, editable=False)
    action = models.CharField(_("action"), max_length=100, db_index=True, editable=False)
    actor_key = models.CharField(max_length=40, blank=True, db_index=True, editable=False)
    actor_label = models.CharField(_("account"), max_length=LABEL_LENGTH, blank=True, editable=False)
    subject_type = models.CharField(max_length=100, blank=True, editable=False)
    subject_key = models.CharField(max_length=100, blank=True, editable=False)
    subject_label = models.CharField(_("subject"), max_length=LABEL_LENGTH, blank=True, editable=False)
    detail = models.JSONField(_("details"), default=dict, editable=False)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("entries of the audit log")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label} {self.action} {self.subject_label}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnly("An entry of the audit log cannot be changed.")
        super().save(*args, force_insert=True, **{**kwargs, "force_update": False, "update_fields": None})

    def delete(self, *args, **kwargs):
        raise AppendOnly("An entry of the audit log cannot be deleted.")

    @property
    def action_label(self):
        """Return the action in the active language."""
        return label_of(self.action)

    @property
    def detail_text(self):
        """Return the details in one line in the active language: ``name: value; name: value``."""
        found = actions().get(self.action)
        labels, words = (found.details, found.words) if found else ({}, {})
        return "; ".join(
            f"{labels.get(name, name)}: {words.get(name, {}).get(str(value)) or _words(value)}"
            for name, value in self.detail.items()
        )


def _words(value):
    if isinstance(value, list):
        return ", ".join(map(_words, value)) or "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return "–" if value is None else str(value)


@cache
def actions():
    """Return all ``AuditAction`` by key, from the hook ``register_content_audit_actions``. Cached."""
    return {action.key: action for action in registry.audit_actions()}


def label_of(key):
    """Return the label of an action in the active language, or its key when its app is gone."""
    found = actions().get(key)
    return str(found.label) if found else key


def record(*, action, actor, subject=None, detail=None):
    """Add an entry and return it. Call it in the transaction of what it tells of.

    ``action``: the key of a registered ``AuditAction``. ``actor``: the user, or None for the platform itself.
    ``subject``: a model instance with a key, or None. ``detail``: a flat dict of short facts (text, numbers,
    yes/no, None, lists of those) under names that the action declares, for example ``{"rows": 120}``. Raises
    ``UnknownAction``, and ``ValueError`` for a detail that is not declared, of another shape, or holds an e-mail
    address.
    """
    if action not in actions():
        raise UnknownAction(f"No audit action “{action}”; there are: {', '.join(sorted(actions()))}.")
    detail = dict(detail or {})
    for name, value in detail.items():
        if name not in actions()[action].details:
            raise ValueError(f"“{action}” declares no detail “{name}”; without a label nobody could read it.")
        _check_detail(name, value)
    entry = AuditEntry(action=action, detail=detail)
    if actor is not None:
        entry.actor_key = str(actor.pk)
        entry.actor_label = actor.get_username()[:LABEL_LENGTH]
    if subject is not None:
        entry.subject_type = subject._meta.label_lower
        entry.subject_key = str(subject.pk)
        entry.subject_label = _label_of(subject)[:LABEL_LENGTH]
    entry.save()
    return entry


def record_erased(*, action=ERASED, **counts):
    """Add an entry by the platform itself of how many rows were erased because their time was over.

    ``counts``: by the names that the action declares. Nothing is added where all are 0. Call it in the transaction
    that erases.
    """
    if any(counts.values()):
        record(action=action, actor=None, detail={name: count for name, count in counts.items() if count})


def delete_rows(rows):
    """Delete a queryset and return the number of its own rows, without those that went along with them."""
    return rows.delete()[1].get(rows.model._meta.label, 0)


def _check_detail(name, value):
    for part in value if isinstance(value, list | tuple) else [value]:
        if part is not None and not isinstance(part, str | int | float | bool):
            raise ValueError(f"The detail “{name}” is {type(part).__name__}; give text or numbers.")
        if isinstance(part, str) and _ADDRESS.search(part):
            raise ValueError(
                f"The detail “{name}” holds an e-mail address; the audit log keeps no personal data."
            )


def _label_of(subject):
    """Return what is public of a subject, or the name of an account or a group; of anything else its kind only.

    Other models may write people's names into ``__str__``, and nothing that is written here is ever erased.
    """
    if isinstance(subject, Page):
        return subject.title
    if isinstance(subject, AbstractBaseUser):
        return subject.get_username()
    if isinstance(subject, Group):
        return subject.name
    return str(subject._meta.verbose_name)
