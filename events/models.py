"""Events, their series and their dates."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from content import localisable
from content.fields import KeysField, TriStateField
from content.models import TaggedPage
from content.vocabularies import GermanLevel, SpokenLanguage, TargetGroup
from organisations.models import TEXT_FEATURES, ProvidedPage
from organisations.vocabularies import PlaceMode

from .calendar_files import CalendarFiles
from .forms import EventPageForm
from .panels import EVENT_EDIT_HANDLER
from .recurrence import RecurrenceError
from .schedules import check_dates, next_date
from .vocabularies import (
    Catering,
    Diet,
    EventCosts,
    EventStatus,
    EventType,
    InterpretationLanguage,
    OrganiserRole,
    ReplyChannel,
    ReplyMode,
)


class EventPage(CalendarFiles, ProvidedPage):
    """One event, once or repeated. Dates are local wall time; see ``events.recurrence``."""

    event_type = models.CharField(_("kind of event"), max_length=15, choices=EventType.choices, blank=True)
    series = models.CharField(
        _("series"),
        max_length=80,
        blank=True,
        help_text=_("Give the name of the series, the same on each of its events: Interkultureller Herbst."),
    )
    text = RichTextField(
        _("text"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Tell what happens, in short sentences. Date, place and reply have their own fields."),
    )
    start_date = models.DateField(
        _("date"), null=True, blank=True, help_text=_("Give the first or only day.")
    )
    start_time = models.TimeField(_("time"), null=True, blank=True, help_text=_("When does it begin?"))
    end_date = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Only if it lasts several days.")
    )
    end_time = models.TimeField(_("end"), null=True, blank=True)
    all_day = models.BooleanField(_("all day"), default=False)
    doors_time = models.TimeField(_("doors open"), null=True, blank=True)
    rrule = models.CharField(_("repeats"), max_length=255, blank=True)
    excluded_dates = models.JSONField(_("dates left out"), default=list, blank=True)
    moved_dates = models.JSONField(_("dates moved"), default=list, blank=True)
    how_to_find = models.CharField(
        _("how to find it"), max_length=200, blank=True, help_text=_("For example: entrance in the yard.")
    )
    topics = ClusterTaggableManager(_("topics"), through=TaggedPage, blank=True)
    target_groups = KeysField(
        _("for whom"),
        vocabulary=TargetGroup,
        help_text=_("Choose “everybody” unless it is really only for some."),
    )
    languages_spoken = KeysField(_("languages spoken"), vocabulary=SpokenLanguage)
    interpretation = KeysField(_("interpreted into"), vocabulary=InterpretationLanguage)
    german_level = models.CharField(
        _("German needed"), max_length=4, choices=GermanLevel.choices, default=GermanLevel.NONE
    )
    no_experience_needed = models.BooleanField(
        _("newcomers welcome"),
        default=True,
        help_text=_("With or without experience, member of an association or not."),
    )
    costs = models.CharField(_("costs"), max_length=8, choices=EventCosts.choices, default=EventCosts.FREE)
    costs_amount = models.CharField(
        _("how much"), max_length=60, blank=True, help_text=_("Give the amount, for example: 5 €.")
    )
    reply_mode = models.CharField(_("reply"), max_length=8, choices=ReplyMode.choices, default=ReplyMode.NONE)
    reply_by = models.DateField(_("reply by"), null=True, blank=True)
    reply_channels = KeysField(
        _("reply how"), vocabulary=ReplyChannel, help_text=_("Tick how people can reply.")
    )
    reply_preferred = models.CharField(
        _("best"),
        max_length=10,
        choices=ReplyChannel.choices,
        blank=True,
        help_text=_("Choose the way you like best; it is named first."),
    )
    reply_fallback = models.CharField(
        _("if need be"),
        max_length=10,
        choices=ReplyChannel.choices,
        blank=True,
        help_text=_("Choose the way for those who cannot use the others; it is named last."),
    )
    reply_note = models.CharField(_("about replying"), max_length=160, blank=True)
    capacity = models.PositiveIntegerField(_("places for people"), null=True, blank=True)
    waiting_list = models.BooleanField(_("waiting list"), default=False)
    catering = models.CharField(
        _("food and drink"), max_length=8, choices=Catering.choices, default=Catering.NONE
    )
    diets = KeysField(_("the food is"), vocabulary=Diet)
    childcare = TriStateField(_("childcare"))
    weather_note = models.CharField(
        _("in bad weather"), max_length=160, blank=True, help_text=_("Say what happens when it rains.")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=EventStatus.choices, default=EventStatus.PLANNED
    )
    results = RichTextField(
        _("results"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("After the event: tell what came out of it."),
    )
    press_text = models.TextField(
        _("press text"),
        blank=True,
        help_text=_("Paste the text that went to the newspaper. It is not translated."),
    )
    is_listed = models.BooleanField(
        _("shown to readers in lists"), default=True, help_text=_("Take the tick out for internal meetings.")
    )

    # Found from the dates; lists sort by them.
    next_start = models.DateTimeField(_("next date"), null=True, editable=False, db_index=True)
    next_end = models.DateTimeField(null=True, editable=False, db_index=True)

    required_to_publish = ("teaser", "event_type", "target_groups")
    translatable_fields = [
        *ProvidedPage.provided_translatable_fields,
        *localisable.sentences("text", "how_to_find", "reply_note", "weather_note", "results"),
        *localisable.facts(
            "event_type",
            "series",
            "start_date",
            "start_time",
            "end_date",
            "end_time",
            "all_day",
            "doors_time",
            "rrule",
            "excluded_dates",
            "moved_dates",
            "tagged_topics",
            "target_groups",
            "languages_spoken",
            "interpretation",
            "german_level",
            "no_experience_needed",
            "costs",
            "costs_amount",
            "reply_mode",
            "reply_by",
            "reply_channels",
            "reply_preferred",
            "reply_fallback",
            "capacity",
            "waiting_list",
            "catering",
            "diets",
            "childcare",
            "status",
            "press_text",
            "is_listed",
            "organisers",
        ),
    ]
    local_fields = (
        *ProvidedPage.local_fields,
        "series",
        *("start_date", "start_time", "end_date", "end_time", "all_day", "doors_time"),
        *("rrule", "excluded_dates", "moved_dates"),
        "how_to_find",
        *("reply_by", "reply_channels", "reply_preferred", "reply_fallback", "reply_note"),
        "capacity",
        "weather_note",
        *("status", "results", "press_text"),
        "organisers",
    )
    parent_page_types = ["organisations.OrganisationPage"]
    template = "events/event_page.html"
    edit_handler = EVENT_EDIT_HANDLER
    base_form_class = EventPageForm
    search_fields = [*Page.search_fields, index.SearchField("teaser"), index.SearchField("text")]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def clean(self):
        super().clean()
        errors = {}
        if len(self.title) > 80:
            errors["title"] = _("The title has %(length)d characters; use at most 80.") % {
                "length": len(self.title)
            }
        if self.start_date and self.end_date and self.end_date < self.start_date:
            errors["end_date"] = _("The last day is before the first. Check both dates.")
        else:
            try:
                check_dates(self)
            except RecurrenceError as error:
                errors["start_date"] = str(error)
        if self.start_date and self.reply_by and not self.rrule and self.reply_by > self.start_date:
            errors["reply_by"] = _("People would reply after the event. Give a day before it.")
        if errors:
            raise ValidationError(errors)

    def missing_for_publication(self):
        missing = super().missing_for_publication()
        if not self.start_date:
            missing["start_date"] = _("The date is missing. Readers need to know which day to come.")
        if not self.start_time and not self.all_day:
            missing["start_time"] = _("The time is missing. Say when it begins, or tick “all day”.")
        if self.place_mode == PlaceMode.ONLINE:
            if not (self.online_url or self.effective_contact):
                missing["online_url"] = _("Give the online link, or a contact who tells it.")
        elif not self.has_place:
            missing["place_name"] = _(
                "The place is missing. Give the name of the place, its street and town."
            )
        if self.reply_mode != ReplyMode.NONE and not self.reply_channels:
            missing["reply_channels"] = _("You ask for a reply. Tick how people can reply.")
        return missing

    @property
    def effective_place(self):
        """Return where it takes place; an event always says so itself."""
        return None if self.place_mode == PlaceMode.ONLINE else self

    def pictures_shown(self):
        from .selectors import organisers_of  # it names the page models

        return [*super().pictures_shown(), *(organisation.logo for organisation in organisers_of(self))]

    def save(self, *args, **kwargs):
        if kwargs.get("update_fields") is None:
            self.next_start, self.next_end = next_date(self)
        super().save(*args, **kwargs)

    def starts_at(self):
        """Return the first start as naive local time, midnight for an all-day event; None without a date."""
        if not self.start_date:
            return None
        return datetime.datetime.combine(
            self.start_date, (not self.all_day and self.start_time) or datetime.time()
        )


class EventOrganiser(Orderable):
    """An organisation that makes an event together with its host."""

    event = ParentalKey(EventPage, related_name="organisers", on_delete=models.CASCADE)
    organisation = models.ForeignKey(
        "organisations.OrganisationPage",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="co_organised",
    )
    role = models.CharField(
        _("role"), max_length=12, choices=OrganiserRole.choices, default=OrganiserRole.CO_HOST
    )

    class Meta(Orderable.Meta):
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")


class Occurrence(models.Model):
    """One date of an event, written down so that lists and filters need no arithmetic.

    Belongs to all translations of an event together, through their translation key. ``original_date`` is the
    local day the rule gave, also for a date that was moved.
    """

    event_key = models.UUIDField()
    original_date = models.DateField()
    start = models.DateTimeField()
    end = models.DateTimeField()
    is_moved = models.BooleanField(default=False)

    class Meta:
        ordering = ["start"]
        constraints = [
            models.UniqueConstraint(
                fields=("event_key", "original_date"), name="one_occurrence_per_event_and_day"
            )
        ]
        indexes = [
            models.Index(fields=("start", "end"), name="occurrence_by_time"),
            models.Index(fields=("event_key", "end", "start"), name="occurrence_by_event"),
        ]

    def __str__(self):
        return f"{self.start:%Y-%m-%d %H:%M}"
