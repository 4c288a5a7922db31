"""Offers: support that people can get, and things they can join in with."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from content import localisable
from content.fields import KeysField, TriStateField
from content.models import TaggedPage
from content.vocabularies import GermanLevel, SpokenLanguage, TargetGroup
from organisations.models import TEXT_FEATURES, ProvidedPage
from organisations.vocabularies import PlaceMode

from .panels import OFFER_EDIT_HANDLER
from .vocabularies import Availability, Commitment, Costs, Direction, OfferKind, Purpose, Stage


class OfferPage(ProvidedPage):
    """One offer of an organisation."""

    offer_kind = models.CharField(_("kind of offer"), max_length=15, choices=OfferKind.choices, blank=True)
    direction = models.CharField(
        _("aim"), max_length=10, choices=Direction.choices, default=Direction.SUPPORT
    )
    purpose = models.CharField(
        _("purpose"), max_length=12, choices=Purpose.choices, default=Purpose.GET_SUPPORT
    )
    text = RichTextField(
        _("text"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_(
            "Tell what happens, in short sentences. Dates, costs and contacts have their own fields."
        ),
    )
    first_step = models.CharField(
        _("first step"),
        max_length=200,
        blank=True,
        help_text=_("Say what somebody does first: call, write, come by on Thursday."),
    )
    what_to_bring = models.CharField(_("what to bring"), max_length=200, blank=True)
    commitment_note = models.CharField(_("about the time it takes"), max_length=200, blank=True)
    topics = ClusterTaggableManager(_("topics"), through=TaggedPage, blank=True)
    target_groups = KeysField(
        _("for whom"),
        vocabulary=TargetGroup,
        help_text=_("Choose “everybody” unless it is really only for some."),
    )
    languages_spoken = KeysField(_("languages spoken"), vocabulary=SpokenLanguage)
    german_level = models.CharField(
        _("German needed"), max_length=4, choices=GermanLevel.choices, default=GermanLevel.NONE
    )
    no_experience_needed = models.BooleanField(_("no experience needed"), default=True)
    no_membership_needed = models.BooleanField(_("no membership needed"), default=True)
    commitment = models.CharField(_("time it takes"), max_length=10, choices=Commitment.choices, blank=True)
    availability = KeysField(_("days and times"), vocabulary=Availability)
    costs = models.CharField(_("costs"), max_length=8, choices=Costs.choices, default=Costs.FREE)
    costs_amount = models.CharField(
        _("how much"), max_length=60, blank=True, help_text=_("Give the amount, for example: 5 €.")
    )
    expenses_refunded = TriStateField(_("expenses are refunded"))
    insured = TriStateField(_("insured while helping"))
    training_given = TriStateField(_("training is given"))
    certificate_given = TriStateField(_("certificate is given"))
    police_certificate_needed = TriStateField(_("police certificate is needed"))
    minimum_age = models.PositiveSmallIntegerField(_("minimum age"), null=True, blank=True)
    childcare = TriStateField(_("childcare"))
    car_needed = models.BooleanField(_("a car is needed"), default=False)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage.choices, default=Stage.RUNNING)
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("Give the last day, if there is one.")
    )
    capacity = models.PositiveIntegerField(_("places for people"), null=True, blank=True)
    funded_by = models.ForeignKey(
        "organisations.OrganisationPage",
        verbose_name=_("funded by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="funded_offers",
    )

    required_to_publish = ("teaser", "offer_kind", "target_groups")
    translatable_fields = [
        *ProvidedPage.provided_translatable_fields,
        *localisable.sentences("text", "first_step", "what_to_bring", "commitment_note"),
        *localisable.facts(
            "offer_kind",
            "direction",
            "purpose",
            "tagged_topics",
            "target_groups",
            "languages_spoken",
            "german_level",
            "no_experience_needed",
            "no_membership_needed",
            "commitment",
            "availability",
            "costs",
            "costs_amount",
            "expenses_refunded",
            "insured",
            "training_given",
            "certificate_given",
            "police_certificate_needed",
            "minimum_age",
            "childcare",
            "car_needed",
            "stage",
            "valid_until",
            "capacity",
            "funded_by",
        ),
    ]
    local_fields = (
        *ProvidedPage.local_fields,
        "first_step",
        "availability",
        "stage",
        "valid_until",
        "capacity",
        "funded_by",
    )
    served_with = (*ProvidedPage.served_with, "funded_by")
    parent_page_types = ["organisations.OrganisationPage"]
    template = "offers/offer_page.html"
    edit_handler = OFFER_EDIT_HANDLER
    search_fields = [*Page.search_fields, index.SearchField("teaser"), index.SearchField("text")]

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")

    def clean(self):
        super().clean()
        if len(self.title) > 80:
            raise ValidationError(
                {
                    "title": _("The title has %(length)d characters; use at most 80.")
                    % {"length": len(self.title)}
                }
            )

    def missing_for_publication(self):
        missing = super().missing_for_publication()
        if self.place_mode == PlaceMode.ONLINE and not (self.online_url or self.effective_contact):
            missing["online_url"] = _("Give the online link, or a contact who tells it.")
        return missing

    @property
    def is_over(self):
        """Return whether the last valid day has passed or the offer was ended."""
        return self.stage == Stage.ENDED or (
            self.valid_until is not None and self.valid_until < timezone.localdate()
        )

    @property
    def is_free(self):
        """Return whether nobody has to pay."""
        return self.costs in (Costs.FREE, Costs.DONATION)
