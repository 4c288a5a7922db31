"""The edit form of events: asks for dates the way people think of them."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from content.widgets import DateInput
from organisations.forms import OwnedContactForm

from .recurrence import Recurrence, RecurrenceError
from .schedules import coming_series_dates
from .vocabularies import Repeat, Weekday

#: How many coming dates the form shows for leaving out and moving.
SHOWN_DATES = 6


class DatesWidget(forms.Widget):
    """One row per coming date: takes place, left out, or moved to another day and time.

    The value is a list of dicts with ``original`` (ISO date), ``action`` ("keep", "leave_out" or "move"), ``date``
    and ``time`` (as typed). Works without a script; with one the rows follow the fields above at once.
    """

    template_name = "events/admin/dates.html"

    class Media:
        js = ["events/dates.js"]
        css = {"all": ["events/dates.css"]}

    def value_from_datadict(self, data, files, name):
        rows = []
        for key in data:
            prefix, _dash, original = key.partition("-action-")
            if prefix == name and original:
                rows.append(
                    {
                        "original": original,
                        "action": data[key],
                        "date": data.get(f"{name}-date-{original}", ""),
                        "time": data.get(f"{name}-time-{original}", ""),
                    }
                )
        return rows

    def value_omitted_from_data(self, data, files, name):
        return False

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["rows"] = [row | {"label": day_label(row["original"])} for row in value or []]
        return context


def day_label(iso_date):
    try:
        return date_format(datetime.date.fromisoformat(iso_date), "D, j. F Y")
    except ValueError:
        return iso_date


class DatesField(forms.Field):
    """What happens on the coming dates of a repeated event; cleans to ``(excluded, moved)`` as the page keeps them.

    ``excluded`` is a list of ISO dates, ``moved`` a list of dicts like ``EventPage.moved_dates``. Raises
    ``ValidationError`` that names the date when it is moved to nowhere.
    """

    widget = DatesWidget

    def to_python(self, value):
        excluded, moved = [], []
        for row in value or []:
            try:
                original = datetime.date.fromisoformat(row["original"])
            except ValueError as error:
                raise ValidationError(
                    _("“%(text)s” is no date. Write it like 2026-12-24."), params={"text": row["original"]}
                ) from error
            if row["action"] == "leave_out":
                excluded.append(original.isoformat())
            elif row["action"] == "move":
                moved.append({"original": original.isoformat(), "start": self._moment(row), "end": ""})
        return excluded, moved

    def _moment(self, row):
        try:
            day = forms.DateField(localize=True).clean(row["date"])
            time = forms.TimeField(localize=True).clean(row["time"])
        except ValidationError as error:
            raise ValidationError(
                _("Say to which day and time %(date)s is moved."),
                params={"date": day_label(row["original"])},
                code="moved_to_nowhere",
            ) from error
        return datetime.datetime.combine(day, time).strftime("%Y-%m-%dT%H:%M")

    def has_changed(self, initial, data):
        return list(initial or []) != list(data or [])

    def validate(self, value):
        """Every combination is allowed, also none."""


class EventPageForm(OwnedContactForm):
    """Turns "every Thursday until Easter, but not on Ascension Day" into a rule with exceptions, and back."""

    said_in_other_words = ("rrule",)

    repeat = forms.ChoiceField(
        label=_("Does it repeat?"), choices=Repeat.choices, required=False, initial=Repeat.NONE
    )
    repeat_weekdays = forms.MultipleChoiceField(
        label=_("On these days"),
        choices=Weekday.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Only for every week or every two weeks. Tick nothing to take the day of the first date."
        ),
    )
    repeat_until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=DateInput,
        help_text=_("Give the last possible day. Leave it empty if it goes on and on."),
    )
    date_changes = DatesField(
        label=_("The next dates"),
        required=False,
        help_text=_("Leave single dates out or move them. Everything else stays as it is."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        try:
            recurrence = Recurrence.from_rrule(self.instance.rrule, start=self.instance.start_date)
            self.initial.update(Repeat.to_form(recurrence))
        except RecurrenceError:
            self._offer_to_keep_special_rule()
        self.initial["date_changes"] = date_rows(self.instance)

    def _offer_to_keep_special_rule(self):
        """An imported rule that the form has no words for stays until somebody chooses another."""
        field = self.fields.get("repeat")
        if field is not None:
            field.choices = [("special", _("as it was imported")), *Repeat.choices]
            self.initial["repeat"] = "special"

    def clean(self):
        cleaned = super().clean()
        if "repeat" not in self.fields:
            return cleaned
        repeat = cleaned.get("repeat") or Repeat.NONE
        if repeat != "special":
            try:
                recurrence = Repeat.from_form(
                    repeat,
                    start=cleaned.get("start_date"),
                    weekdays=cleaned.get("repeat_weekdays") or [],
                    until=cleaned.get("repeat_until"),
                )
                self.instance.rrule = recurrence.to_rrule()
            except RecurrenceError as error:
                self.add_error("repeat", str(error))
        if cleaned.get("date_changes") is not None and "date_changes" in self.fields:
            self._take_date_changes(*cleaned["date_changes"])
        return cleaned

    def _take_date_changes(self, excluded, moved):
        """Keep exceptions on days that the form did not show; take the others as they were left."""
        shown = {row["original"] for row in self.data_rows()}
        page = self.instance
        if not page.rrule:
            page.excluded_dates, page.moved_dates = [], []
            return
        ends = {entry["original"]: entry for entry in page.moved_dates}
        for entry in moved:
            before = ends.get(entry["original"])
            if before and before["start"] == entry["start"]:
                entry["end"] = before.get("end", "")
        page.excluded_dates = sorted({day for day in page.excluded_dates if day not in shown} | set(excluded))
        page.moved_dates = sorted(
            [entry for entry in page.moved_dates if entry["original"] not in shown] + moved,
            key=lambda entry: entry["original"],
        )

    def data_rows(self):
        """Return the rows of dates as they came in."""
        widget = self.fields["date_changes"].widget
        return widget.value_from_datadict(self.data, self.files, self.add_prefix("date_changes"))


def date_rows(page):
    """Return a row per coming date of a repeated event, for ``DatesWidget``."""
    if not page.rrule or not page.start_date:
        return []
    moved = {entry["original"]: entry for entry in page.moved_dates}
    rows = []
    for day in coming_series_dates(page, first=timezone.localdate(), limit=SHOWN_DATES):
        original = day.isoformat()
        row = {"original": original, "action": "keep", "date": "", "time": ""}
        if original in page.excluded_dates:
            row["action"] = "leave_out"
        elif original in moved:
            row["action"] = "move"
            row["date"], _t, row["time"] = moved[original]["start"].partition("T")
        rows.append(row)
    return rows
