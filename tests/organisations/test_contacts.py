"""Contacts: one record, checked where it is typed."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from organisations.models import Contact


def contact(**fields):
    return Contact(organisation_key=uuid.uuid4(), name="Aylin Demir", **fields)


def test_a_phone_number_is_kept_in_one_form_and_shown_as_people_write_it():
    record = contact(phone="089 99998 123")

    record.clean()

    assert record.phone == "+498999998123"
    assert record.phone_for_people == "089 99998123"


def test_what_is_no_phone_number_is_refused_with_an_example():
    with pytest.raises(ValidationError) as refusal:
        contact(phone="nach Vereinbarung").clean()

    assert "0831 12345" in refusal.value.message_dict["phone"][0]


def test_a_contact_needs_a_way_to_be_reached():
    with pytest.raises(ValidationError):
        contact().clean()


def test_hours_must_be_readable():
    record = contact(email="a@example.org", hours="dienstags wenn es passt")

    with pytest.raises(ValidationError) as refusal:
        record.full_clean()

    assert set(refusal.value.message_dict) == {"hours"}


def test_hours_in_openstreetmap_notation_are_taken():
    contact(
        email="a@example.org", hours="Mo-Th 09:00-12:00; Tu 14:00-17:00", languages=["de", "tr"]
    ).clean_fields(exclude=["photo"])
