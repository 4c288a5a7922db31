"""Vocabularies that every kind of content shares. Keys are stable, labels are translated once."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TargetGroup(models.TextChoices):
    """Whom something is for. Nobody is asked where they come from."""

    EVERYBODY = "everybody", pgettext_lazy("target group", "Everybody")
    NEWCOMERS = "newcomers", _("New in town")
    WOMEN = "women", _("Women")
    FAMILIES = "families", _("Families")
    YOUTH = "youth", _("Young people")
    SENIORS = "seniors", _("Older people")
    ASSOCIATIONS = "associations", _("Associations and groups")
    DISABILITY = "disability", _("People with disabilities")
    PROFESSIONALS = "professionals", _("Professionals")


class SpokenLanguage(models.TextChoices):
    """Languages people speak somewhere; ``gsg`` is German Sign Language (ISO 639-3)."""

    DE = "de", _("German")
    EN = "en", _("English")
    TR = "tr", _("Turkish")
    AR = "ar", _("Arabic")
    UK = "uk", _("Ukrainian")
    RU = "ru", _("Russian")
    FA = "fa", _("Persian")
    RO = "ro", _("Romanian")
    IT = "it", _("Italian")
    FR = "fr", _("French")
    GSG = "gsg", _("German Sign Language")


class PeopleShown(models.TextChoices):
    """Whether people can be recognised in a picture, and whether they may be shown (section 22 KunstUrhG)."""

    NOBODY = "nobody", _("Nobody can be recognised")
    AGREED = "agreed", _("Everybody who can be recognised agreed; children’s parents did, too")
    UNKNOWN = "unknown", _("I do not know yet")


class GermanLevel(models.TextChoices):
    """German that somebody needs to take part (levels of the Common European Framework)."""

    NONE = "none", _("no German needed")
    A1 = "a1", _("A1 – first words")
    A2 = "a2", _("A2 – simple sentences")
    B1 = "b1", _("B1 – everyday talk")
    B2 = "b2", _("B2 and more")


class ReviewInterval(models.IntegerChoices):
    """Months after which an entry has to be confirmed again."""

    THREE = 3, _("every 3 months")
    SIX = 6, _("every 6 months")
    TWELVE = 12, _("once a year")


class Door(models.TextChoices):
    """What people look for when they come: the three doors on the start page."""

    IDEAS = "ideas", _("Ideas")
    OPPORTUNITIES = "opportunities", _("Opportunities")
    PEOPLE = "people", _("People who join in")
