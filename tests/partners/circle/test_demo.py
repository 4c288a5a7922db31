"""The demo's steering circle, kept once however often the demo is built."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from content.demo import Demo
from content.mail.models import Mail
from partners.circle import demo_steps
from partners.circle.models import CircleMember, Step, StepAnswer

pytestmark = pytest.mark.django_db


def test_the_circle_of_the_demo_is_kept_once_and_nobody_is_asked(site):
    demo = Demo(data=Path(settings.BASE_DIR, "home", "demo"), today=timezone.localdate())
    for step in demo_steps.steps() * 2:
        step.run(demo)
    assert (CircleMember.objects.count(), Step.objects.count(), StepAnswer.objects.count()) == (3, 5, 12)
    assert Mail.objects.count() == 0
