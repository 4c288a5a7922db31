"""What the platform remembers about translations beside wagtail-localize's own tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .desk.models import Claim, Coverage
from .drafts.models import Draft, DraftVersion, LanguageRule, Origin, Submission, TranslationReview
from .glossary.models import Rule, Term
from .memory.models import MemoryUnit, UnitOrigin

__all__ = [
    "CarriedTranslation",
    "Claim",
    "Coverage",
    "Draft",
    "DraftVersion",
    "FollowedSource",
    "LanguageRule",
    "MemoryUnit",
    "Origin",
    "PageTranslationState",
    "Rule",
    "State",
    "Submission",
    "Term",
    "TranslationReview",
    "TranslationWish",
    "TranslatorGroup",
    "UnitOrigin",
    "Work",
]


class State(models.TextChoices):
    """How a page stands in one language. Which of them are computed, and how, is in ``translation.states``."""

    MISSING = "missing", pgettext_lazy("state of a translation", "missing")
    MACHINE_DRAFT = "machine_draft", pgettext_lazy("state of a translation", "machine draft")
    IN_WORK = "in_work", pgettext_lazy("state of a translation", "in work")
    IN_REVIEW = "in_review", pgettext_lazy("state of a translation", "in review")
    FRESH = "fresh", pgettext_lazy("state of a translation", "fresh")
    OUTDATED = "outdated", pgettext_lazy("state of a translation", "outdated")
    NOT_WANTED = "not_wanted", pgettext_lazy("state of a translation", "not wanted")


class Work(models.TextChoices):
    """What lies on translators' desks of a page in one language. People are told ``PageTranslationState.standing``."""

    NONE = ""
    MACHINE = "machine"
    PERSON = "person"
    REVIEW = "review"


class PageTranslationState(models.Model):
    """How one page stands in one language, and what of it was approved.

    ``state``: what readers have; ``work``: what translators have besides; ``standing`` is both in one word.
    ``is_wanted``: off where somebody decided that the page stays untranslated. ``translation_key``: what all rows
    of the page share. ``approved``: a list of ``[field name, hash of the source sentence, hash of the translated
    sentence]``, one for each sentence that readers see translated.
    ``source_digest``: hash over all the source's sentences when somebody last approved. ``hidden_with_source``:
    the translation was taken from readers because its source was, and comes back with it. ``is_demo``: it came
    with the demo content and nobody who grew up with the language has read it; readers are told. ``is_copied``: what is
    approved was copied together with the page, and goes to readers when the page is published for the first time.
    """

    translation_key = models.UUIDField(_("page"))
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.MISSING, db_index=True
    )
    work = models.CharField(max_length=10, blank=True, default=Work.NONE, editable=False)
    is_wanted = models.BooleanField(_("is to be translated"), default=True)
    approved = models.JSONField(default=list, editable=False)
    source_digest = models.CharField(max_length=40, blank=True, editable=False)
    hidden_with_source = models.BooleanField(default=False, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    is_copied = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("state of a translation")
        verbose_name_plural = _("states of translations")
        constraints = [
            models.UniqueConstraint(
                fields=("translation_key", "locale"), name="one_state_per_page_and_language"
            )
        ]

    def __str__(self):
        return f"{self.translation_key} {self.locale_id}: {self.state}"

    @property
    def standing(self):
        """Return the ``State`` that translators and coordinators are told: of all there is to say, what comes first."""
        if not self.is_wanted:
            return State.NOT_WANTED
        return {
            Work.REVIEW: State.IN_REVIEW,
            Work.PERSON: State.IN_WORK,
            Work.MACHINE: State.MACHINE_DRAFT,
        }.get(self.work, State(self.state))


class CarriedTranslation(models.Model):
    """That a translation was made for an older sentence, and nobody has looked since the source changed.

    ``old_source``: the sentence it was made for, as wagtail-localize keeps it (inline HTML without
    attributes), so that the change can be shown word by word.
    """

    string_translation = models.OneToOneField(
        "wagtail_localize.StringTranslation", on_delete=models.CASCADE, related_name="carried"
    )
    old_source = models.TextField()
    carried_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("translation of an older sentence")
        verbose_name_plural = _("translations of older sentences")

    def __str__(self):
        return self.old_source[:60]


class FollowedSource(models.Model):
    """Which publication of a source page its translations have followed, so that none is left out."""

    translation_key = models.UUIDField(primary_key=True)
    revision_id = models.PositiveBigIntegerField(null=True)
    followed_at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return f"{self.translation_key}: {self.revision_id}"


class TranslationWish(models.Model):
    """How often readers wished for a page in their language, counted by day."""

    translation_key = models.UUIDField(_("page"))
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("wishes"), default=0)

    class Meta:
        verbose_name = _("wish for a translation")
        verbose_name_plural = _("wishes for translations")
        constraints = [
            models.UniqueConstraint(
                fields=("translation_key", "locale", "day"), name="one_wish_count_per_page_language_and_day"
            )
        ]

    def __str__(self):
        return f"{self.translation_key} {self.locale_id} {self.day}: {self.count}"


class TranslatorGroup(models.Model):
    """Which group translates into a language. The group may be renamed; this row is what binds it."""

    locale = models.OneToOneField(
        "wagtailcore.Locale",
        verbose_name=_("language"),
        on_delete=models.CASCADE,
        related_name="translator_group",
    )
    group = models.OneToOneField(
        "auth.Group", verbose_name=_("group"), on_delete=models.CASCADE, related_name="translator_group"
    )
    workflow = models.OneToOneField(
        "wagtailcore.Workflow",
        verbose_name=_("workflow"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="translator_group",
    )

    class Meta:
        verbose_name = _("group of translators")
        verbose_name_plural = _("groups of translators")

    def __str__(self):
        return f"{self.locale_id}: {self.group_id}"
