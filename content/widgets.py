"""What edit forms ask with: dates and times as the browser asks for them, and topics to tick.

The browser has a picker on phones and the order of day and month that people are used to. Wagtail's own picker
replaces whatever it cannot read, such as a date typed the German way, with today's date.
"""

from django import forms
from django.apps import apps
from django.db import models
from taggit.utils import parse_tags
from wagtail.admin.forms.models import register_form_field_override


class DateInput(forms.DateInput):
    """A day. What is sent is always ISO 8601 (2026-12-24), whatever the browser shows."""

    input_type = "date"

    def __init__(self, attrs=None, format="%Y-%m-%d"):
        # A fifth digit of the year is a slip of the finger.
        super().__init__(attrs={"max": "9999-12-31", **(attrs or {})}, format=format)


class TimeInput(forms.TimeInput):
    """A time of day to the minute, as 18:30."""

    input_type = "time"

    def __init__(self, attrs=None, format="%H:%M"):
        super().__init__(attrs=attrs, format=format)


class DateTimeInput(forms.DateTimeInput):
    """A day and a local time, sent as 2026-12-24T18:30."""

    input_type = "datetime-local"

    def __init__(self, attrs=None, format="%Y-%m-%dT%H:%M"):
        super().__init__(attrs={"max": "9999-12-31T23:59", **(attrs or {})}, format=format)


def use_in_edit_forms():
    """Let every edit form ask for dates and times with these widgets."""
    for field, widget in (
        (models.DateField, DateInput),
        (models.TimeField, TimeInput),
        (models.DateTimeField, DateTimeInput),
    ):
        register_form_field_override(field, override={"widget": widget})


class TopicCheckboxes(forms.CheckboxSelectMultiple):
    """All topics to tick, named in the language of the person at the form.

    Sends names and hands them on the way taggit's field expects them: in one line, each in quotation marks.
    """

    def get_context(self, name, value, attrs):
        topic = apps.get_model("content", "Topic")
        choices = [(each.name, each.label()) for each in topic.objects.all()]
        self.choices = sorted(choices, key=lambda choice: choice[1].casefold())
        return super().get_context(name, value, attrs)

    def format_value(self, value):
        return parse_tags(value) if isinstance(value, str) else [topic.name for topic in value or ()]

    def value_from_datadict(self, data, files, name):
        return ", ".join(f'"{topic}"' for topic in super().value_from_datadict(data, files, name) or ())
