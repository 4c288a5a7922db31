"""The one table of the outbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    """Where a mail is on its way. The first two are open: somebody will still work on them."""

    WAITING = "waiting", _("waiting to be sent")
    SENDING = "sending", _("being sent")
    HANDED_OVER = "handed_over", _("given to the mail server, no answer yet")
    SENT = "sent", _("sent")
    UNANSWERED = "unanswered", _("given to the mail server, answer never seen")
    FAILED = "failed", _("given up")


OPEN_STATES = (MailState.WAITING, MailState.SENDING)


class Mail(models.Model):
    """A mail to one receiver, rendered when it was queued.

    ``key`` says what the mail is about and to whom, in ids, for ever: a second mail with the same key is never
    written. ``tries`` counts how often somebody took it up, and tells a process that was suspended for too long that
    the mail is no longer its own. ``due_at``: of a waiting mail, when to try next; of one that is being sent or was
    handed over, until when the process that took it up has time. ``attachments`` is a list of
    ``[file name, media type, content in Base64]``.
    """

    key = models.CharField(_("key"), max_length=200, unique=True)
    message_id = models.CharField("Message-ID", max_length=200)
    template = models.CharField(_("template"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=20)
    to = models.CharField(_("receiver"), max_length=254, blank=True)
    subject = models.TextField(_("subject"), blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    attachments = models.JSONField(default=list, blank=True)
    contains_secret = models.BooleanField(_("contains personal links"), default=True)
    state = models.CharField(_("state"), max_length=20, choices=MailState.choices, default=MailState.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    due_at = models.DateTimeField(_("next try"))
    created_at = models.DateTimeField(_("written"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    problem = models.TextField(_("problem"), blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=["waiting", "sending", "handed_over"]),
                name="mail_due",
            )
        ]

    def __str__(self):
        return self.subject or self.key
