"""Steering circles, their members, the steps of the project, and what members answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NAME_LENGTH = 100
ORGANISATION_LENGTH = 150
ADDRESS_LENGTH = 150
TITLE_LENGTH = 150
TEXT_LENGTH = 2000
COMMENT_LENGTH = 1000
#: Days to answer in a circle where silence never counts.
DAYS_TO_ANSWER = 30


class Sector(models.TextChoices):
    """Whom a member speaks for."""

    MUNICIPAL = "municipal", _("Municipalities")
    INDEPENDENT = "independent", _("Independent organisations")


class Field(models.TextChoices):
    """What a member works on."""

    ENGAGEMENT = "engagement", _("Civic engagement")
    INTEGRATION = "integration", _("Migration and integration")


class StepState(models.TextChoices):
    """Where a step of the project stands."""

    PLANNED = "planned", pgettext_lazy("step", "planned")
    PROPOSED = "proposed", pgettext_lazy("step", "waits for the circle's agreement")
    AGREED = "agreed", pgettext_lazy("step", "agreed")
    NOT_AGREED = "not_agreed", pgettext_lazy("step", "not agreed")
    DONE = "done", pgettext_lazy("step", "done")


class Choice(models.TextChoices):
    """What a member says to a step."""

    AGREE = "agree", _("I agree")
    OBJECT = "object", _("I do not agree")


class Circle(models.Model):
    """How the circle of a region (the page in the source language) agrees.

    ``agreements_needed``: how many members, at most all who are asked. ``silence_days``: after so many days silence
    counts as agreement; 0: it never does.
    """

    region = models.OneToOneField(
        "organisations.RegionPage", on_delete=models.CASCADE, related_name="circle", verbose_name=_("region")
    )
    agreements_needed = models.PositiveSmallIntegerField(default=1)
    silence_days = models.PositiveSmallIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.region)

    @property
    def days_to_answer(self):
        """Return how many days members have for an answer."""
        return self.silence_days or DAYS_TO_ANSWER

    def agreements_among(self, members):
        """Return how many of so many ``members`` have to agree."""
        return max(1, min(self.agreements_needed, members))


class CircleMember(models.Model):
    """Somebody in a circle. ``email`` is never public, ``name`` only with ``shows_name``.

    Whoever was asked about a step stays, not active, when they leave: the answers are the circle's history.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="members")
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    organisation = models.CharField(_("organisation"), max_length=ORGANISATION_LENGTH)
    sector = models.CharField(max_length=12, choices=Sector.choices)
    field = models.CharField(max_length=12, choices=Field.choices)
    email = models.EmailField(_("e-mail"), max_length=ADDRESS_LENGTH)
    language = models.CharField(_("language"), max_length=20)
    shows_name = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["organisation", "pk"]
        default_permissions = ()

    def __str__(self):
        return self.organisation


class Step(models.Model):
    """A step of the project, in the source language.

    Written when it is proposed, so that later changes of the circle decide nothing anew: ``needed`` agreements,
    ``answers_until`` that day (included), and whether silence counts as agreement then.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="steps")
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    text = models.TextField(_("text"), blank=True, max_length=TEXT_LENGTH)
    day = models.DateField(_("date"))
    state = models.CharField(max_length=12, choices=StepState.choices, default=StepState.PLANNED)
    needed = models.PositiveSmallIntegerField(default=0)
    answers_until = models.DateField(null=True, blank=True)
    silence_agrees = models.BooleanField(default=False)
    proposed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["day", "pk"]
        default_permissions = ()

    def __str__(self):
        return self.title


class StepAnswer(models.Model):
    """That a member was asked about a step, and the answer; ``choice`` is empty before.

    ``comment``: what the member wants to say about it, for the region's coordinators only.
    """

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="answers")
    member = models.ForeignKey(CircleMember, on_delete=models.CASCADE, related_name="answers")
    choice = models.CharField(max_length=8, choices=Choice.choices, blank=True)
    comment = models.TextField(blank=True, max_length=COMMENT_LENGTH)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=("step", "member"), name="one_answer_per_step_and_member")
        ]

    def __str__(self):
        return f"{self.step_id}: {self.choice}"
