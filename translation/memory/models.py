"""What the platform remembers of approved translations."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: Characters of a text that is remembered. What is longer is no sentence that comes back.
MOST_CHARACTERS = 5_000


class UnitOrigin(models.TextChoices):
    """How a unit came into the memory."""

    APPROVED = "approved", pgettext_lazy("origin of a remembered translation", "approved here")
    FILE = "file", pgettext_lazy("origin of a remembered translation", "from a file")


class MemoryQuerySet(models.QuerySet):
    """Units to look into."""

    def remembered(self, locale):
        """Return what is offered to translators into ``locale``."""
        return self.filter(locale=locale, is_forgotten=False)


class MemoryUnit(models.Model):
    """A sentence and one translation of it that somebody approved.

    ``source`` and ``target``: marked text (``translation.placeholders``) of at most ``MOST_CHARACTERS``.
    ``context``: wagtail-localize's path of where the sentence stood; empty where nobody knows. ``region_key``: the
    translation key of the region it stood in, or empty. ``approved_at``: when it was approved last; of several
    translations the latest is offered first. ``is_forgotten``: somebody said that it is wrong; the row stays, so that
    a page that still has it does not bring it back.
    """

    locale = models.ForeignKey(
        "wagtailcore.Locale",
        verbose_name=_("language"),
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
    )
    source_language = models.CharField(max_length=20, editable=False)
    source = models.TextField(_("original"))
    source_hash = models.CharField(max_length=40, editable=False)
    context = models.CharField(max_length=255, blank=True, editable=False)
    target = models.TextField(_("translation"))
    target_hash = models.CharField(max_length=40, editable=False)
    region_key = models.CharField(max_length=36, blank=True, editable=False)
    origin = models.CharField(
        _("came from"), max_length=10, choices=UnitOrigin.choices, default=UnitOrigin.APPROVED
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("approved"), default=timezone.now)
    is_forgotten = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MemoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("remembered translation")
        verbose_name_plural = _("remembered translations")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=("locale", "source_language", "source_hash", "context", "target_hash"),
                name="each_translation_is_remembered_once",
            )
        ]
        indexes = [
            # Answers alone whether anything was added or taken away since a process looked.
            models.Index(fields=("locale", "is_forgotten", "id", "created_at"), name="memory_by_age")
        ]

    def __str__(self):
        return self.source[:60]
