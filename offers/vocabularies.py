"""Vocabularies about offers. Keys are stable, labels are translated once."""

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OfferKind(models.TextChoices):
    """What an offer gives. The first four are the project's own words for its support."""

    INFORMATION = "information", _("Information")
    QUALIFICATION = "qualification", _("Training")
    SERVICE = "service", _("Service and advice")
    NETWORKING = "networking", _("Networking and cooperation")
    FUNDING = "funding", _("Funding")


class Direction(models.TextChoices):
    """Which of the project's two aims an offer serves."""

    SUPPORT = "support", _("Support for migrants and their organisations")
    OPENING = "opening", _("Intercultural opening of existing structures")


class Purpose(models.TextChoices):
    """Whether somebody gets something here or gives something."""

    GET_SUPPORT = "get_support", _("Get support")
    JOIN_IN = "join_in", _("Join in")


class Commitment(models.TextChoices):
    """How much time joining in takes."""

    ONE_OFF = "one_off", _("once")
    FEW_HOURS = "few_hours", _("a few hours a month")
    WEEKLY = "weekly", _("every week")
    FLEXIBLE = "flexible", _("flexible")


class Costs(models.TextChoices):
    """What taking part costs."""

    FREE = "free", _("free of charge")
    DONATION = "donation", _("pay what you like")
    REDUCED = "reduced", _("costs something, less for some")
    PAID = "paid", _("costs something")


class Stage(models.TextChoices):
    """How far an offer has come."""

    IDEA = "idea", pgettext_lazy("stage of an offer", "idea")
    DEVELOPMENT = "development", _("in development")
    PILOT = "pilot", _("being tried out")
    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    ENDED = "ended", _("ended")


WEEKDAYS = (
    ("mo", _("Monday")),
    ("tu", _("Tuesday")),
    ("we", _("Wednesday")),
    ("th", _("Thursday")),
    ("fr", _("Friday")),
    ("sa", _("Saturday")),
    ("su", _("Sunday")),
)
PARTS_OF_DAY = (("morning", _("morning")), ("afternoon", _("afternoon")), ("evening", _("evening")))


class Availability:
    """The 21 cells of the grid weekday × part of the day, in the shape ``KeysField`` reads a vocabulary.

    Keys read like ``mo-morning``; labels like "Monday, morning".
    """

    choices = [
        (f"{day}-{part}", format_lazy("{day}, {part}", day=day_label, part=part_label))
        for day, day_label in WEEKDAYS
        for part, part_label in PARTS_OF_DAY
    ]
    values = [key for key, _label in choices]
