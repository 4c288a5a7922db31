"""Keeping a circle and its steps, asking its members about a step, keeping what they answer, and deciding."""

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from content import audit
from content.languages import language_for
from content.mail.services import queue_mail
from content.signed_links import binding_of, make_link
from partners.joining.selectors import coordinators_of
from partners.joining.services import RegionEnded

from .models import Choice, Circle, CircleMember, Step, StepAnswer, StepState

PURPOSE = "partners.circle"
PROPOSED = "partners.circle.proposed"
ANSWERED = "partners.circle.answered"
DECIDED = "partners.circle.decided"
WITHDRAWN = "partners.circle.withdrawn"
DONE = "partners.circle.done"
MEMBER_ADDED = "partners.circle.member_added"
MEMBER_REMOVED = "partners.circle.member_removed"
AGREEMENT_CHANGED = "partners.circle.agreement_changed"


class CannotPropose(Exception):
    """The step is not planned any more, nobody could answer, or the region's project has ended."""


class CannotAnswer(Exception):
    """The step is decided, the time is over, the answer given, the member gone, or the region's project has ended."""


class CannotChange(Exception):
    """The step has gone on meanwhile, so that this can no longer be done with it; nothing was changed."""


class AlreadyMember(Exception):
    """Somebody else in the circle has that address. ``member``: who, perhaps no longer active."""

    def __init__(self, member):
        super().__init__(member.pk)
        self.member = member


# --- The circle -------------------------------------------------------------------------------------------


def _locked_circle(region):
    """Return the circle of ``region``, made when it is not there yet. Raises ``RegionEnded``."""
    if region.has_ended:
        raise RegionEnded
    Circle.objects.get_or_create(region=region)
    return Circle.objects.select_for_update().get(region=region)


def _refuse_second(circle, email, *, but=None):
    # Two members with one address would be one person with two voices.
    others = circle.members.filter(email__iexact=email).exclude(pk=but)
    if others:
        raise AlreadyMember(others[0])


@transaction.atomic
def add_member(*, region, by, **facts):
    """Take somebody into the circle of ``region`` (in the source language) and return the ``CircleMember``.

    ``facts``: values of ``CircleMember`` by field. Open steps stay with those who were asked. Raises ``RegionEnded``
    or ``AlreadyMember``.
    """
    circle = _locked_circle(region)
    _refuse_second(circle, facts["email"])
    member = CircleMember.objects.create(circle=circle, **facts)
    audit.record(action=MEMBER_ADDED, actor=by, subject=region, detail={"member": str(member.pk)})
    return member


@transaction.atomic
def change_member(*, member, **facts):
    """Keep what is new about a member; where they still have to answer, a new address is asked anew.

    Raises ``RegionEnded`` or ``AlreadyMember``.
    """
    circle = _locked_circle(member.circle.region)
    _refuse_second(circle, facts["email"], but=member.pk)
    has_moved = facts["email"] != member.email
    CircleMember.objects.filter(pk=member.pk).update(**facts)
    member.refresh_from_db()
    if not (has_moved and member.is_active):
        return
    steps = Step.objects.select_for_update(of=("self",)).select_related("circle__region")
    for step in steps.filter(circle=circle, state=StepState.PROPOSED, answers_until__gte=_today()):
        # The link in the earlier mail is for the earlier address; it stops working with its answer.
        if step.answers.filter(member=member, choice="").delete()[0]:
            _ask(step, member)


@transaction.atomic
def remove_member(*, member, by):
    """Let somebody leave the circle, and return whether nothing is left of them.

    Whoever was asked about a step is kept without being active. Raises ``RegionEnded``.
    """
    circle = _locked_circle(member.circle.region)
    is_gone = not member.answers.exists()
    if is_gone:
        CircleMember.objects.filter(pk=member.pk).delete()
    else:
        CircleMember.objects.filter(pk=member.pk).update(is_active=False)
    audit.record(action=MEMBER_REMOVED, actor=by, subject=circle.region, detail={"member": str(member.pk)})
    return is_gone


@transaction.atomic
def take_back_member(*, member, by):
    """Let somebody who has left be in the circle again. Raises ``RegionEnded``."""
    circle = _locked_circle(member.circle.region)
    if CircleMember.objects.filter(pk=member.pk, is_active=False).update(is_active=True):
        audit.record(action=MEMBER_ADDED, actor=by, subject=circle.region, detail={"member": str(member.pk)})


@transaction.atomic
def set_agreement(*, region, agreements_needed, silence_days, by):
    """Set how the circle of ``region`` agrees from the next proposal on. Raises ``RegionEnded``."""
    circle = _locked_circle(region)
    wanted = (agreements_needed, silence_days)
    if (circle.agreements_needed, circle.silence_days) == wanted:
        return
    circle.agreements_needed, circle.silence_days = wanted
    circle.save(update_fields=["agreements_needed", "silence_days"])
    audit.record(
        action=AGREEMENT_CHANGED,
        actor=by,
        subject=region,
        detail={"agreements": str(agreements_needed), "days": str(silence_days)},
    )


# --- Steps ------------------------------------------------------------------------------------------------


def _locked_step(step, *states):
    """Return ``step`` as it is now. Raises ``RegionEnded``, or ``CannotChange`` when it is in none of ``states``."""
    locked = Step.objects.select_for_update(of=("self",)).select_related("circle__region")
    step = locked.filter(pk=step.pk).first()
    if step is None or step.state not in states:
        raise CannotChange
    if step.circle.region.has_ended:
        raise RegionEnded
    return step


@transaction.atomic
def add_step(*, region, title, text, day):
    """Plan a step of the project of ``region`` (in the source language); returns it. Raises ``RegionEnded``."""
    return Step.objects.create(circle=_locked_circle(region), title=title, text=text, day=day)


