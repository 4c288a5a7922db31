"""Dates that cannot be are named in the form, and never stored."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from tests.factories import pages
from tests.services.rebuilding import built_once

pytestmark = pytest.mark.django_db


@pytest.fixture
@built_once
def organisation():
    region = pages.RegionPageFactory(parent=pages.start_site("de"))
    return pages.OrganisationPageFactory(parent=region)


@pytest.mark.parametrize(
    "changes",
    [
        {"start_date": datetime.date(26, 12, 12)},
        {"rrule": "FREQ=WEEKLY;UNTIL=20261130"},
        {"rrule": "FREQ=SECONDLY"},
        {"moved_dates": [{"original": "2026-12-12", "start": "2026-12-13T14:00", "end": "2026-12-13T12:00"}]},
    ],
)
def test_an_event_with_impossible_dates_is_refused_at_its_date(organisation, changes):
    event = pages.EventPageFactory(
        parent=organisation,
        start_date=datetime.date(2026, 12, 12),
        start_time=datetime.time(14),
        rrule="FREQ=WEEKLY",
    )
    event.full_clean()
    for name, value in changes.items():
        setattr(event, name, value)
    with pytest.raises(ValidationError) as refused:
        event.full_clean()
    assert set(refused.value.message_dict) == {"start_date"}
