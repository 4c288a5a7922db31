"""Dates and times as the browser asks for them: a picker on phones, the order of day and month people are used to.

Wagtail's own picker replaces whatever it cannot read, such as a date typed the German way, with today's date.
"""

from django import forms
from django.db import models
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
