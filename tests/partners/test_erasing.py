"""What the clock erases is in the audit log: how much of what, by nobody, and nothing of whom."""

import datetime
import json

import pytest
from django.conf import settings
from django.utils import timezone

from content import signed_links
from content import tasks as content_tasks
from content.audit import AuditEntry
from content.mail.models import Mail
from content.models import SignedLink
from content.uploads import UploadedSheet
from partners import tasks
from partners.models import Application, Idea, Report
from tests.partners.freshness.world import World
from tests.services.rebuilding import built

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TASKS = (
    content_tasks.erase_old_mail,
    content_tasks.forget_uploaded_sheets,
    content_tasks.forget_what_is_over,
    tasks.forget_applications_and_ideas,
    tasks.forget_readers,
)
WHO = "zzkanarie@example.org"


def run_all():
    """Return what the runs together have added to the log."""
    before = AuditEntry.objects.count()
    for task in TASKS:
        task()
    return list(AuditEntry.objects.order_by("pk")[before:])


def test_each_run_that_erases_something_is_recorded_once_with_numbers_only():
    world = built(World)
    now = timezone.now()

    def ago(days):
        return now - datetime.timedelta(days=days)

    offer = world.offer()
    for number, age in enumerate((settings.MAIL_KEPT_DAYS + 1, settings.MAIL_KEPT_DAYS + 1, 1)):
        Mail.objects.create(
            key=f"{WHO} {number}", to=WHO, subject=WHO, state="sent", created_at=ago(age), due_at=ago(age)
        )
    for age in (1, 40):
        signed_links.make_link(
            purpose="tests", subject=f"{age}", person=WHO, expires_in=datetime.timedelta(1)
        )
        SignedLink.objects.filter(subject=f"{age}").update(expires_at=ago(age))
    for kind, age in (("offers", datetime.timedelta(0)), ("events", 2 * UploadedSheet.LIFETIME)):
        UploadedSheet.objects.create(
            user=world.partner, kind_slug=kind, file_name=WHO, data=b"", created_at=now - age
        )
    common = {"region": world.kempten, "language": "de"}
    Application.objects.create(kind="join", name=WHO, state="unconfirmed", created_at=ago(10), **common)
    Application.objects.create(kind="join", name=WHO, state="approved", decided_at=ago(91), **common)
    Application.objects.create(kind="join", name=WHO, state="waiting", created_at=ago(400), **common)
    ideas = {"text": WHO, "read_in": "de", "email": WHO, **common}
    Idea.objects.create(title=WHO, state="hidden", decided_at=ago(181), **ideas)
    Idea.objects.create(title=WHO, state="published", decided_at=ago(31), **ideas)
    Idea.objects.create(title=WHO, state="published", decided_at=ago(29), **ideas)
    reports = {"page_id": offer.pk, "language": "de", "reason": "time", "address": WHO, "text": WHO}
    Report.objects.create(created_at=ago(366), **reports)
    Report.objects.create(created_at=ago(181), **reports)
    Report.objects.create(state="done", created_at=ago(90), settled_at=ago(31), **reports)
    Report.objects.create(created_at=ago(1), **reports)

    entries = run_all()

    assert [(entry.action, entry.detail) for entry in entries] == [
        ("content.erased", {"mails": 2}),
        ("content.erased", {"sheets": 1}),
        ("content.erased", {"links": 1}),
        ("partners.erased", {"applications": 2}),
        ("partners.erased", {"ideas": 1, "idea_addresses": 1}),
        ("partners.erased", {"reports": 1, "report_addresses": 2}),
    ]
    written = AuditEntry.objects.filter(pk__in=[entry.pk for entry in entries]).values()
    assert "zzkanarie" not in json.dumps(list(written), default=str)
    assert {(entry.actor_key, entry.actor_label, entry.subject_key) for entry in entries} == {("", "", "")}
    assert entries[-1].detail_text == "Meldungen: 1; Adressen bei Meldungen: 2"
    left = [Mail.objects.exclude(to=""), SignedLink.objects, UploadedSheet.objects, Application.objects]
    left += [Idea.objects.exclude(email=""), Report.objects.exclude(address="")]
    assert [rows.count() for rows in left] == [1, 1, 1, 1, 1, 1]

    # Nothing is left whose time is over, so the next run erases nothing and has nothing to tell.
    assert run_all() == []
    assert [rows.count() for rows in left] == [1, 1, 1, 1, 1, 1]
