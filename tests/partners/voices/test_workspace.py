"""What readers say, in the workspace: a thing to do for the organisation, panels for those who keep regions."""

import datetime

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from content.searches.models import EmptySearch
from partners.models import Report
from partners.voices.workspace import panels, tasks
from partners.workspace.registry import Audience, panels_for, tasks_for

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 25)


def report(page, days_ago=0, **fields):
    moment = timezone.now() - datetime.timedelta(days=days_ago)
    values = {"language": "de", "reason": "time", "created_at": moment, **fields}
    return Report.objects.create(page_id=page.pk, **values)


@pytest.fixture
def partner(world):
    return Audience(world.people["partner"], organisations=(world.organisation,))


@pytest.fixture
def coordinator(world):
    return Audience(world.people["coordinator"], regions=(world.region,))


def test_one_report_is_named_and_leads_to_itself(world, partner):
    found = report(world.offer, text="Erst ab 10 Uhr")
    report(world.other)

    with override("de"):
        (task,) = tasks(partner, [], TODAY)
        assert task in tasks_for(partner, [], TODAY)
    assert (task.label, task.note, task.url) == (
        "Gemeldet zu „Nähkurs“: Der Tag oder die Uhrzeit stimmt nicht",
        "Erst ab 10 Uhr",
        f"/admin/reader-reports/{found.pk}/",
    )


def test_several_reports_are_one_thing_to_do(world, partner, django_assert_num_queries):
    for number in range(3):
        report(world.offer, days_ago=number)

    with override("de"), django_assert_num_queries(3):
        (task,) = tasks(partner, [], TODAY)
    assert (task.label, task.url) == ("3 Meldungen", "/admin/reader-reports/")


def test_nothing_is_to_be_done_once_reports_are_settled(world, partner):
    report(world.offer, state="done")
    assert tasks(partner, [], TODAY) == []


def test_a_region_sees_its_reports_and_what_is_missed_in_its_languages(world, coordinator):
    for number in range(7):
        report(world.offer, days_ago=number)
    report(world.other)
    world.region.languages = ["tr"]
    for language, words, count in (("de", "nähmaschine", 2), ("tr", "ehliyet", 3), ("ar", "قيادة", 9)):
        EmptySearch.objects.create(day=timezone.localdate(), language=language, words=words, count=count)

    with override("de"):
        reports, searches = panels(coordinator, TODAY)
        keys = [panel.key for panel in panels_for(coordinator, TODAY)]
        shown = [render_to_string(panel.template, panel.context) for panel in (reports, searches)]
    assert [key for key in keys if key in ("reader-reports", "missed-words")] == [
        "reader-reports",
        "missed-words",
    ]
    assert (reports.count, shown[0].count("<li>")) == (7, 5)
    assert [row.words for row, _language in searches.context["words"]] == ["ehliyet", "nähmaschine"]
    assert "Türkçe</bdi> · 3-mal" in shown[1]


def test_whoever_keeps_no_region_has_no_panel(partner):
    assert panels(partner, TODAY) == []
