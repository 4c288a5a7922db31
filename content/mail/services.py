"""Writing mails into the outbox, and taking them from there to the mail server."""

import base64
import datetime
import logging
import re
import smtplib
import time
from contextlib import suppress
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from content import audit

from .models import OPEN_STATES, Mail, MailState
from .rendering import one_line, render_mail

__all__ = ["deliver_waiting", "erase_old", "queue_mail", "send_again", "write_message"]

logger = logging.getLogger(__name__)

#: How long a process has for a mail that it took up; longer than all of SMTP's timeouts together.
LEASE = datetime.timedelta(minutes=5)
#: Between two tries: a minute, then twice as long each time, at most twelve hours. With so many tries that is almost
#: five days, as RFC 5321, section 4.5.4.1, recommends.
FIRST_PAUSE = datetime.timedelta(minutes=1)
LONGEST_PAUSE = datetime.timedelta(hours=12)
MOST_TRIES = 19
#: Mail servers refuse what is much larger, and a row is no file store.
MOST_ATTACHED_BYTES = 2 * 1024 * 1024
#: What the outbox writes itself.
OWN_HEADERS = frozenset(
    {
        "auto-submitted",
        "bcc",
        "cc",
        "content-language",
        "content-type",
        "date",
        "from",
        "message-id",
        "mime-version",
        "reply-to",
        "subject",
        "to",
        "x-auto-response-suppress",
    }
)
NOTHING = {"text": "", "html": "", "headers": {}, "attachments": []}


class NoLongerOurs(Exception):
    """This process took too long, and another one has taken up the mail."""


# --- Writing ------------------------------------------------------------------------------------------------


def queue_mail(
    *,
    key,
    to,
    template,
    language,
    context,
    reply_to="",
    attachments=(),
    headers=None,
    contains_secret=True,
):
    """Write a mail into the outbox and return its ``Mail``. It is sent after the transaction is committed.

    ``key``: what the mail is about and to whom, at most 200 characters, in ids and dates but without names or
    addresses: it is kept for ever. A second call with the same key returns the first call's row and sends nothing.
    ``to``: one address. ``template``: "<app>/mail/<name>", see ``render_mail``. ``language``: the receiver's.
    ``attachments``: ``(file name, content as str or bytes, media type)`` each. ``headers``: more headers by name.
    ``contains_secret``: whether it holds a link that lets somebody act, so that nobody may read it in the admin and
    its text is erased when it is sent. Say False only where you know.

    Raises ``RuntimeError`` outside a transaction, ``ValidationError`` for an address that is none, ``LookupError`` for
    an unknown language, and ``ValueError`` for a header that is ours or has line breaks, for attachments above
    2 MiB and for a key that already belongs to another receiver.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(
            "Queue a mail inside the transaction of its cause, or one can be without the other."
        )
    validate_email(to)
    known = Mail.objects.filter(key=key).first()
    if known:
        return _of_same_receiver(known, to)
    more = _checked_headers(headers or {})
    if reply_to:
        validate_email(reply_to)
        more["Reply-To"] = reply_to
    rendered = render_mail(template=template, language=language, context=context)
    return _write(
        key=key,
        to=to,
        template=template,
        language=language,
        headers=more,
        attachments=_packed(attachments),
        contains_secret=contains_secret,
        **rendered._asdict(),
    )


def write_message(*, key, to, message):
    """Write Django's ``EmailMessage`` into the outbox, for one of its receivers; return the ``Mail``."""
    html = [content for content, kind in getattr(message, "alternatives", ()) if kind == "text/html"]
    only_html = message.content_subtype == "html"
    headers = {
        "To": ", ".join(message.to),
        "Cc": ", ".join(message.cc),
        "Reply-To": ", ".join(message.reply_to),
    }
    if message.from_email != settings.DEFAULT_FROM_EMAIL:
        headers["From"] = message.from_email
    return _write(
        key=key,
        to=parseaddr(to)[1],
        language=get_language() or settings.LANGUAGE_CODE,
        subject=one_line(str(message.subject)),
        text="" if only_html else message.body,
        html=message.body if only_html else "".join(html[:1]),
        headers={
            name: one_line(str(value)) for name, value in (headers | message.extra_headers).items() if value
        },
        attachments=_packed(message.attachments),
    )


