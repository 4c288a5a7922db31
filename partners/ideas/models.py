"""Ideas: what somebody would like to see in their region."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from content.vocabularies import SpokenLanguage

TITLE_LENGTH, TEXT_LENGTH, PERSON_LENGTH, ADDRESS_LENGTH = 100, 1500, 80, 150


class WrittenLanguage:
    """The languages an idea can be written in: all that people here speak, and that are written."""

    @property
    def choices(self):
        """Return ``[(code, what its speakers call it)]``."""
        return [(code, get_language_info(code)["name_local"]) for code in self.values]

    @property
    def values(self):
        """Return the codes."""
        return [code for code in SpokenLanguage.values if code != SpokenLanguage.GSG]


WRITTEN_LANGUAGE = WrittenLanguage()


class IdeaState(models.TextChoices):
    """What has become of an idea."""

    WAITING = "waiting", pgettext_lazy("idea", "new")
    PUBLISHED = "published", pgettext_lazy("idea", "public")
    HIDDEN = "hidden", pgettext_lazy("idea", "hidden")


class Idea(models.Model):
    """One idea. Readers see it when a coordinator has published it, in the language it was written in.

    ``region`` is the page in the source language. ``language`` is the code of the language of the idea,
    ``read_in`` of the one its author reads the site in. ``supporters``: how many like it; who they are is not known.
    ``answer`` is public, ``reason`` says to the author why an idea is hidden.
    """

    region = models.ForeignKey(
        "organisations.RegionPage", on_delete=models.CASCADE, related_name="ideas", verbose_name=_("region")
    )
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    text = models.TextField(_("text"), max_length=TEXT_LENGTH)
    language = models.CharField(_("language"), max_length=20)
    read_in = models.CharField(max_length=20)
    name = models.CharField(_("name"), max_length=PERSON_LENGTH, blank=True)
    email = models.EmailField(_("e-mail"), max_length=ADDRESS_LENGTH, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=IdeaState.choices, default=IdeaState.WAITING, db_index=True
    )
    answer = models.TextField(_("answer"), max_length=TEXT_LENGTH, blank=True)
    reason = models.TextField(_("reason"), max_length=TEXT_LENGTH, blank=True)
    supporters = models.PositiveIntegerField(_("supporters"), default=0)
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        ordering = ["created_at", "pk"]
        default_permissions = ()

    def __str__(self):
        return self.title

    @property
    def language_name(self):
        """Return what speakers of the idea's language call it."""
        return get_language_info(self.language)["name_local"]

    @property
    def direction(self):
        """Return "rtl" or "ltr", as the idea's language is written."""
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"
