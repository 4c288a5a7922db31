"""The edit form of events, posted the way a browser posts it."""

import datetime
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from events.models import EventPage, Occurrence
from tests.factories import pages
from tests.services.rebuilding import built_once

pytestmark = pytest.mark.django_db

INVITATION = (Path(__file__).parent / "invitation.txt").read_text()


@pytest.fixture
@built_once
def organisation():
    home = pages.start_site("de")
    region = pages.RegionPageFactory(parent=home, title="Kempten (Allgäu)")
    return pages.OrganisationPageFactory(parent=region, title="Haus International")


def form_data(**changes):
    data = {
        "title": "Einladung zum »World Café«",
        "slug": "world-cafe",
        "teaser": "»MitmischerInnen« in Kempton gesucht",
        "event_type": "world_cafe",
        "text": rich_text("".join(f"<p>{part}</p>" for part in INVITATION.split("\n\n") if part.strip())),
        "target_groups": ["everybody"],
        "place_mode": "on_site",
        "repeat": "none",
        "german_level": "none",
        "costs": "free",
        "reply_mode": "please",
        "reply_by": "10.12.2015",
        "reply_channels": ["email", "phone"],
        "reply_preferred": "email",
        "reply_fallback": "phone",
        "catering": "food",
        "status": "planned",
        "childcare": "unknown",
        "review_interval": "6",
        "results": rich_text(""),
        "organisers-TOTAL_FORMS": 0,
        "organisers-INITIAL_FORMS": 0,
        "organisers-MIN_NUM_FORMS": 0,
        "organisers-MAX_NUM_FORMS": 1000,
        "press_text": INVITATION,
        **dict.fromkeys(EventPage.accessibility_fields, "unknown"),
    }
    return data | changes


def post(client, organisation, **changes):
    url = reverse("wagtailadmin_pages:add", args=["events", "eventpage", organisation.pk])
    return client.post(url, form_data(**changes))


COMPLETED = {
    "start_date": "12.12.2015",
    "start_time": "14:00",
    "end_time": "18:00",
    "place_name": "Haus International",
    "street": "Poststr. 22",
    "postcode": "87439",
    "city": "Kempten",
}


def test_publishing_the_invitation_is_refused_with_date_time_and_place_named(admin_client, organisation):
    response = post(admin_client, organisation, **{"action-publish": "1"})

    assert response.status_code == 200
    errors = response.context["form"].errors
    assert set(errors) == {"start_date", "start_time", "place_name"}
    assert not EventPage.objects.exists()
    assert INVITATION.splitlines()[6][:60] in response.content.decode()


def test_the_invitation_is_kept_as_a_draft(admin_client, organisation):
    post(admin_client, organisation)

    page = EventPage.objects.get()
    assert not page.live
    assert page.get_latest_revision_as_object().press_text.split() == INVITATION.split()


def test_the_completed_invitation_is_published(admin_client, organisation):
    post(admin_client, organisation, **COMPLETED, **{"action-publish": "1"})

    page = EventPage.objects.get()
    assert page.live
    assert (page.start_date, page.start_time) == (datetime.date(2015, 12, 12), datetime.time(14, 0))
    assert page.place_line() == "Haus International, Poststr. 22, 87439 Kempten"


def test_nobody_has_to_think_of_an_address(admin_client, organisation):
    post(admin_client, organisation, **COMPLETED, slug="", **{"action-publish": "1"})

    assert EventPage.objects.get().slug == "einladung-zum-world-café"


def test_a_draft_cannot_be_published_behind_the_forms_back(organisation):
    page = pages.EventPageFactory(parent=organisation, start_date=None, live=False)

    with pytest.raises(ValidationError) as refusal:
        page.save_revision().publish()

    assert set(refusal.value.message_dict) == {"start_date"}
    page.refresh_from_db()
    assert not page.live


def next_thursday():
    today = timezone.localdate()
    return today + datetime.timedelta(days=(3 - today.weekday()) % 7 or 7)


