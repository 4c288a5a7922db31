"""Who takes care of which page."""

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
