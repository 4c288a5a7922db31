"""Asking whether entries are still right, and doing what the answer says.

A confirmation is a fact about the entry as readers see it. It is written into every language at once and into the
drafts that wait, so that it neither publishes a draft nor needs a review nor makes a translation outdated.
"""

import datetime
from enum import Enum

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState

from content import audit
from content.signals import page_changed
from translation.services import note_hiding_with_source

from . import letters, selectors
from .models import ConfirmationRequest, Withdrawal

CONFIRMED = "partners.confirmed"
WITHDRAWN = "partners.withdrawn"
RESTORED = "partners.restored"
REPORTED_GONE = "partners.reported_gone"
#: The shortest time between two questions about the same entry.
PAUSE = datetime.timedelta(days=14)


class Audience(Enum):
    """Who is asked."""

    CONTACT = "contact"
    TEAM = "team"
    COORDINATORS = "coordinators"


class Way(Enum):
    """How somebody said that an entry is right."""

    LINK = "link"
    ACCOUNT = "account"
    PHONE = "phone"


#: Days from the due date on which somebody is asked, and who: nobody is asked before the one before had time.
STEPS = (
    (-selectors.DAYS_AHEAD, Audience.CONTACT),
    (0, Audience.CONTACT),
    (14, Audience.TEAM),
    (28, Audience.COORDINATORS),
)


# --- Asking -----------------------------------------------------------------------------------------------


def remind(*, today=None):
    """Ask about everything that is due: each organisation with one list, then its coordinators.

    Whoever is asked gets one mail a day at most. Started twice on a day it sends nothing the second time; after days
    without it, it goes on where it stopped. Returns how many mails were written.
    """
    today = today or timezone.localdate()
    organisations, regions = {}, {}
    for due in selectors.due_everywhere(today=today):
        if due.organisation is not None and next_step(due) is not None:
            organisations.setdefault(due.organisation.pk, due.organisation)
    written = 0
    for organisation in organisations.values():
        count, escalated = _ask_organisation(organisation, today)
        written += count
        for due in escalated:
            if due.region is not None:
                regions.setdefault(due.region.pk, []).append(due)
    for found in regions.values():
        written += _ask_coordinators(found, today)
    return written


def next_step(due):
    """Return the index in ``STEPS`` of the question that is due today about an entry, or None."""
    step = len(due.requests)
    if step == len(STEPS) or due.today < due.due_on + datetime.timedelta(days=STEPS[step][0]):
        return None
    if due.requests and due.today < due.requests[-1].asked_on + PAUSE:
        return None
    return step


@transaction.atomic
def _ask_organisation(organisation, today):
    """Ask an organisation's contacts or team; returns how many mails there are, and what is for the coordinators."""
    # Two workers must not both find that nobody was asked today.
    Page.objects.select_for_update().get(pk=organisation.pk)
    found = selectors.due_of(organisation, today=today)
    lists, asked, escalated = {}, [], []
    for due in found:
        step = next_step(due)
        if step is None:
            continue
        receivers = receivers_for(due, STEPS[step][1])
        if not receivers:
            escalated.append(due)
            continue
        asked.append((due, step))
        for receiver in receivers:
            lists.setdefault(receiver.address, receiver)
    written = 0
    for receiver in lists.values():
        # What waits anyway stands in the same list.
        own = [due for due in found if receiver.is_among(receivers_for(due, Audience.CONTACT))]
        own += [due for due, step in asked if due not in own and _asks(receiver, due, step)]
        letters.ask(receiver=receiver, organisation=organisation, found=own, today=today)
        written += 1
    _remember(asked, today)
    return written, escalated


def _asks(receiver, due, step):
    return receiver.is_among(receivers_for(due, STEPS[step][1]))


def receivers_for(due, audience):
    """Return the ``letters.Receiver`` objects who are asked; the team where no contact has an address.

    Empty when it is for the coordinators, because it is their turn or because nobody else can be reached.
    """
    if audience is Audience.CONTACT and due.contact is not None and due.contact.email:
        return [letters.contact_receiver(due.contact)]
    if audience is Audience.COORDINATORS:
        return []
    return letters.team_receivers(due.organisation)


@transaction.atomic
def _ask_coordinators(found, today):
    region = found[0].region
    Page.objects.select_for_update().get(pk=region.pk)
    current = {due.page.pk: due for due in selectors.due_in(region, today=today)}
    found = [current[due.page.pk] for due in found if due.page.pk in current]
    asked = [(due, step) for due in found if (step := next_step(due)) is not None]
    receivers = letters.coordinators(region)
    if not asked or not receivers:
        return 0
    for receiver in receivers:
        letters.ask_coordinator(
            receiver=receiver, region=region, found=[due for due, _step in asked], today=today
        )
    _remember(asked, today)
    return len(receivers)


def _remember(asked, today):
    ConfirmationRequest.objects.bulk_create(
        ConfirmationRequest(
            translation_key=due.page.translation_key, due_on=due.due_on, step=step, asked_on=today
        )
        for due, step in asked
    )


