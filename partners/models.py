"""Who works together: teams, and the people who were invited to them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .circle.models import Circle, CircleMember, Step, StepAnswer
from .copying.models import PageCopy
from .freshness.models import ConfirmationRequest, Withdrawal
from .ideas.models import Idea
from .joining.models import Application
from .links.models import CheckedLink, LinkUse
from .voices.models import Report

__all__ = [
    "Application",
    "CheckedLink",
    "Circle",
    "CircleMember",
    "ConfirmationRequest",
    "Idea",
    "Invitation",
    "LinkUse",
    "PageCopy",
    "Report",
    "Step",
    "StepAnswer",
    "Team",
    "TeamKind",
    "Withdrawal",
]


class TeamKind(models.TextChoices):
    """What a team works for."""

    PARTNER = "partner", _("Organisation")
    COORDINATOR = "coordinator", _("Coordination of a region")
    TRANSLATOR = "translator", _("Translation")
    NETWORK = "network", _("Network office")


class Team(models.Model):
    """Binds a group of accounts to what it works for.

    ``subject`` is the translation key of an organisation or region, the code of a language, or empty for the network
    office: it stays when a name or an address changes, and tells two organisations of the same name apart.
    ``collection`` holds the team's pictures and documents; ``workflow`` is a region's review.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=TeamKind.choices)
    subject = models.CharField(max_length=40, blank=True)
    title = models.CharField(_("name"), max_length=255)
    group = models.OneToOneField("auth.Group", on_delete=models.CASCADE, related_name="team")
    within = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.SET_NULL,
        related_name="teams_within",
        verbose_name=_("coordinated by"),
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection", null=True, on_delete=models.SET_NULL, related_name="team"
    )
    workflow = models.OneToOneField(
        "wagtailcore.Workflow", null=True, on_delete=models.SET_NULL, related_name="team"
    )
    publishes_at_once = models.BooleanField(
        _("publishes at once"),
        default=False,
        help_text=_("Without this, a coordinator looks at everything before readers see it."),
    )

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["title", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=("kind", "subject"), name="one_team_per_kind_and_subject")
        ]

    def __str__(self):
        return self.title


class Invitation(models.Model):
    """That somebody was asked into a team by mail; open until they have set a password."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="invitations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="team_invitations"
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    times_sent = models.PositiveSmallIntegerField(default=1)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=("team", "user"), name="one_invitation_per_team_and_user")
        ]

    def __str__(self):
        return f"{self.team_id}: {self.user_id}"
