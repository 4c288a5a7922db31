"""Words and how a language says them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Rule(models.TextChoices):
    """What a term asks of translators. Checks and files know the keys."""

    REQUIRED = "required", pgettext_lazy("rule of a term", "Always translate it like this")
    SUGGESTED = "suggested", pgettext_lazy("rule of a term", "Usually translate it like this")
    FORBIDDEN = "forbidden", pgettext_lazy("rule of a term", "Never translate it like this")
    KEEP = "keep", pgettext_lazy("rule of a term", "Do not translate it")


class Term(models.Model):
    """A word or name of the source language, and what becomes of it in another.

    ``source``, ``target``: plain text in one line. With ``Rule.KEEP`` both are the same. ``region_key``: the
    translation key of the region it holds for; empty for everywhere. ``source_key``, ``target_key``: what tells terms
    apart, whatever their case.
    """

    locale = models.ForeignKey(
        "wagtailcore.Locale", verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    source = models.CharField(_("word in the original"), max_length=150)
    source_key = models.CharField(max_length=300, editable=False)
    target = models.CharField(_("in the translation"), max_length=150, blank=True)
    target_key = models.CharField(max_length=300, editable=False)
    rule = models.CharField(_("rule"), max_length=10, choices=Rule.choices, default=Rule.REQUIRED)
    note = models.CharField(_("note"), max_length=500, blank=True)
    region_key = models.CharField(_("holds for"), max_length=36, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ("source_key", "target_key", "pk")
        default_permissions = ()
        permissions = [
            ("keep_glossary", "Can keep the glossary and the memory of the languages translated into"),
            ("keep_glossaries", "Can keep the glossaries and memories of all languages"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("locale", "region_key", "source_key", "target_key"),
                name="each_term_has_one_rule",
            )
        ]

    def __str__(self):
        return self.source
