"""Asking a region's coordinators whether something may be published, and doing what they answer."""

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page, TaskState

from content import audit
from content.languages import language_for
from content.mail.services import queue_mail
from content.signed_links import SignedLink, make_link
from partners.selectors import name_of

from . import selectors
from .models import Reason, SentBack

PURPOSE = "partners.review"
#: Somebody who comes back from a holiday still finds the link working.
LINK_VALID_FOR = datetime.timedelta(days=21)

APPROVED = "partners.approved"
SENT_BACK = "partners.sent_back"


class CannotDecide(Exception):
    """It is decided already, withdrawn, or no longer for this person to decide."""


def subject_of(task_state, user):
    """Return the subject of the link with which ``user`` decides about a task."""
    return f"review:{task_state.pk}:{user.pk}"


@transaction.atomic
def ask_for_review(*, task_state):
    """Mail every coordinator what somebody wants to publish, with a link to decide without a login.

    Each in their own language, once per task. Nothing is sent in a region whose project has ended.
    """
    page = selectors.page_under_review(task_state)
    if selectors.is_ended(page):
        return
    for user in selectors.people_to_ask(task_state).exclude(email=""):
        language = language_for(user)
        with override(language):
            review = selectors.review_of(task_state)
            token = make_link(
                purpose=PURPOSE,
                subject=subject_of(task_state, user),
                person=user.email,
                expires_in=LINK_VALID_FOR,
                binding=review.binding,
            )
            link = settings.BASE_URL + reverse("partners_review", args=[token])
        queue_mail(
            key=f"partners.review:{task_state.pk}:{user.pk}",
            to=user.email,
            template="partners/mail/review",
            language=language,
            context={
                "review": review,
                "title": review.page.title,
                "organisation": _owner(review.page),
                "sender": _name(task_state.workflow_state.requested_by),
                "link": link,
                "days": LINK_VALID_FOR.days,
            },
        )


def lock_review(*, page_id):
    """Let nobody change a page or decide about it before the end of this transaction.

    Whoever saves a page writes its row: a draft that is saved at the same moment is seen afterwards, or comes later.
    """
    Page.objects.select_for_update().filter(pk=page_id).first()
    open_reviews = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    list(open_reviews.select_for_update(of=("self",)).filter(workflow_state__object_id=str(page_id)))


@transaction.atomic
def approve(*, task_state, by):
    """Publish what waits. Raises ``CannotDecide``."""
    _decide(task_state, by)
    task_state.approve(user=by)


@transaction.atomic
def send_back(*, task_state, by, reason, text=""):
    """Give a page back to its people with a ``Reason`` and words. Raises ``CannotDecide``."""
    _decide(task_state, by)
    SentBack.objects.create(task_state=task_state, reason=reason, text=text)
    with override(settings.LANGUAGE_CODE):
        known = "" if reason == Reason.OTHER else f"{Reason(reason).label}."
    comment = " ".join(filter(None, [known, text]))
    task_state.reject(user=by, comment=comment)


def record_decision(*, task_state, by):
    """Keep in the audit log who decided what, in the admin or by a link."""
    by_link = (
        by is not None
        and SignedLink.objects.filter(
            purpose=PURPOSE, subject=subject_of(task_state, by), used_at__isnull=False
        ).exists()
    )
    detail = {"way": "link" if by_link else "admin"}
    sent_back = SentBack.objects.filter(task_state=task_state.pk).first()
    if sent_back is not None:
        detail["reason"] = sent_back.reason
    audit.record(
        action=APPROVED if task_state.status == TaskState.STATUS_APPROVED else SENT_BACK,
        actor=by,
        subject=selectors.page_under_review(task_state),
        detail=detail,
    )


def _decide(task_state, by):
    """Check that ``by`` may decide now, and let the newest version be what is decided about."""
    page = selectors.page_under_review(task_state)
    is_open = task_state.status == TaskState.STATUS_IN_PROGRESS and not selectors.is_ended(page)
    if not (is_open and selectors.reviewers(task_state).filter(pk=by.pk).exists()):
        raise CannotDecide
    # What is published is the newest version, so that is what was approved.
    if page.latest_revision_id and task_state.revision_id != page.latest_revision_id:
        task_state.revision_id = page.latest_revision_id
        task_state.save(update_fields=["revision"])


@transaction.atomic
def tell_of_decision(*, workflow_state, by=None):
    """Mail whoever asked that their page is published, or why it was sent back; nothing about one's own decision."""
    user = workflow_state.requested_by
    if user is None or not user.is_active or not user.email or user == by:
        return
    task_state = workflow_state.current_task_state or workflow_state.task_states.order_by("-pk").first()
    language = language_for(user)
    page = workflow_state.content_object.specific
    with override(language):
        reason, text = reason_of(task_state)
        context = {
            "title": page.draft_title or page.title,
            "is_approved": workflow_state.status == workflow_state.STATUS_APPROVED,
            "reason": reason,
            "text": text,
            "sender": _name(by),
            "link": settings.BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk]),
            "public": page.full_url or "",
        }
    queue_mail(
        key=f"partners.decided:{workflow_state.pk}:{task_state.pk if task_state else 0}:{workflow_state.status}",
        to=user.email,
        template="partners/mail/decision",
        language=language,
        context=context,
        contains_secret=False,
    )


def reason_of(task_state):
    """Return ``(reason, text)`` of why a task was sent back, in the active language."""
    if task_state is None:
        return "", ""
    sent_back = SentBack.objects.filter(task_state=task_state.pk).first()
    if sent_back is None:
        return "", task_state.comment
    reason = "" if sent_back.reason == Reason.OTHER else str(sent_back.get_reason_display())
    return reason, sent_back.text


def _owner(page):
    owner = page.lineage.owner
    return owner.title if owner is not None and owner.pk != page.pk else ""


def _name(user):
    return name_of(user) if user is not None else _("Somebody")