@transaction.atomic
def _write(*, key, to, **fields):
    now = timezone.now()
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    mail, is_new = Mail.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            # The same for every try, so that receivers can recognise a second copy, and nobody can guess it.
            "message_id": f"<{salted_hmac('content.mail', key, algorithm='sha256').hexdigest()[:40]}@{host}>",
            "due_at": now,
            "created_at": now,
            **fields,
        },
    )
    if not is_new:
        return _of_same_receiver(mail, to)
    transaction.on_commit(_ring, robust=True)
    return mail


def _of_same_receiver(mail, to):
    if mail.to not in ("", to):
        raise ValueError(
            f"The key “{mail.key}” belongs to a mail to somebody else. Put the receiver's id into it."
        )
    return mail


def _ring():
    from content.tasks import deliver_mail  # tasks import services

    deliver_mail.delay()


def _checked_headers(headers):
    for name, value in headers.items():
        if not re.fullmatch(r"[A-Za-z0-9-]+", name) or name.lower() in OWN_HEADERS:
            raise ValueError(f"The header “{one_line(name)}” cannot be set.")
        if not value.isprintable():
            raise ValueError(f"The header “{name}” must not hold line breaks or control characters.")
    return dict(headers)


def _packed(attachments):
    packed, size = [], 0
    for name, content, kind in attachments:
        content = content.encode() if isinstance(content, str) else content
        size += len(content)
        packed.append([one_line(name or ""), kind, base64.b64encode(content).decode()])
    if size > MOST_ATTACHED_BYTES:
        raise ValueError(
            f"Attachments of {size} bytes are too large; {MOST_ATTACHED_BYTES} may be attached to a mail."
        )
    return packed


# --- Delivering ---------------------------------------------------------------------------------------------


def deliver_waiting(*, seconds=60):
    """Deliver what is due, for at most ``seconds`` and one mail; return how many the mail server accepted.

    Any number of processes may do so at the same time. Raises nothing that a mail or the mail server causes.
    """
    _note_unanswered()
    deadline = time.monotonic() + seconds
    transport = get_connection(settings.MAIL_TRANSPORT)
    accepted = 0
    try:
        while time.monotonic() < deadline and (mail := _take_up()):
            try:
                _hand_over(transport, mail)
                accepted += 1
            except NoLongerOurs:
                _hang_up(transport)
            except Exception as error:
                _hang_up(transport)
                _put_back(mail, error)
                if _is_trouble_of_the_server(error):
                    # The others would only wait for the same; the beat comes again.
                    break
    finally:
        _hang_up(transport)
    return accepted


def _is_trouble_of_the_server(error):
    """Return whether the mail server, or our access to it, is not right, whatever the mail says."""
    # All errors of smtplib are OSErrors as well.
    about_the_mail = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError)
    return isinstance(error, OSError) and not isinstance(error, about_the_mail)


def _take_up():
    """Return a due ``Mail`` that now belongs to this process for ``LEASE``, or None.

    One conditional UPDATE decides between processes, on SQLite as on PostgreSQL.
    """
    now = timezone.now()
    due = Mail.objects.filter(state__in=OPEN_STATES, due_at__lte=now)
    for pk, tries in due.order_by("due_at", "pk").values_list("pk", "tries")[:20]:
        changes = {"state": MailState.SENDING, "tries": tries + 1, "due_at": now + LEASE}
        if tries >= MOST_TRIES:
            _give_up(
                due.filter(pk=pk, tries=tries),
                pk,
                "It was taken up too often; each time the worker was lost.",
            )
        elif due.filter(pk=pk, tries=tries).update(**changes):
            return Mail.objects.get(pk=pk)
    return None


def _hand_over(transport, mail):
    """Give ``mail`` to the mail server, writing down before and after that it did so."""
    ours = Mail.objects.filter(pk=mail.pk, tries=mail.tries)

    def make_sure_it_is_ours():
        if not ours.filter(state=MailState.SENDING).update(due_at=timezone.now() + LEASE):
            raise NoLongerOurs

    # Follows the end of the text at once, so nothing is left to be put together then; the database does it even when
    # this process is lost before it answers.
    mark = f"UPDATE {Mail._meta.db_table} SET state = %s WHERE id = %s AND tries = %s"  # noqa: S608 (no input)

    def write_down():
        with connection.cursor() as cursor:
            cursor.execute(mark, [MailState.HANDED_OVER, mail.pk, mail.tries])

    if hasattr(transport, "hand_over"):
        transport.hand_over(_message(mail), make_sure_it_is_ours, write_down)
    else:
        make_sure_it_is_ours()
        transport.send_messages([_message(mail)])
    ours.update(
        state=MailState.SENT,
        settled_at=timezone.now(),
        problem="",
        **(NOTHING if mail.contains_secret else {}),
    )


