"""Regions, organisations, their contacts, and what pages that an organisation provides have in common."""

from functools import cached_property

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from content import localisable
from content.facts import AccessibilityFacts
from content.fields import KeysField, LinesField
from content.models import ContentPage, ScopeMixin, TaggedPage
from content.vocabularies import SpokenLanguage

from .forms import OwnedContactForm, RegionContactForm
from .opening_hours import validate_opening_hours
from .panels import ORGANISATION_EDIT_HANDLER, REGION_EDIT_HANDLER
from .vocabularies import (
    FieldOfWork,
    Messenger,
    OrganisationType,
    PlaceMode,
    RegionKind,
    RegionRoleKind,
)

TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]


class PostalPlace(models.Model):
    """A place with an address, empty where it is inherited."""

    place_name = models.CharField(
        _("name of the place"), max_length=120, blank=True, help_text=_("For example the house or the hall.")
    )
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)

    place_fields = ("place_name", "street", "postcode", "city")

    class Meta:
        abstract = True

    @property
    def has_place(self):
        """Return whether any part of an address is filled in."""
        return any(getattr(self, name) for name in self.place_fields)

    def place_line(self):
        """Return the address in one line, German order: name, street, postcode town."""
        town = f"{self.postcode} {self.city}".strip()
        return ", ".join(part for part in (self.place_name, self.street, town) if part)


