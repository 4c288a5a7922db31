"""Dates in edit forms are asked for by the browser, in every form that there will ever be."""

import datetime

import pytest
from django import forms
from django.utils import translation
from wagtail.models import get_page_models

from content.widgets import DateInput, DateTimeInput, TimeInput

OURS = [model for model in get_page_models() if not model.__module__.startswith("wagtail")]
NATIVE = {forms.DateField: DateInput, forms.TimeField: TimeInput}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_date_and_time_is_asked_for_by_the_browser(model):
    form = model.get_edit_handler().get_form_class()
    for name, field in form.base_fields.items():
        if type(field) in NATIVE:
            assert type(field.widget) is NATIVE[type(field)], name


@pytest.mark.parametrize(
    ("widget", "value", "kind", "sent"),
    [
        (DateInput(), datetime.date(2026, 12, 5), "date", "2026-12-05"),
        (TimeInput(), datetime.time(18, 30), "time", "18:30"),
        (DateTimeInput(), datetime.datetime(2026, 12, 5, 18, 30), "datetime-local", "2026-12-05T18:30"),
    ],
)
def test_a_value_is_written_the_one_way_browsers_read(widget, value, kind, sent):
    html = widget.render("when", value)
    assert f'type="{kind}"' in html
    assert f'value="{sent}"' in html


def test_what_a_browser_sends_is_read_in_every_language(settings):
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            assert forms.DateField().clean("2026-12-05") == datetime.date(2026, 12, 5)
            assert forms.TimeField().clean("18:30") == datetime.time(18, 30)
            assert forms.DateTimeField().clean("2026-12-05T18:30").replace(tzinfo=None) == datetime.datetime(
                2026, 12, 5, 18, 30
            )