def _message(mail):
    """Return ``mail`` as Django's message; the same at every try."""
    sender = settings.DEFAULT_FROM_EMAIL
    if "<" not in sender:
        sender = formataddr((settings.WAGTAIL_SITE_NAME, sender))
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=sender,
        to=[mail.to],
        headers={
            **mail.headers,
            "Message-ID": mail.message_id,
            "Date": format_datetime(timezone.localtime(mail.created_at)),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": mail.language,
        },
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for name, kind, content in mail.attachments:
        message.attach(name, base64.b64decode(content), kind)
    return message


def _hang_up(transport):
    with suppress(OSError):
        transport.close()


def _put_back(mail, error):
    """Have ``mail`` tried again later, or give it up when the server refused it for good or it was tried enough."""
    ours = Mail.objects.filter(
        pk=mail.pk, tries=mail.tries, state__in=(MailState.SENDING, MailState.HANDED_OVER)
    )
    code, reason = _refusal(error)
    # What a server says may quote the address, so it is kept in the row and not in the log.
    problem = f"{type(error).__name__}: {code or ''} {reason}"[:500]
    if (code or 0) >= 500 or mail.tries >= MOST_TRIES:
        _give_up(ours, mail.pk, problem)
        return
    pause = min(FIRST_PAUSE * 2 ** (mail.tries - 1), LONGEST_PAUSE)
    ours.update(state=MailState.WAITING, due_at=timezone.now() + pause, problem=problem)
    logger.warning(
        "Mail %s was not delivered (%s %s); next try in %s.", mail.pk, type(error).__name__, code or "", pause
    )


def _refusal(error):
    """Return ``(code, reason)`` of what the server said of this mail; the code is None when it said nothing of it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, reason = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPDataError):
        code, reason = error.smtp_code, error.smtp_error
    else:
        return None, str(error)
    return code, reason.decode(errors="replace") if isinstance(reason, bytes) else reason


def _give_up(mails, pk, problem):
    if mails.update(state=MailState.FAILED, settled_at=timezone.now(), problem=problem):
        logger.error("Mail %s was given up; the list of mails in the admin says why.", pk)


def _note_unanswered():
    """Say so when a process was lost between handing a mail over and the answer, and decide what becomes of it.

    Most servers deliver a mail that they have all of, also when they cannot answer any more, so it is not sent
    again by itself unless MAIL_SEND_UNANSWERED_AGAIN says so.
    """
    late = Mail.objects.filter(state=MailState.HANDED_OVER, due_at__lte=timezone.now())
    if settings.MAIL_SEND_UNANSWERED_AGAIN:
        changes = {"state": MailState.WAITING}
    else:
        changes = {"state": MailState.UNANSWERED, "settled_at": timezone.now()}
    for pk in late.values_list("pk", flat=True):
        if late.filter(pk=pk).update(**changes):
            logger.warning(
                "Mail %s was given to the mail server by a process that was lost before the answer.", pk
            )


# --- Afterwards ---------------------------------------------------------------------------------------------


@transaction.atomic
def send_again(*, mail_id):
    """Queue a mail anew that was given up or never answered; return whether there was something to send."""
    again = Mail.objects.filter(pk=mail_id, state__in=(MailState.FAILED, MailState.UNANSWERED)).exclude(to="")
    if not again.update(state=MailState.WAITING, tries=0, due_at=timezone.now(), settled_at=None):
        return False
    transaction.on_commit(_ring, robust=True)
    return True


@transaction.atomic
def erase_old():
    """Erase receiver, subject and text of mails older than MAIL_KEPT_DAYS; return of how many.

    What stays says that a mail with this key was there, so that it is not sent a second time.
    """
    before = timezone.now() - datetime.timedelta(days=settings.MAIL_KEPT_DAYS)
    old = Mail.objects.filter(created_at__lt=before).exclude(state__in=OPEN_STATES).exclude(to="")
    count = old.update(to="", subject="", problem="", **NOTHING)
    audit.record_erased(mails=count)
    return count
