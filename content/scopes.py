"""Regions as content knows them: a page that says which languages, kinds and dates hold below it.

``organisations.RegionPage`` is the one we ship; content only needs these answers and imports no other app.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import registry
from .fields import KeysField


class ContentLanguages:
    """The languages of the table, in the shape ``KeysField`` reads a vocabulary."""

    @property
    def choices(self):
        """Return ``[(code, endonym)]``."""
        return [(row.code, row.endonym) for row in settings.LANGUAGE_TABLE]

    @property
    def values(self):
        """Return the codes."""
        return [row.code for row in settings.LANGUAGE_TABLE]


class Kinds:
    """The declared kinds, plugins' among them, in the shape ``KeysField`` reads a vocabulary."""

    @property
    def choices(self):
        """Return ``[(slug, label)]``."""
        return [(kind.slug, kind.label) for kind in registry.all_kinds()]

    @property
    def values(self):
        """Return the slugs."""
        return [kind.slug for kind in registry.all_kinds()]


class ScopeMixin(models.Model):
    """Languages, kinds and lifetime of everything below a page."""

    languages = KeysField(
        _("languages"),
        vocabulary=ContentLanguages(),
        help_text=_("Choose the languages that this region's pages appear in. Choose none to have them all."),
    )
    inactive_kinds = KeysField(
        _("switched off"),
        vocabulary=Kinds(),
        keeps_unknown=True,
        help_text=_("Choose what this region does without."),
    )
    runs_until = models.DateField(
        _("runs until"),
        null=True,
        blank=True,
        help_text=_(
            "Give the last day of the project. After it the pages stay readable, with a note, and take "
            "no more replies."
        ),
    )

    class Meta:
        abstract = True

    def language_codes(self):
        """Return the codes of this scope's languages in the order of the table; the source is always there."""
        chosen = set(self.languages) | {settings.LANGUAGE_CODE}
        return [row.code for row in settings.LANGUAGE_TABLE if not self.languages or row.code in chosen]

    def is_active(self, kind_slug):
        """Return whether this scope uses the kind with that slug."""
        return kind_slug not in self.inactive_kinds

    def funding_sentences(self):
        """Return the sentences that funders ask to be shown on every page of this scope."""
        return []

    @property
    def has_ended(self):
        """Return whether the last day has passed, by the local calendar."""
        return self.runs_until is not None and self.runs_until < timezone.localdate()


def scope_of(ancestors):
    """Return the innermost page whose model is a ``ScopeMixin`` among ``ancestors``, or None.

    ``ancestors``: pages, outermost first; they need not be specific, and the result is as specific as they are.
    """
    return next((page for page in reversed(ancestors) if issubclass(_model(page), ScopeMixin)), None)


def owner_of(ancestors):
    """Return the innermost page among ``ancestors`` that owns what lies below it, or None."""
    return next((page for page in reversed(ancestors) if getattr(_model(page), "owns_content", False)), None)


def _model(page):
    """Return the page's own model; its base where the app that brought the model is gone."""
    return page.specific_class or type(page)