class RegionPage(ScopeMixin, ContentPage):
    """A town or district that takes part, with its own partners, places and languages."""

    region_kind = models.CharField(
        _("kind of region"), max_length=20, choices=RegionKind.choices, default=RegionKind.CITY
    )
    places = LinesField(
        _("places"),
        help_text=_("List the quarters or municipalities, one per line. Readers can filter by them."),
    )
    name_variants = LinesField(
        _("other spellings"),
        help_text=_(
            "List other spellings of names here, one per line, so that a search for them finds this region."
        ),
    )
    text = RichTextField(
        _("text"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Tell what the project is about here, and who can take part."),
    )
    contact = models.ForeignKey(
        "organisations.Contact",
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="regions",
    )

    translatable_fields = [
        *ContentPage.shared_translatable_fields,
        *localisable.sentences("text"),
        *localisable.facts(
            "region_kind",
            "places",
            "name_variants",
            "contact",
            "languages",
            "inactive_kinds",
            "runs_until",
            "roles",
        ),
    ]
    lineage_related = ("contact",)
    served_with = ("image", "contact", "contact__photo")
    parent_page_types = ["home.HomePage"]
    template = "organisations/region_page.html"
    edit_handler = REGION_EDIT_HANDLER
    base_form_class = RegionContactForm
    search_fields = [*Page.search_fields, index.SearchField("teaser"), index.SearchField("text")]

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def spellings(self):
        """Return names that mean this region; a search for one finds what another names."""
        return [self.title, *self.name_variants]

    def words_below(self):
        """Return the words that everything below this region is found under."""
        return " ".join(self.spellings())

    def search_words(self):
        """Return the text, as words this page is found under."""
        return self.text

    @cached_property
    def all_roles(self):
        """Return the roles of organisations in this region, in their order."""
        return list(self.roles.select_related("organisation"))

    def funding_sentences(self):
        """Return the funders' sentences, each once, in their order."""
        sentences = [role.funding_sentence for role in self.all_roles if role.role == RegionRoleKind.FUNDER]
        return list(dict.fromkeys(sentence for sentence in sentences if sentence))


class RegionRole(Orderable):
    """What one organisation does in one region; a funder brings the sentence it asks for."""

    region = ParentalKey(RegionPage, related_name="roles", on_delete=models.CASCADE)
    organisation = models.ForeignKey(
        "organisations.OrganisationPage",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="region_roles",
    )
    role = models.CharField(_("role"), max_length=12, choices=RegionRoleKind.choices)
    funding_sentence = models.CharField(
        _("funding sentence"),
        max_length=250,
        blank=True,
        help_text=_("Copy the sentence that the funder asks you to show, word for word."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("role of an organisation")
        verbose_name_plural = _("roles of organisations")

    def clean(self):
        super().clean()
        if self.role == RegionRoleKind.FUNDER and not self.funding_sentence:
            raise ValidationError(
                {"funding_sentence": _("A funder needs its funding sentence. Copy it from the grant notice.")}
            )


class OrganisationPage(AccessibilityFacts, PostalPlace, ContentPage):
    """The profile of an organisation; what lies below it in the tree belongs to it."""

    owns_content = True
    lineage_related = ("logo", "contact", "contact__photo")
    served_with = ("image", "logo", "contact", "contact__photo")

    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    types = KeysField(_("types"), vocabulary=OrganisationType)
    fields_of_work = KeysField(_("fields of work"), vocabulary=FieldOfWork)
    text = RichTextField(
        _("about us"), blank=True, features=TEXT_FEATURES, help_text=_("Tell what you do and who can come.")
    )
    logo = models.ForeignKey(
        "content.Picture",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    languages_spoken = KeysField(_("languages spoken"), vocabulary=SpokenLanguage)
    places = LinesField(
        _("places"), help_text=_("List the quarters or municipalities you work in, one per line.")
    )
    contact = models.ForeignKey(
        "organisations.Contact",
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="organisation_profiles",
    )
    opening_hours = models.CharField(
        _("office hours"),
        max_length=255,
        blank=True,
        validators=[validate_opening_hours],
        help_text=_("Write for example: Mo-Th 09:00-12:00; Tu 14:00-17:00"),
    )
    public_transport = models.CharField(
        _("public transport"), max_length=120, blank=True, help_text=_("Name the stop.")
    )
    transport_minutes = models.PositiveSmallIntegerField(
        _("minutes on foot from the stop"), null=True, blank=True
    )
    opening_measures = LinesField(
        _("intercultural opening"),
        help_text=_("List what you do so that everybody can take part, one measure per line."),
    )
    website = models.URLField(_("website"), blank=True)
    accepts_newcomers = models.BooleanField(
        _("newcomers can simply come by"),
        default=True,
        help_text=_("With or without experience, member of an association or not."),
    )
    verified_by = models.CharField(_("checked by"), max_length=120, blank=True)
    verified_on = models.DateField(_("checked on"), null=True, blank=True)
    topics = ClusterTaggableManager(_("topics"), through=TaggedPage, blank=True)

    required_to_publish = ("teaser", "types")
    translatable_fields = [
        *localisable.sentences("teaser", "text"),
        *localisable.facts(
            "title",
            "slug",
            "image",
            "confirmed_on",
            "confirmed_by",
            "review_interval",
            "credit",
            "credit_page",
            "short_name",
            "types",
            "fields_of_work",
            "logo",
            "languages_spoken",
            "places",
            "contact",
            "opening_hours",
            "public_transport",
            "transport_minutes",
            "opening_measures",
            "website",
            "accepts_newcomers",
            "verified_by",
            "verified_on",
            "tagged_topics",
            *PostalPlace.place_fields,
            *AccessibilityFacts.accessibility_fields,
        ),
    ]
    parent_page_types = ["organisations.RegionPage"]
    template = "organisations/organisation_page.html"
    edit_handler = ORGANISATION_EDIT_HANDLER
    base_form_class = OwnedContactForm
    search_fields = [*Page.search_fields, index.SearchField("teaser"), index.SearchField("text")]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def language_of(self, field_name):
        """Return the language of a sentence; an organisation's name is never translated."""
        if field_name == "title":
            return settings.LANGUAGE_CODE
        return super().language_of(field_name)

    @property
    def is_translated(self):
        """Return whether the teaser is in the language of this page's locale."""
        return self.language_of("teaser") == self.locale.language_code

    def words_below(self):
        """Return the words that everything below this organisation is found under."""
        return f"{self.title} {self.short_name}"

    def place_words(self):
        """Return the address, as words this page is found under."""
        return self.place_line()


class Contact(models.Model):
    """Whom readers can ask: one record, used on many pages, changed once."""

    organisation_key = models.UUIDField(_("organisation"), db_index=True)
    name = models.CharField(
        _("name"), max_length=120, help_text=_("Give a person's name, or what the desk is called.")
    )
    function = models.CharField(_("function"), max_length=120, blank=True)
    languages = KeysField(_("languages"), vocabulary=SpokenLanguage)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    messengers = KeysField(_("messengers"), vocabulary=Messenger)
    hours = models.CharField(
        _("can be reached"), max_length=255, blank=True, validators=[validate_opening_hours]
    )
    photo = models.ForeignKey(
        "content.Picture",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    photo_consent = models.BooleanField(_("the person agreed to the photo"), default=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["name", "pk"]

    def __str__(self):
        return f"{self.name} ({self.function})" if self.function else self.name

    @classmethod
    def usable_on(cls, *, page):
        """Return the contacts that people may put on ``page``: those of its organisation, as a queryset."""
        keys = {page.translation_key, getattr(page.owner_page, "translation_key", None)} - {None}
        return cls.objects.filter(organisation_key__in=keys)

    def clean(self):
        super().clean()
        if self.phone:
            try:
                number = phonenumbers.parse(self.phone, "DE")
            except phonenumbers.NumberParseException as error:
                raise ValidationError(
                    {
                        "phone": _("“%(phone)s” is no phone number. Write it like 0831 12345.")
                        % {"phone": self.phone}
                    }
                ) from error
            self.phone = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if not (self.phone or self.email):
            raise ValidationError(
                _("Give a phone number or an e-mail address, so that people can reach somebody.")
            )
        if self.photo_id and not self.photo_consent:
            raise ValidationError(
                {"photo_consent": _("Ask the person, then tick this; or take the photo out.")}
            )

    @property
    def phone_for_people(self):
        """Return the phone number the way people in Germany write it, and what is none as it stands."""
        try:
            number = phonenumbers.parse(self.phone, "DE")
        except phonenumbers.NumberParseException:
            return self.phone
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


class ProvidedPage(AccessibilityFacts, PostalPlace, ContentPage):
    """A page that an organisation provides. Contact and place are the organisation's unless overridden."""

    contact = models.ForeignKey(
        Contact,
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Leave this empty to use your organisation's contact."),
    )
    place_mode = models.CharField(
        _("where"), max_length=10, choices=PlaceMode.choices, default=PlaceMode.ON_SITE
    )
    online_url = models.URLField(_("online link"), blank=True)
    places = LinesField(
        _("quarters or municipalities"),
        help_text=_(
            "List where it is, one per line, as the region spells it. Leave empty for the organisation's."
        ),
    )
    public_transport = models.CharField(
        _("public transport"), max_length=120, blank=True, help_text=_("Name the stop.")
    )
    transport_minutes = models.PositiveSmallIntegerField(
        _("minutes on foot from the stop"), null=True, blank=True
    )

    base_form_class = OwnedContactForm
    local_fields = (
        *ContentPage.local_fields,
        "contact",
        "online_url",
        "places",
        "public_transport",
        "transport_minutes",
        *PostalPlace.place_fields,
        *AccessibilityFacts.accessibility_fields,
    )
    served_with = ("image", "contact", "contact__photo")
    parent_page_types = ["organisations.OrganisationPage"]
    #: Facts of every provided page, for subclasses' ``translatable_fields``.
    provided_translatable_fields = [
        *ContentPage.shared_translatable_fields,
        *localisable.facts(
            "contact",
            "place_mode",
            "online_url",
            "places",
            "public_transport",
            "transport_minutes",
            *PostalPlace.place_fields,
            *AccessibilityFacts.accessibility_fields,
        ),
    ]

    class Meta:
        abstract = True

    @property
    def provider(self):
        """Return the organisation this page belongs to, in this page's locale, or None."""
        return getattr(self.owner_page, "specific", None)

    @property
    def effective_contact(self):
        """Return this page's contact, or the organisation's."""
        return self.contact or getattr(self.provider, "contact", None)

    @property
    def effective_place(self):
        """Return the ``PostalPlace`` that holds: this page's own, or the organisation's; None online."""
        if self.place_mode == PlaceMode.ONLINE:
            return None
        if self.has_place:
            return self
        provider = self.provider
        return provider if provider is not None and provider.has_place else None

    def place_words(self):
        """Return the address that holds, as words this page is found under."""
        place = self.effective_place
        return place.place_line() if place else ""

    @property
    def effective_places(self):
        """Return the names of quarters or municipalities, the organisation's when there are no own ones."""
        return self.places or getattr(self.provider, "places", [])
