"""Reports: a reader says, without an account, that something on a page is not right."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: Characters of what a reader writes: enough for a paragraph, too few for advertising.
LONGEST_TEXT = 1000


class ReportReason(models.TextChoices):
    """What is not right."""

    TIME = "time", _("The day or the time is not right")
    PLACE = "place", _("The place or the address is not right")
    CONTACT = "contact", _("The contact cannot be reached")
    CLOSED = "closed", _("This no longer exists")
    OTHER = "other", _("Something else is not right")


class ReportState(models.TextChoices):
    """What has become of a report."""

    OPEN = "open", pgettext_lazy("report", "open")
    ANSWERED = "answered", pgettext_lazy("report", "answered")
    DONE = "done", pgettext_lazy("report", "done")


class Report(models.Model):
    """One reader's word that something on a page is not right.

    ``page`` is the page in the source language, ``language`` the code of the one it was read in. ``counts`` is False
    for a second report on the same page by the same sender and day: one person alone makes nobody doubt a page.
    ``asked_at`` is when the organisation was asked whether the page is still right, because of this report and another.
    """

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="reader_reports", verbose_name=_("page")
    )
    language = models.CharField(_("language"), max_length=20)
    reason = models.CharField(max_length=10, choices=ReportReason.choices)
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    address = models.EmailField(_("e-mail"), blank=True)
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    counts = models.BooleanField(default=True)
    asked_at = models.DateTimeField(null=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState.choices, default=ReportState.OPEN, db_index=True
    )
    answer = models.TextField(_("answer"), max_length=2 * LONGEST_TEXT, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("report by a reader")
        verbose_name_plural = _("reports by readers")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.page_id}: {self.reason}"