@transaction.atomic
def ask_for_confirmation(*, page, today=None):
    """Ask now whether the source ``page`` is still right, because readers doubt it; once a day at most.

    Its contact is asked, or the team, or the coordinators where nobody else can be reached. Returns how many mails
    were written.
    """
    today = today or timezone.localdate()
    page = page.specific
    organisation = selectors.organisation_of(page)
    due = selectors.Due(
        page=page,
        organisation=organisation,
        region=getattr(page.region_page, "specific", None),
        contact=getattr(page, "contact", None) or getattr(organisation, "contact", None),
        due_on=today,
        leaves_lists_on=None,
        today=today,
    )
    receivers = receivers_for(due, Audience.CONTACT) if organisation is not None else []
    for receiver in receivers:
        letters.ask(receiver=receiver, organisation=organisation, found=[due], today=today, doubted=page)
    if receivers or due.region is None:
        return len(receivers)
    receivers = letters.coordinators(due.region)
    for receiver in receivers:
        letters.ask_coordinator(receiver=receiver, region=due.region, found=[due], today=today, doubted=page)
    return len(receivers)


# --- Answers ----------------------------------------------------------------------------------------------


@transaction.atomic
def confirm(*, page, way, actor=None, today=None):
    """Write down that ``page`` is right today, as its organisation says, in every language of it.

    ``way``: a ``Way``. ``actor``: the account that did it, None for a link. Only the two facts are written: drafts
    stay drafts, with the facts in them, and no translation becomes outdated.
    """
    today = today or timezone.localdate()
    page = page.specific
    organisation = selectors.organisation_of(page)
    facts = {
        "confirmed_on": today,
        "confirmed_by": (organisation.title if organisation is not None else "")[:120],
    }
    rows = type(page).objects.filter(translation_key=page.translation_key)
    rows.update(**facts)
    _write_into_revisions(rows, facts)
    page_changed.send(sender=type(page), page=page)
    audit.record(action=CONFIRMED, actor=actor, subject=page, detail={"way": way.value})


def _write_into_revisions(rows, facts):
    """Write facts into every revision of ``rows`` that could still be published."""
    rows = list(rows)
    latest = {pk for row in rows for pk in (row.latest_revision_id, row.live_revision_id) if pk}
    in_review = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("revision")
    waiting = Q(pk__in=latest) | Q(approved_go_live_at__isnull=False) | Q(pk__in=in_review)
    ids = [str(row.pk) for row in rows]
    for revision in Revision.page_revisions.filter(waiting, object_id__in=ids):
        revision.content |= {
            name: value.isoformat() if isinstance(value, datetime.date) else value
            for name, value in facts.items()
        }
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)


@transaction.atomic
def withdraw(*, page, actor=None):
    """Take ``page`` from readers in every language, because it no longer exists; returns the ``Withdrawal``.

    Its address says that it is gone. The organisation's team and the coordinators are told, each with a link that
    brings it back. Raises ``ValueError`` for an organisation: what belongs to it would hang in the air, so that a
    coordinator decides (``report_gone``).
    """
    if page.specific.owns_content:
        raise ValueError("An organisation is taken down by its coordinators.")
    page = type(page.specific).objects.select_for_update().get(pk=page.pk)
    if not page.live:
        return Withdrawal.objects.filter(page_id=page.pk, undone_at=None).order_by("pk").last()
    revision = page.live_revision or page.save_revision(clean=False, log_action=False)
    note_hiding_with_source(page=page)
    page.unpublish(set_expired=True, user=actor)
    withdrawal = Withdrawal.objects.create(page_id=page.pk, revision=revision)
    audit.record(action=WITHDRAWN, actor=actor, subject=page)
    letters.tell_withdrawn(withdrawal=withdrawal, page=page)
    return withdrawal


@transaction.atomic
def restore(*, withdrawal, actor=None):
    """Show readers again what was withdrawn, as they saw it; its translations come back with it.

    Drafts stay drafts. Returns False when somebody did it before, or published the page otherwise.
    """
    withdrawal = Withdrawal.objects.select_for_update().get(pk=withdrawal.pk)
    page = Page.objects.get(pk=withdrawal.page_id).specific
    if withdrawal.undone_at is not None or page.live:
        return False
    withdrawal.revision.publish(user=actor)
    withdrawal.undone_at = timezone.now()
    withdrawal.save(update_fields=["undone_at"])
    audit.record(action=RESTORED, actor=actor, subject=page)
    return True


@transaction.atomic
def report_gone(*, page, today=None):
    """Tell the coordinators that an organisation is said to exist no longer; nothing else happens by itself."""
    today = today or timezone.localdate()
    audit.record(action=REPORTED_GONE, actor=None, subject=page)
    letters.tell_gone(page=page.specific, today=today)


@transaction.atomic
def report_change(*, page, text, link):
    """Send what somebody without an account wants to be changed to the organisation's team, or its coordinators."""
    letters.tell_change(page=page.specific, text=text, key=f"freshness.change:{link.pk}")
