"""Applications: somebody asks to write for an organisation."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.fields import KeysField
from content.vocabularies import SpokenLanguage
from organisations.vocabularies import FieldOfWork, OrganisationType

#: Lengths of what strangers type. A name of an organisation fits its page's title, an address an account's name.
NAME_LENGTH, PERSON_LENGTH, ADDRESS_LENGTH, WORDS_LENGTH = 120, 80, 150, 500


class ApplicationKind(models.TextChoices):
    """What is asked for."""

    JOIN = "join", _("New organisation")
    CLAIM = "claim", _("Takes over its profile")


class ApplicationState(models.TextChoices):
    """What has become of an application."""

    UNCONFIRMED = "unconfirmed", pgettext_lazy("application", "address not confirmed")
    WAITING = "waiting", pgettext_lazy("application", "waiting")
    APPROVED = "approved", pgettext_lazy("application", "approved")
    DECLINED = "declined", pgettext_lazy("application", "declined")


class Application(models.Model):
    """One application. Nobody is told of it before its sender has confirmed the address.

    ``region`` and ``organisation`` are pages in the source language. ``organisation`` is the one that is claimed, or
    the one that came of a new organisation's application. ``language`` is the code of the language in which the
    person reads; ``words``: what the person says about their part in the organisation that they claim.
    """

    kind = models.CharField(max_length=10, choices=ApplicationKind.choices)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=ApplicationState.choices,
        default=ApplicationState.UNCONFIRMED,
        db_index=True,
    )
    region = models.ForeignKey(
        "organisations.RegionPage",
        on_delete=models.CASCADE,
        related_name="applications",
        verbose_name=_("region"),
    )
    organisation = models.ForeignKey(
        "organisations.OrganisationPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="applications",
        verbose_name=_("organisation"),
    )
    name = models.CharField(_("name of the organisation"), max_length=NAME_LENGTH)
    types = KeysField(_("types"), vocabulary=OrganisationType)
    teaser = models.CharField(_("teaser"), max_length=160, blank=True)
    fields_of_work = KeysField(_("fields of work"), vocabulary=FieldOfWork)
    languages_spoken = KeysField(_("languages spoken"), vocabulary=SpokenLanguage)
    place = models.CharField(_("place"), max_length=NAME_LENGTH, blank=True)
    words = models.CharField(max_length=WORDS_LENGTH, blank=True)
    first_name = models.CharField(_("first name"), max_length=PERSON_LENGTH)
    last_name = models.CharField(_("last name"), max_length=PERSON_LENGTH)
    email = models.EmailField(_("e-mail"), max_length=ADDRESS_LENGTH)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=20)
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("application of an organisation")
        verbose_name_plural = _("applications of organisations")
        ordering = ["confirmed_at", "pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.kind}: {self.name}"

    @property
    def is_claim(self):
        """Return whether an existing profile is asked for."""
        return self.kind == ApplicationKind.CLAIM

    @property
    def person(self):
        """Return the person's full name."""
        return f"{self.first_name} {self.last_name}"
