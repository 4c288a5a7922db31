"""Vocabularies about regions and organisations. Keys are stable, labels are translated once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegionKind(models.TextChoices):
    """What a region is on the map."""

    CITY = "city", _("town")
    DISTRICT = "district", _("district with municipalities")
    SUPRA_REGIONAL = "supra_regional", _("supra-regional")


class RegionRoleKind(models.TextChoices):
    """What an organisation does for a region's project."""

    INITIATOR = "initiator", _("initiated by")
    EXECUTING = "executing", _("carried out by")
    CARRIER = "carrier", _("local project partners")
    FUNDER = "funder", _("funded by")
    STEERING = "steering", _("in the steering circle")
    PARTNER = "partner", _("partners")


class OrganisationType(models.TextChoices):
    """What kind of body an organisation is."""

    MIGRANT_ORGANISATION = "migrant_organisation", _("migrant organisation")
    ASSOCIATION = "association", _("association")
    VOLUNTEER_AGENCY = "volunteer_agency", _("volunteer agency")
    WELFARE = "welfare", _("welfare body")
    MUNICIPALITY = "municipality", _("town or district office")
    INITIATIVE = "initiative", _("initiative without legal form")
    EDUCATION = "education", _("education provider")
    FUNDER = "funder", _("funder")


class FieldOfWork(models.TextChoices):
    """The two fields that meet on the platform."""

    ENGAGEMENT = "engagement", _("civic engagement")
    INTEGRATION = "integration", _("migration and integration")


class PlaceMode(models.TextChoices):
    """Where something happens."""

    ON_SITE = "on_site", _("at a place")
    ONLINE = "online", _("online")
    MOBILE = "mobile", _("we come to you")


class Messenger(models.TextChoices):
    """Messengers that a contact answers on."""

    SIGNAL = "signal", "Signal"
    WHATSAPP = "whatsapp", "WhatsApp"
    TELEGRAM = "telegram", "Telegram"
    THREEMA = "threema", "Threema"
