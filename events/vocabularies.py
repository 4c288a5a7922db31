"""Vocabularies about events. Keys are stable, labels are translated once."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventType(models.TextChoices):
    """What kind of meeting it is."""

    WORLD_CAFE = "world_cafe", _("World Café")
    TOWN_TALK = "town_talk", _("town talk")
    SEMINAR = "seminar", _("seminar")
    FESTIVAL = "festival", _("festival")
    CONSULTATION = "consultation", _("consultation hour")
    SPORTS = "sports", _("sports")
    CULTURE = "culture", _("culture")
    MEETING = "meeting", _("meeting")
    COURSE = "course", _("course")


class EventStatus(models.TextChoices):
    """Whether it takes place as announced."""

    PLANNED = "planned", _("takes place")
    CANCELLED = "cancelled", _("cancelled")
    MOVED = "moved", _("moved")
    FULL = "full", _("fully booked")


class ReplyMode(models.TextChoices):
    """Whether people should say that they come."""

    NONE = "none", _("just come, no reply needed")
    PLEASE = "please", _("please reply")
    REQUIRED = "required", _("reply needed")


class ReplyChannel(models.TextChoices):
    """How people can reply."""

    EMAIL = "email", _("by e-mail")
    PHONE = "phone", _("by phone")
    MESSENGER = "messenger", _("by messenger")
    IN_PERSON = "in_person", _("in person")


class Catering(models.TextChoices):
    """What there is to eat and drink."""

    NONE = "none", pgettext_lazy("catering", "nothing")
    DRINKS = "drinks", _("drinks")
    FOOD = "food", _("food and drinks")


class Diet(models.TextChoices):
    """What the food is."""

    VEGETARIAN = "vegetarian", _("vegetarian")
    VEGAN = "vegan", _("vegan")
    HALAL = "halal", _("halal")


class OrganiserRole(models.TextChoices):
    """How an organisation takes part in an event that another one hosts."""

    CO_HOST = "co_host", _("together with")
    SUPPORTED_BY = "supported_by", _("supported by")


class InterpretationLanguage(models.TextChoices):
    """Languages that somebody interprets into."""

    AR = "ar", _("Arabic")
    TR = "tr", _("Turkish")
    UK = "uk", _("Ukrainian")
    EN = "en", _("English")
    RU = "ru", _("Russian")
    FA = "fa", _("Persian")
    RO = "ro", _("Romanian")
    FR = "fr", _("French")
    GSG = "gsg", _("German Sign Language")


class EventCosts(models.TextChoices):
    """What coming costs."""

    FREE = "free", _("free of charge")
    DONATION = "donation", _("pay what you like")
    PAID = "paid", _("costs something")