def weekly(**changes):
    return {
        **COMPLETED,
        "start_date": next_thursday().strftime("%d.%m.%Y"),
        "reply_mode": "none",
        "reply_by": "",
        "repeat": "weekly",
        "action-publish": "1",
    } | changes


def test_every_week_becomes_a_rule_and_dates(admin_client, organisation, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        post(admin_client, organisation, **weekly())

    page = EventPage.objects.get()
    assert page.rrule == "FREQ=WEEKLY"
    starts = [
        timezone.localtime(row.start) for row in Occurrence.objects.filter(event_key=page.translation_key)
    ]
    assert len(starts) >= 78
    assert {(start.weekday(), start.hour) for start in starts} == {(3, 14)}
    assert starts[0].date() == next_thursday()


def test_one_date_is_left_out_and_one_moved(admin_client, organisation, django_capture_on_commit_callbacks):
    second = next_thursday() + datetime.timedelta(days=7)
    third = next_thursday() + datetime.timedelta(days=14)
    friday = third + datetime.timedelta(days=1)

    with django_capture_on_commit_callbacks(execute=True):
        post(
            admin_client,
            organisation,
            **weekly(
                **{
                    f"date_changes-action-{second}": "leave_out",
                    f"date_changes-action-{third}": "move",
                    f"date_changes-date-{third}": friday.isoformat(),
                    f"date_changes-time-{third}": "16:00",
                }
            ),
        )

    rows = {row.original_date: row for row in Occurrence.objects.all()}
    assert second not in rows
    assert timezone.localtime(rows[third].start).strftime("%Y-%m-%d %H:%M") == f"{friday} 16:00"
    assert rows[third].is_moved


def test_exceptions_on_days_that_the_form_does_not_show_are_kept(admin_client, organisation):
    far = (next_thursday() + datetime.timedelta(days=7 * 30)).isoformat()
    page = pages.EventPageFactory(
        parent=organisation,
        start_date=next_thursday(),
        rrule="FREQ=WEEKLY",
        excluded_dates=[far],
    )
    first = next_thursday().isoformat()

    admin_client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        form_data(**weekly(slug=page.slug, **{f"date_changes-action-{first}": "leave_out"})),
    )

    page.refresh_from_db()
    assert page.excluded_dates == sorted([first, far])


def test_moving_a_date_to_nowhere_is_refused_with_the_date_named(admin_client, organisation):
    first = next_thursday()

    response = post(admin_client, organisation, **weekly(**{f"date_changes-action-{first}": "move"}))

    assert set(response.context["form"].errors) == {"date_changes"}
    assert f"{first.day}." in response.context["form"].errors["date_changes"][0]


def test_an_imported_rule_without_words_is_kept(admin_client, organisation):
    rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
    page = pages.EventPageFactory(parent=organisation, rrule=rule)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = admin_client.get(url).context["form"]
    assert form.initial["repeat"] == "special"

    admin_client.post(url, form_data(**weekly(slug=page.slug, repeat="special")))

    page.refresh_from_db()
    assert page.rrule == rule


def test_the_preview_shows_the_next_six_dates(admin_client):
    start = next_thursday()

    response = admin_client.get(
        reverse("events_dates_preview"), {"start_date": start.isoformat(), "repeat": "fortnightly"}
    )

    shown = response.content.decode()
    expected = [(start + datetime.timedelta(days=14 * n)).isoformat() for n in range(6)]
    assert [day for day in expected if f"date_changes-action-{day}" in shown] == expected
    assert shown.count("date_changes-action-") == 6


def test_the_preview_of_half_a_form_is_an_explanation(admin_client):
    response = admin_client.get(reverse("events_dates_preview"), {"repeat": "weekly"})

    assert response.status_code == 200
    assert "date_changes-action-" not in response.content.decode()


def test_the_preview_is_for_people_of_the_admin_only(client):
    assert client.get(reverse("events_dates_preview")).status_code == 302
