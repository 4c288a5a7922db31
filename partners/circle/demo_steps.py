"""The steering circles of the demo."""

import datetime

from django.utils import timezone

from content.demo import PEOPLE, Demo, DemoStep
from organisations.models import RegionPage

from .models import DAYS_TO_ANSWER, Circle, CircleMember, Step, StepAnswer, StepState


def steps():
    """Return the ``DemoStep`` objects of steering circles."""
    return [DemoStep(PEOPLE + 15, "Steering circles", load_circles)]


def load_circles(demo: Demo):
    """Keep the demo's circles with members and steps, without asking anybody; each once."""
    for row in demo.json("circles") or []:
        circle, is_new = Circle.objects.get_or_create(
            region=demo.page(row["region"], RegionPage),
            defaults={
                "agreements_needed": row["agreements_needed"],
                "silence_days": row["silence_days"],
            },
        )
        if is_new:
            members = [CircleMember.objects.create(circle=circle, **one) for one in row["members"]]
            for step in row["steps"]:
                _keep_step(circle, members, step)


def _keep_step(circle, members, row):
    now = timezone.now()
    is_asked, is_decided = bool(row["answers"]), row["state"] != StepState.PROPOSED
    asked = now + datetime.timedelta(days=min(row["days"] - 30, -2)) if is_asked else None
    step = Step.objects.create(
        circle=circle,
        title=row["title"],
        text=row["text"],
        day=timezone.localdate() + datetime.timedelta(days=row["days"]),
        state=row["state"],
        needed=circle.agreements_needed if is_asked else 0,
        silence_agrees=is_asked and bool(circle.silence_days),
        answers_until=asked.date() + datetime.timedelta(days=circle.silence_days or DAYS_TO_ANSWER)
        if is_asked
        else None,
        proposed_at=asked,
        decided_at=asked + datetime.timedelta(days=1) if is_asked and is_decided else None,
    )
    for member, said in zip(members, row["answers"], strict=False):
        # "agree", "object", "" for nothing yet, or a dict where a comment goes with it.
        said = said if isinstance(said, dict) else {"choice": said}
        StepAnswer.objects.create(
            step=step,
            member=member,
            **said,
            answered_at=asked + datetime.timedelta(days=1) if said["choice"] else None,
        )
