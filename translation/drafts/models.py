"""What translators are writing. Nothing here is public: an approval copies it to where readers' pages are made from."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Task, TaskState


class Origin(models.TextChoices):
    """Where a translated sentence came from."""

    PERSON = "person", pgettext_lazy("origin of a translated sentence", "written by a person")
    MEMORY = "memory", pgettext_lazy("origin of a translated sentence", "from the translation memory")
    MACHINE = "machine", pgettext_lazy("origin of a translated sentence", "translated by a machine")
    FILE = "file", pgettext_lazy("origin of a translated sentence", "from a file")


class Draft(models.Model):
    """One sentence in one language, as its translator left it.

    ``string`` and ``context`` are wagtail-localize's: what the sentence says and where it stands, so that a
    draft outlives that rows of segments are written anew. ``text``: marked text
    (``translation.placeholders``), exactly as typed. ``made_for``: the source sentence it translates, as
    inline HTML; not ``string`` when the source has changed since. ``is_pending``: nobody has approved it yet.
    """

    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    string = models.ForeignKey("wagtail_localize.String", on_delete=models.CASCADE, related_name="+")
    context = models.ForeignKey(
        "wagtail_localize.TranslationContext", on_delete=models.CASCADE, related_name="+"
    )
    text = models.TextField()
    made_for = models.TextField()
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.PERSON)
    is_pending = models.BooleanField(default=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("author"),
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("locale", "string", "context"), name="one_draft_per_sentence_and_language"
            )
        ]
        indexes = [
            models.Index(
                fields=["locale", "context"], name="pending_drafts", condition=models.Q(is_pending=True)
            )
        ]

    def __str__(self):
        return self.text[:60]


class DraftVersion(models.Model):
    """What a sentence was at some time, so that it can be had back. Rows are added, and marked as approved once."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="versions")
    text = models.TextField()
    made_for = models.TextField()
    origin = models.CharField(max_length=10, choices=Origin.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self):
        return self.text[:60]


class TranslationReview(Task):
    """The step in which somebody else than the translator reads a translation. One per language.

    What may be done is decided by ``translation.drafts.services``, which alone approves and gives back: Wagtail's own
    forms would publish a revision, and what is approved here lies in ``Draft``.
    """

    locale = models.OneToOneField(
        "wagtailcore.Locale", on_delete=models.CASCADE, related_name="translation_review"
    )

    class Meta:
        verbose_name = _("review of a translation")
        verbose_name_plural = _("reviews of translations")

    def locked_for_user(self, obj, user):
        return True

    def user_can_access_editor(self, obj, user):
        from .selectors import may_review  # Models are read before anything that uses them.

        return may_review(user, obj)

    @classmethod
    def get_description(cls):
        return _("Somebody else than the translator reads the translation.")


class Submission(models.Model):
    """What was handed in for a review: ``digest`` is that of all sentences, as ``Lines.digest`` gives it."""

    task_state = models.OneToOneField(TaskState, on_delete=models.CASCADE, related_name="submission")
    digest = models.CharField(max_length=64)

    def __str__(self):
        return f"{self.task_state_id}"


class LanguageRule(models.Model):
    """How one region translates into one language. Without a row the defaults hold.

    ``scope``: the translation key of the region's page.
    """

    scope = models.UUIDField(_("region"))
    locale = models.ForeignKey(
        "wagtailcore.Locale", verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    needs_review = models.BooleanField(
        _("somebody else reads before readers do"),
        default=True,
        help_text=_("Without it, translators publish what they have written."),
    )
    may_approve_own = models.BooleanField(
        _("translators may approve what they wrote themselves"),
        default=False,
        help_text=_("For languages with one translator only."),
    )

    class Meta:
        verbose_name = _("rule of a language")
        verbose_name_plural = _("rules of languages")
        constraints = [
            models.UniqueConstraint(fields=("scope", "locale"), name="one_rule_per_region_and_language")
        ]

    def __str__(self):
        return f"{self.scope} {self.locale_id}"
