"""Reads around steering circles."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.joining.selectors import managed_regions

from .models import Choice, Circle, CircleMember, Field, Sector, Step


def quarters(region):
    """Return ``[(sector label, [(field label, [member, …]), …]), …]`` of a region in any language. One query."""
    members = list(
        CircleMember.objects.filter(circle__region__translation_key=region.translation_key, is_active=True)
    )
    return [
        (
            sector.label,
            [
                (field.label, [one for one in members if (one.sector, one.field) == (sector, field)])
                for field in Field
            ],
        )
        for sector in Sector
    ]


def with_counts(steps):
    """Return ``steps`` with how many members were ``asked``, have ``answered``, and ``agreed``, as a queryset."""
    return steps.annotate(
        asked=Count("answers"),
        answered=Count("answers", filter=~Q(answers__choice="")),
        agreed=Count("answers", filter=Q(answers__choice=Choice.AGREE)),
    )


def timeline(region):
    """Return the steps of a region in any language, by day, counted. One query."""
    steps = Step.objects.filter(circle__region__translation_key=region.translation_key)
    # Counting drops the order that the model states.
    return with_counts(steps).order_by("day", "pk")


# --- For those who coordinate -----------------------------------------------------------------------------


def circle_of(region):
    """Return the circle of ``region`` (in the source language), one not kept yet where there is none. One query."""
    return Circle.objects.filter(region=region).first() or Circle(region=region)


def members_for(user):
    """Return the members of the circles in the regions that ``user`` coordinates, as a queryset."""
    regions = managed_regions(user).values("pk")
    return CircleMember.objects.filter(circle__region__in=regions).select_related("circle__region")


def steps_for(user):
    """Return the steps in the regions that ``user`` coordinates, counted, as a queryset."""
    regions = managed_regions(user).values("pk")
    return with_counts(Step.objects.filter(circle__region__in=regions).select_related("circle__region"))


def active_members(region):
    """Return who is asked about steps in ``region`` (in the source language), as a queryset."""
    return CircleMember.objects.filter(circle__region=region, is_active=True)


def meaning(circle, members):
    """Return in sentences, in the active language, how a circle of so many ``members`` (a number) agrees."""
    needed = circle.agreements_among(members)
    if needed == members:
        first = _("A step is agreed as soon as all members agree.")
    else:
        first = ngettext(
            "A step is agreed as soon as %(needed)s of %(members)s members agrees.",
            "A step is agreed as soon as %(needed)s of %(members)s members agree.",
            needed,
        ) % {"needed": needed, "members": members}
    days = circle.days_to_answer
    second = (
        ngettext(
            "Whoever says nothing within %(days)s day counts as agreeing.",
            "Whoever says nothing within %(days)s days counts as agreeing.",
            days,
        )
        if circle.silence_days
        else ngettext(
            "There is %(days)s day to answer; whoever says nothing does not count as agreeing.",
            "There are %(days)s days to answer; whoever says nothing does not count as agreeing.",
            days,
        )
    )
    return [first, second % {"days": days}]


def answers_in_words(step):
    """Return how many members have answered, of a step with its counts, in the active language."""
    return ngettext(
        "%(answered)s of %(asked)s has answered", "%(answered)s of %(asked)s have answered", step.answered
    ) % {"answered": step.answered, "asked": step.asked}
