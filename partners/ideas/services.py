"""Taking ideas, deciding on them, counting who likes them, and forgetting who wrote."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from content import audit
from content.gate import take
from content.mail.services import queue_mail
from partners.joining.selectors import coordinators_of
from partners.joining.services import RegionEnded
from partners.membership import language_for
from partners.services import ERASED

from .models import Idea, IdeaState

PUBLISHED = "partners.ideas.published"
HIDDEN = "partners.ideas.hidden"
SUPPORT = "partners.ideas.support"
#: An address is needed until the answer has arrived.
ADDRESS_KEPT = datetime.timedelta(days=30)
#: Nobody asks after half a year why an idea was hidden, or what became of one that nobody looked at.
KEPT_UNSEEN = datetime.timedelta(days=180)


@transaction.atomic
def submit(*, region, title, text, language, read_in, name="", email=""):
    """Keep an idea and tell those who coordinate its region; returns it. Raises ``RegionEnded``.

    ``region``: in the source language. ``language``: of the idea, ``read_in``: of the author's pages and mails. Each
    coordinator gets one mail a day, however many ideas there are.
    """
    if region.has_ended:
        raise RegionEnded
    idea = Idea(
        region=region,
        title=title,
        text=text,
        language=language,
        read_in=read_in,
        name=name,
        email=email.strip().lower(),
    )
    idea.full_clean()
    idea.save()
    for user in coordinators_of(region):
        queue_mail(
            key=f"partners.ideas.new:{region.pk}:{user.pk}:{timezone.localdate()}",
            to=user.email,
            template="partners/mail/idea_new",
            language=language_for(user),
            context={
                "region": region.title,
                "link": f"{settings.BASE_URL}{reverse('partners_idea_inbox')}",
            },
            contains_secret=False,
        )
    return idea


@transaction.atomic
def publish(*, idea, answer, by):
    """Show the idea to everybody, with ``answer`` if there is one, and write to its author; returns it.

    Said again with another answer, it changes the answer. Raises ``RegionEnded``.
    """
    idea = _locked(idea)
    if idea.region.has_ended:
        raise RegionEnded
    changed = idea.state != IdeaState.PUBLISHED or idea.answer != answer
    if changed:
        idea.published_at = idea.published_at or timezone.now()
        idea.state, idea.answer, idea.reason = IdeaState.PUBLISHED, answer, ""
        _decide(idea, by=by, action=PUBLISHED)
    return idea


@transaction.atomic
def hide(*, idea, reason, by):
    """Show the idea to nobody, and write the reason to its author; returns it. An ended region does not hinder it."""
    idea = _locked(idea)
    if idea.state != IdeaState.HIDDEN or idea.reason != reason:
        idea.state, idea.reason = IdeaState.HIDDEN, reason
        _decide(idea, by=by, action=HIDDEN)
    return idea


def _locked(idea):
    return Idea.objects.select_for_update(of=("self",)).select_related("region").get(pk=idea.pk)


def _decide(idea, *, by, action):
    idea.decided_by, idea.decided_at = by, timezone.now()
    idea.save()
    audit.record(action=action, actor=by, subject=idea.region, detail={"idea": idea.pk})
    if not idea.email:
        return
    is_public = idea.state == IdeaState.PUBLISHED
    with override(idea.read_in):
        address = reverse("partners_idea", args=[idea.pk])
    words = idea.answer if is_public else idea.reason
    queue_mail(
        key=f"partners.ideas.decided:{idea.pk}:{idea.decided_at:%Y-%m-%dT%H:%M:%S.%f}",
        to=idea.email,
        template="partners/mail/idea_decided",
        language=idea.read_in,
        context={
            "title": idea.title,
            "region": idea.region.title,
            "is_public": is_public,
            "words": words,
            "lines": words.splitlines(),
            "link": f"{settings.BASE_URL}{address}" if is_public else "",
        },
        contains_secret=False,
    )


@transaction.atomic
def support(*, idea, sender):
    """Count somebody who likes the idea, once per sender and day; returns whether it counted. Raises ``RegionEnded``.

    ``sender``: what ``content.gate.sender_of`` returns; it is not kept.
    """
    if idea.region.has_ended:
        raise RegionEnded
    if not take(gate=SUPPORT, sender=sender, limit=1, subject=str(idea.pk)):
        return False
    return bool(
        Idea.objects.filter(pk=idea.pk, state=IdeaState.PUBLISHED).update(supporters=F("supporters") + 1)
    )


@transaction.atomic
def forget():
    """Erase addresses after ``ADDRESS_KEPT``, delete what was hidden or not looked at after ``KEPT_UNSEEN``."""
    now = timezone.now()
    unseen = Idea.objects.filter(
        Q(state=IdeaState.HIDDEN, decided_at__lt=now - KEPT_UNSEEN)
        | Q(state=IdeaState.WAITING, created_at__lt=now - KEPT_UNSEEN)
    )
    count = audit.delete_rows(unseen)
    addresses = Idea.objects.filter(decided_at__lt=now - ADDRESS_KEPT).exclude(email="").update(email="")
    audit.record_erased(action=ERASED, ideas=count, idea_addresses=addresses)