@transaction.atomic
def change_step(*, step, title, text, day):
    """Change what is planned. Raises ``RegionEnded``, or ``CannotChange`` when members were asked already."""
    step = _locked_step(step, StepState.PLANNED)
    step.title, step.text, step.day = title, text, day
    step.save(update_fields=["title", "text", "day"])


@transaction.atomic
def delete_step(*, step):
    """Delete what is planned. Raises ``RegionEnded``, or ``CannotChange`` when members were asked already."""
    _locked_step(step, StepState.PLANNED).delete()


@transaction.atomic
def finish_step(*, step, by):
    """Say that a step is done, agreed to or never asked about. Raises ``RegionEnded`` or ``CannotChange``."""
    step = _locked_step(step, StepState.PLANNED, StepState.AGREED)
    step.state = StepState.DONE
    step.save(update_fields=["state"])
    audit.record(action=DONE, actor=by, subject=step.circle.region, detail={"step": str(step.pk)})


@transaction.atomic
def withdraw(*, step, by):
    """Take a proposal back: the step is planned again, what was answered is forgotten, and the links do nothing.

    Raises ``RegionEnded``, or ``CannotChange`` when it was decided meanwhile.
    """
    step = _locked_step(step, StepState.PROPOSED)
    step.answers.all().delete()
    step.state, step.needed, step.silence_agrees = StepState.PLANNED, 0, False
    step.answers_until = step.proposed_at = None
    step.save()
    audit.record(action=WITHDRAWN, actor=by, subject=step.circle.region, detail={"step": str(step.pk)})


# --- Agreeing ---------------------------------------------------------------------------------------------


def binding_of_step(step):
    """Return the hash of what a member is shown of ``step``."""
    return binding_of(step.title, step.text, step.day.isoformat())


def last_day_to_answer(circle):
    """Return until when members can answer when a step is proposed today."""
    return _today() + datetime.timedelta(days=circle.days_to_answer)


def _today():
    return timezone.localdate()


@transaction.atomic
def propose(*, step, by=None):
    """Ask every active member for agreement by mail, in their language, once; returns the step.

    Raises ``CannotPropose``.
    """
    # Who is in the circle does not change while its members are asked.
    circle = Circle.objects.select_for_update().get(pk=step.circle_id)
    step = Step.objects.select_for_update(of=("self",)).select_related("circle__region").get(pk=step.pk)
    members = list(circle.members.filter(is_active=True))
    if step.state != StepState.PLANNED or not members or step.circle.region.has_ended:
        raise CannotPropose
    step.state = StepState.PROPOSED
    step.needed = circle.agreements_among(len(members))
    step.silence_agrees = bool(circle.silence_days)
    step.answers_until = last_day_to_answer(circle)
    step.proposed_at = timezone.now()
    step.save()
    for member in members:
        _ask(step, member)
    audit.record(action=PROPOSED, actor=by, subject=step.circle.region, detail={"step": str(step.pk)})
    return step


def _ask(step, member):
    answer = StepAnswer.objects.create(step=step, member=member)
    token = make_link(
        purpose=PURPOSE,
        subject=f"circle:{answer.pk}",
        person=member.email,
        expires_in=step.answers_until - _today() + datetime.timedelta(days=1),
        binding=binding_of_step(step),
    )
    with override(member.language):
        address = reverse("partners_circle_answer", args=[token])
    queue_mail(
        key=f"partners.circle:{answer.pk}",
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


@transaction.atomic
def answer(*, answer, choice, comment=""):
    """Keep what a member says, and decide as soon as the outcome is certain; returns the step.

    Raises ``CannotAnswer``.
    """
    # Whoever answers at the same moment waits here, and then counts this answer, too.
    step = (
        Step.objects.select_for_update(of=("self",)).select_related("circle__region").get(pk=answer.step_id)
    )
    answer = StepAnswer.objects.select_related("member").filter(pk=answer.pk).first()
    if answer is None:
        raise CannotAnswer
    answer.step = step
    if not is_open(answer):
        raise CannotAnswer
    answer.choice, answer.comment, answer.answered_at = Choice(choice), comment, timezone.now()
    answer.save(update_fields=["choice", "comment", "answered_at"])
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
        and step.answers_until >= _today()
        and not step.circle.region.has_ended
    )


def close_due():
    """Decide on the steps whose time to answer is over; nothing where the region's project has ended."""
    due = Step.objects.filter(state=StepState.PROPOSED, answers_until__lt=_today())
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
    _tell(step, agreed=agreed, asked=len(choices))


def _tell(step, *, agreed, asked):
    """Write what was decided to whoever was asked, and to the region's coordinators, who go on from there."""
    region = step.circle.region
    receivers = []
    for member in CircleMember.objects.filter(answers__step=step, is_active=True):
        with override(member.language):
            address = reverse("partners_circle", args=[region.slug])
        receivers.append((f"member:{member.pk}", member.email, member.language, address))
    for user in coordinators_of(region):
        address = reverse("partners_circle_step", args=[step.pk])
        receivers.append((f"user:{user.pk}", user.email, language_for(user), address))
    for who, to, language, address in receivers:
        queue_mail(
            key=f"partners.circle.decided:{step.pk}:{who}",
            to=to,
            template="partners/mail/circle_decided",
            language=language,
            context={
                "title": step.title,
                "day": step.day,
                "region": region.title,
                "is_agreed": step.state == StepState.AGREED,
                "agreed": agreed,
                "asked": asked,
                "by_silence": step.state == StepState.AGREED and agreed < step.needed,
                "link": settings.BASE_URL + address,
            },
            contains_secret=False,
        )
