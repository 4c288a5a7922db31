"""What the beat does by the clock can be done by hand."""

import datetime
import time

import pytest
from celery import current_app
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from tests.factories import pages

pytestmark = pytest.mark.django_db


def test_every_entry_of_the_beat_names_a_task_that_exists():
    current_app.loader.import_default_modules()

    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(current_app.tasks)


def test_housekeeping_publishes_what_is_due_and_takes_down_what_expired():
    home = pages.start_site("de")
    expired = pages.PlainPageFactory(parent=home, expire_at=timezone.now() - datetime.timedelta(hours=1))
    due = pages.PlainPageFactory(parent=home, live=False)
    due.go_live_at = timezone.now() + datetime.timedelta(seconds=1)
    due.save_revision().publish()
    time.sleep(1.1)

    call_command("housekeeping")

    expired.refresh_from_db()
    due.refresh_from_db()
    assert (expired.live, expired.expired, due.live) == (False, True, True)
