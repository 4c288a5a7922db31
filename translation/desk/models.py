"""Who takes care of which page, and how much of each region could be read in a language on which day."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Claim(models.Model):
    """That somebody translates a page into a language. Others see it, and may go on all the same.

    It ends when the translation is published.
    """

    state = models.OneToOneField(
        "translation.PageTranslationState", on_delete=models.CASCADE, related_name="claim"
    )
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="translation_claims",
        verbose_name=_("translator"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    claimed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("claim of a translation")
        verbose_name_plural = _("claims of translations")

    def __str__(self):
        return f"{self.state_id}: {self.translator_id}"


class Coverage(models.Model):
    """How many published pages of a region stood how in a language at the end of a day.

    ``scope``: the translation key of the region's page. ``fresh``: translated as the source is. ``outdated``:
    translated, and the source has changed or a sentence is missing. ``missing``: readers saw the source. Pages that
    are not wanted in the language are not counted.
    """

    scope = models.UUIDField(_("region"))
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    day = models.DateField(_("day"))
    fresh = models.PositiveIntegerField(default=0)
    outdated = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("coverage of a language")
        verbose_name_plural = _("coverage of languages")
        constraints = [
            models.UniqueConstraint(
                fields=("scope", "locale", "day"), name="one_coverage_per_region_language_and_day"
            )
        ]

    def __str__(self):
        return f"{self.scope} {self.locale_id} {self.day}: {self.fresh}/{self.outdated}/{self.missing}"
