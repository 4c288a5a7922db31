"""Asking the members of a circle about a step, keeping what they answer, and deciding."""

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from content import audit
from content.mail.services import queue_mail
from content.signed_links import binding_of, make_link

from .models import Choice, Step, StepAnswer, StepState

PURPOSE = "partners.circle"
PROPOSED = "partners.circle.proposed"
ANSWERED = "partners.circle.answered"
DECIDED = "partners.circle.decided"
#: Days to answer in a circle where silence never counts.
DAYS_TO_ANSWER = 30


class CannotPropose(Exception):
    """The step is not planned any more, nobody could answer, or the region's project has ended."""


class CannotAnswer(Exception):
    """The step is decided, the time is over, the answer given, the member gone, or the region's project has ended."""


def binding_of_step(step):
    """Return the hash of what a member is shown of ``step``."""
    return binding_of(step.title, step.text, step.day.isoformat())


@transaction.atomic
def propose(*, step, by=None):
    """Ask every active member for agreement by mail, in their language, once; returns the step.

    Raises ``CannotPropose``.
    """
    step = Step.objects.select_for_update(of=("self",)).select_related("circle__region").get(pk=step.pk)
    members = list(step.circle.members.filter(is_active=True))
    if step.state != StepState.PLANNED or not members or step.circle.region.has_ended:
        raise CannotPropose
    days = step.circle.silence_days or DAYS_TO_ANSWER
    step.state = StepState.PROPOSED
    step.needed = min(max(step.circle.agreements_needed, 1), len(members))
    step.silence_agrees = bool(step.circle.silence_days)
    step.answers_until = timezone.localdate() + datetime.timedelta(days=days)
    step.proposed_at = timezone.now()
    step.save()
    for member in members:
        answer = StepAnswer.objects.create(step=step, member=member)
        token = make_link(
            purpose=PURPOSE,
            subject=f"circle:{answer.pk}",
            person=member.email,
            expires_in=datetime.timedelta(days=days + 1),
            binding=binding_of_step(step),
        )
        with override(member.language):
            address = reverse("partners_circle_answer", args=[token])
        queue_mail(
            key=f"partners.circle:{step.pk}:{member.pk}",
            to=member.email,
            template="partners/mail/circle",
            language=member.language,
            context={
                "title": step.title,
                "text": step.text,
                "day": step.day,
                "region": step.circle.region.title,
                "until": step.answers_until,
                "silence_agrees": step.silence_agrees,
                "link": settings.BASE_URL + address,
            },
        )
    audit.record(action=PROPOSED, actor=by, subject=step.circle.region, detail={"step": str(step.pk)})
    return step


@transaction.atomic
def answer(*, answer, choice):
    """Keep what a member says, and decide as soon as the outcome is certain; returns the step.

    Raises ``CannotAnswer``.
    """
    step = (
        Step.objects.select_for_update(of=("self",)).select_related("circle__region").get(pk=answer.step_id)
    )
    answer = StepAnswer.objects.select_related("member").get(pk=answer.pk)
    answer.step = step
    if not is_open(answer):
        raise CannotAnswer
    answer.choice, answer.answered_at = Choice(choice), timezone.now()
    answer.save(update_fields=["choice", "answered_at"])
    audit.record(
        action=ANSWERED,
        actor=None,
        subject=step.circle.region,
        detail={"step": str(step.pk), "answer": str(choice)},
    )
    _decide(step, is_over=False)
    return step


def is_open(answer):
    """Return whether a member can still answer; reads ``step.circle.region`` and ``member``."""
    step = answer.step
    return (
        step.state == StepState.PROPOSED
        and not answer.choice
        and answer.member.is_active
        and step.answers_until >= timezone.localdate()
        and not step.circle.region.has_ended
    )


def close_due():
    """Decide on the steps whose time to answer is over; nothing where the region's project has ended."""
    due = Step.objects.filter(state=StepState.PROPOSED, answers_until__lt=timezone.localdate())
    for pk in due.values_list("pk", flat=True):
        with transaction.atomic():
            locked = Step.objects.select_for_update(of=("self",)).select_related("circle__region")
            step = locked.filter(pk=pk, state=StepState.PROPOSED).first()
            if step is not None and not step.circle.region.has_ended:
                _decide(step, is_over=True)


def _decide(step, *, is_over):
    choices = list(step.answers.values_list("choice", flat=True))
    agreed, silent = choices.count(Choice.AGREE), choices.count("")
    if agreed >= step.needed or (is_over and step.silence_agrees and agreed + silent >= step.needed):
        step.state = StepState.AGREED
    elif is_over or agreed + silent < step.needed:
        step.state = StepState.NOT_AGREED
    else:
        return
    step.decided_at = timezone.now()
    step.save(update_fields=["state", "decided_at"])
    audit.record(
        action=DECIDED,
        actor=None,
        subject=step.circle.region,
        detail={"step": str(step.pk), "answer": str(step.state)},
    )
