"""The demo shows what waits for approval, and what was sent back."""

from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import WorkflowState

from content.demo import Demo
from partners.approval import demo_steps, selectors, services


@pytest.mark.django_db
@pytest.mark.usefixtures("demo_content")
def test_two_pages_wait_for_their_coordinators_and_one_was_sent_back():
    found = {state.content_object.slug: state for state in WorkflowState.objects.active()}
    assert {slug: state.status for slug, state in found.items()} == {
        "schnuppertraining-kinder": "in_progress",
        "eltern-kind-fruehstueck": "in_progress",
        "trikots-zu-verleihen": "needs_changes",
    }
    asked = {
        slug: [person.username for person in selectors.people_to_ask(found[slug].current_task_state)]
        for slug in ("schnuppertraining-kinder", "eltern-kind-fruehstueck")
    }
    assert asked == {
        "schnuppertraining-kinder": ["coordinator-kempten"],
        "eltern-kind-fruehstueck": ["coordinator-roth"],
    }
    partner = get_user_model().objects.get(username="partner-sv-illertal")
    assert [page.slug for page in selectors.returned_pages(partner)] == ["trikots-zu-verleihen"]
    reason, text = services.reason_of(found["trikots-zu-verleihen"].current_task_state)
    assert "abholen" in text
    assert reason == "Es fehlt etwas, was man wissen muss"


@pytest.mark.django_db
@pytest.mark.usefixtures("demo_content")
def test_building_the_demo_twice_sends_nothing_for_approval_twice():
    before = WorkflowState.objects.count()
    data = Path(apps.get_app_config("home").path) / "demo"
    demo_steps.load_reviews(Demo(data=data, today=timezone.localdate()))
    assert WorkflowState.objects.count() == before
