"""Taking reports, telling those who keep the page, answering, and forgetting who wrote."""

import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from content import audit
from content.gate import take
from content.languages import language
from content.mail.services import queue_mail
from partners.freshness.services import ask_for_confirmation
from partners.services import ERASED
from translation.selectors import source_page_of

from .models import Report, ReportReason, ReportState
from .selectors import keepers_of, page_in

GATE = "partners.report"
#: So many reports of different readers within ``DOUBT_WITHIN`` have the organisation asked whether a page is right.
REPORTS_TO_DOUBT = 2
DOUBT_WITHIN = datetime.timedelta(days=7)
#: A reader's address is needed until the answer has arrived, and nobody answers after half a year.
ADDRESS_KEPT_AFTER_ANSWER = datetime.timedelta(days=30)
ADDRESS_KEPT_UNANSWERED = datetime.timedelta(days=180)
#: Who keeps a page wants to know what was reported last year; what is older is of no use.
REPORT_KEPT = datetime.timedelta(days=365)


class AlreadySettled(Exception):
    """Somebody else has answered the report or put it away; nothing was done."""


@transaction.atomic
def report(*, page, reason, text="", address="", sender=""):
    """Keep a reader's report on ``page``, tell those who keep it, and return the ``Report``.

    ``page``: as it was read, in any language. ``reason``: a ``ReportReason``. ``sender``: what
    ``content.gate.sender_of`` returns; it is not kept. Everybody who keeps the page gets one mail a day about it,
    however many reports there are; all of them are in the list of reports.
    """
    source = source_page_of(page) or page
    # Two reports at the same moment must not both be the first.
    Page.objects.select_for_update().get(pk=source.pk)
    kept = Report.objects.create(
        page_id=source.pk,
        language=page.locale.language_code,
        reason=reason,
        text=text,
        address=address,
        counts=take(gate=f"{GATE}.page", sender=sender, limit=1, subject=str(source.translation_key)),
    )
    _tell_keepers(kept, source)
    _ask_when_doubted(source)
    return kept


def _ask_when_doubted(source):
    """Ask whether an entry is still right when enough readers doubt it; their reports are then used up.

    Regions and plain pages are no entries that somebody confirms.
    """
    page = source.specific
    if getattr(page, "kind", None) is None:
        return
    since = timezone.now() - DOUBT_WITHIN
    doubting = Report.objects.filter(page_id=source.pk, counts=True, asked_at=None, created_at__gte=since)
    if doubting.count() >= REPORTS_TO_DOUBT:
        doubting.update(asked_at=timezone.now())
        ask_for_confirmation(page=page)


def _tell_keepers(kept, source):
    day = timezone.localdate()
    for keeper in keepers_of(source):
        queue_mail(
            key=f"partners.report:{source.pk}:{keeper.key}:{day}",
            to=keeper.email,
            template="partners/mail/report",
            language=keeper.language,
            reply_to=keeper.ask,
            context={
                "name": keeper.name,
                "title": source.title,
                "reason": ReportReason(kept.reason).label,
                "text": kept.text,
                "lines": kept.text.splitlines(),
                "read_in": language(kept.language).endonym,
                "wants_answer": bool(kept.address),
                "link": _absolute(
                    reverse("partners_reader_report", args=[kept.pk]) if keeper.has_account else source.url
                ),
                "has_account": keeper.has_account,
            },
        )


def _absolute(address):
    return urljoin(settings.BASE_URL, address or "")


@transaction.atomic
def answer(*, report, text, by):
    """Send ``text`` to the reader who left an address, and put the report away.

    Raises ``AlreadySettled``, and ``ValueError`` where no address was left.
    """
    kept = _open(report)
    if not kept.address:
        raise ValueError("Nobody can be answered: the reader left no address.")
    _settle(kept, state=ReportState.ANSWERED, by=by, answer=text)
    read = page_in(kept.page, kept.language)
    queue_mail(
        key=f"partners.report_answer:{kept.pk}",
        to=kept.address,
        template="partners/mail/report_answer",
        language=kept.language,
        context={
            "title": read.title,
            "link": _absolute(read.url) if read.live and read.url else "",
            "text": text,
            "lines": text.splitlines(),
            "reported": ReportReason(kept.reason).label,
        },
    )
    return kept


@transaction.atomic
def put_away(*, report, by):
    """Mark a report as done, without an answer. Raises ``AlreadySettled``."""
    kept = _open(report)
    _settle(kept, state=ReportState.DONE, by=by)
    return kept


@transaction.atomic
def take_up_again(*, report):
    """Open a report that was put away without an answer; returns whether it was one."""
    return bool(
        Report.objects.filter(pk=report.pk, state=ReportState.DONE).update(
            state=ReportState.OPEN, settled_at=None, settled_by=None
        )
    )


def _open(report):
    kept = Report.objects.select_for_update().select_related("page").get(pk=report.pk)
    if kept.state != ReportState.OPEN:
        raise AlreadySettled
    return kept


def _settle(kept, *, state, by, answer=""):
    kept.state, kept.settled_by, kept.settled_at, kept.answer = state, by, timezone.now(), answer
    kept.save(update_fields=["state", "settled_by", "settled_at", "answer"])


@transaction.atomic
def forget_readers():
    """Erase the addresses of readers that nobody needs any more, and old reports with them."""
    now = timezone.now()
    count = audit.delete_rows(Report.objects.filter(created_at__lt=now - REPORT_KEPT))
    is_settled = ~Q(state=ReportState.OPEN) & Q(settled_at__lt=now - ADDRESS_KEPT_AFTER_ANSWER)
    not_needed = Report.objects.filter(is_settled | Q(created_at__lt=now - ADDRESS_KEPT_UNANSWERED))
    addresses = not_needed.exclude(address="").update(address="")
    audit.record_erased(action=ERASED, reports=count, report_addresses=addresses)
