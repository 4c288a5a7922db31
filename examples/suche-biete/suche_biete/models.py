"""Notices: somebody looks for something, or gives something away."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel

from content import localisable
from content.models import TaggedPage
from content.panels import CARE_PANELS
from organisations.models import ProvidedPage

#: A notice that nobody renews is gone after so many days.
LIFETIME = datetime.timedelta(days=30)


class Side(models.TextChoices):
    """Whether somebody looks for something or gives it."""

    LOOKS_FOR = "looks_for", pgettext_lazy("notice", "Looking for")
    GIVES = "gives", pgettext_lazy("notice", "Giving")


class Thing(models.TextChoices):
    """What it is about."""

    ROOM = "room", pgettext_lazy("notice", "Room")
    THING = "thing", pgettext_lazy("notice", "Thing")
    LANGUAGE_PARTNER = "language_partner", pgettext_lazy("notice", "Language partner")
    TIME = "time", pgettext_lazy("notice", "Time")


def in_thirty_days():
    """Return the last day of a notice put up today."""
    return timezone.localdate() + LIFETIME


class NoticePage(ProvidedPage):
    """One notice on an organisation's board."""

    side = models.CharField(_("looking or giving"), max_length=10, choices=Side.choices, blank=True)
    thing = models.CharField(
        pgettext_lazy("notice", "what it is"), max_length=20, choices=Thing.choices, blank=True
    )
    expires_on = models.DateField(
        _("stands until"),
        default=in_thirty_days,
        help_text=_("Choose the last day the notice is shown. Renew it by choosing a later one."),
    )
    topics = ClusterTaggableManager(pgettext_lazy("notice", "topics"), through=TaggedPage, blank=True)

    required_to_publish = ("teaser", "side", "thing")
    translatable_fields = [
        *ProvidedPage.provided_translatable_fields,
        *localisable.facts("side", "thing", "expires_on", "tagged_topics"),
    ]
    local_fields = (*ProvidedPage.local_fields, "expires_on")
    parent_page_types = ["organisations.OrganisationPage"]
    template = "suche_biete/notice_page.html"
    content_panels = [
        FieldPanel("title"),
        FieldPanel("side"),
        FieldPanel("thing"),
        FieldPanel("teaser"),
        FieldPanel("expires_on"),
        FieldPanel("topics"),
        FieldPanel("image"),
        FieldPanel("places"),
        FieldPanel("contact"),
    ]
    promote_panels = []
    settings_panels = CARE_PANELS

    class Meta:
        verbose_name = pgettext_lazy("notice", "notice")
        verbose_name_plural = pgettext_lazy("notice", "notices")

    @property
    def is_over(self):
        """Return whether the last day has passed."""
        return self.expires_on < timezone.localdate()
