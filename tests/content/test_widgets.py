"""What edit forms ask with: dates by the browser, in every form that there will ever be, and topics to tick."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.http import QueryDict
from django.utils import translation
from taggit.forms import TagField
from wagtail.models import get_page_models

from content.models import Topic
from content.widgets import DateInput, DateTimeInput, TimeInput, TopicCheckboxes

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


@pytest.mark.django_db
def test_topics_are_ticked_and_named_in_the_language_of_the_form():
    school = Topic.objects.create(name="Schule & Kinder", slug="schule", labels={"tr": "Okul ve çocuklar"})
    Topic.objects.create(name="Sport", slug="sport", labels={"tr": "Spor"})

    class Form(forms.Form):
        topics = TagField(widget=TopicCheckboxes)

    with translation.override("tr"):
        boxes = BeautifulSoup(str(Form(initial={"topics": [school]})["topics"]), "html.parser").select(
            "label"
        )
    assert [(box.text.strip(), box.input["value"], box.input.has_attr("checked")) for box in boxes] == [
        ("Okul ve çocuklar", "Schule & Kinder", True),
        ("Spor", "Sport", False),
    ]

    sent = Form(QueryDict("topics=Schule+%26+Kinder&topics=Sport"))
    assert sent.is_valid()
    assert sent.cleaned_data["topics"] == ["Schule & Kinder", "Sport"]
    again = BeautifulSoup(str(sent["topics"]), "html.parser").select("input[checked]")
    assert [box["value"] for box in again] == ["Schule & Kinder", "Sport"]
