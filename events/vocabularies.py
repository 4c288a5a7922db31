"""Vocabularies about events. Keys are stable, labels are translated once."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .recurrence import Recurrence, RecurrenceError


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


class Weekday(models.TextChoices):
    """Days of the week, keys as in RFC 5545."""

    MO = "MO", _("Monday")
    TU = "TU", _("Tuesday")
    WE = "WE", _("Wednesday")
    TH = "TH", _("Thursday")
    FR = "FR", _("Friday")
    SA = "SA", _("Saturday")
    SU = "SU", _("Sunday")


class Repeat(models.TextChoices):
    """How often an event repeats, in the words people use; the details follow from the first date."""

    NONE = "none", _("no, once only")
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every two weeks")
    MONTHLY_WEEKDAY = "monthly_weekday", _("every month on the same weekday, like every second Thursday")
    MONTHLY_LAST = "monthly_last", _("every month on the last such weekday, like every last Friday")
    MONTHLY_DATE = "monthly_date", _("every month on the same date, like every 12th")
    YEARLY = "yearly", _("every year")

    @classmethod
    def from_form(cls, repeat, *, start, weekdays, until):
        """Return the ``Recurrence`` that the form's fields mean; ``start`` is the first day, or None in a draft.

        Raises ``RecurrenceError``.
        """
        match repeat:
            case cls.WEEKLY | cls.FORTNIGHTLY:
                interval = 1 if repeat == cls.WEEKLY else 2
                return Recurrence("weekly", interval=interval, weekdays=tuple(weekdays), until=until)
            case cls.MONTHLY_WEEKDAY | cls.MONTHLY_LAST if start is not None:
                nth = (start.day - 1) // 7 + 1
                nth = -1 if repeat == cls.MONTHLY_LAST or nth == 5 else nth
                weekday = cls._weekday_of(start)
                return Recurrence("monthly_by_weekday", weekdays=(weekday,), nth=nth, until=until)
            case cls.MONTHLY_DATE | cls.MONTHLY_WEEKDAY | cls.MONTHLY_LAST:
                return Recurrence("monthly_by_date", until=until)
            case cls.DAILY | cls.YEARLY:
                return Recurrence(str(repeat), until=until)
        return Recurrence()

    @staticmethod
    def _weekday_of(day):
        return Weekday.values[day.weekday()]

    @classmethod
    def to_form(cls, recurrence):
        """Return initial values for the form's fields. Raises ``RecurrenceError`` for what they cannot say."""
        if recurrence.count is not None:
            raise RecurrenceError(_("This repetition ends after a number of dates; the form cannot show it."))
        repeat = {
            ("none", 1): cls.NONE,
            ("daily", 1): cls.DAILY,
            ("weekly", 1): cls.WEEKLY,
            ("weekly", 2): cls.FORTNIGHTLY,
            ("monthly_by_weekday", 1): cls.MONTHLY_LAST if recurrence.nth == -1 else cls.MONTHLY_WEEKDAY,
            ("monthly_by_date", 1): cls.MONTHLY_DATE,
            ("yearly", 1): cls.YEARLY,
        }.get((recurrence.frequency, recurrence.interval))
        if repeat is None or (recurrence.frequency == "monthly_by_weekday" and len(recurrence.weekdays) > 1):
            raise RecurrenceError(_("The form has no words for this repetition."))
        return {
            "repeat": repeat,
            "repeat_weekdays": list(recurrence.weekdays) if recurrence.frequency == "weekly" else [],
            "repeat_until": recurrence.until,
        }


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
