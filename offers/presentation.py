"""What an offer shows: the facts at its head, the deciding words on its card, the grid of days and times."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from content.dates import long_date, weekday_name
from content.fields import TriState
from content.presentation import Highlight, Status, Words, fact, first_upper, present, written
from organisations.presentation import (
    RoleGroup,
    german_fact,
    languages_fact,
    people_line,
    place_fact,
    shared_highlights,
    transport_fact,
)

from .vocabularies import PARTS_OF_DAY, WEEKDAYS, Commitment, Costs, Purpose, Stage

#: What is said of a stage, with its symbol; an offer that is running says nothing.
STAGES = {
    Stage.IDEA: ("idea", gettext_lazy("An idea so far")),
    Stage.DEVELOPMENT: ("idea", gettext_lazy("In development")),
    Stage.PILOT: ("idea", gettext_lazy("Being tried out")),
    Stage.PAUSED: ("clock", gettext_lazy("Paused at the moment")),
    Stage.ENDED: ("archive", gettext_lazy("Ended")),
}


@dataclass(frozen=True)
class GridRow:
    """One part of the day over the week: ``cells`` are seven booleans, Monday first."""

    name: str
    cells: tuple[bool, ...]


@dataclass(frozen=True)
class Grid:
    """Days and times at which somebody is needed."""

    days: tuple[str, ...]
    rows: tuple[GridRow, ...]


def offer_status(page):
    """Return the ``Status`` of an offer that is not simply running, or None."""
    stage = Stage.ENDED if page.is_over else page.stage
    if stage not in STAGES:
        return None
    icon, text = STAGES[stage]
    return Status(str(text), icon)


def commitment_highlight(page):
    """Return how much time it takes."""
    if page.commitment_note:
        return Highlight(page.commitment_note, "clock", page.language_of("commitment_note"))
    if page.commitment:
        return Highlight(first_upper(page.get_commitment_display()), "clock")
    return None


def offer_highlights(page):
    """Return the deciding words of an offer, the most important ones first."""
    highlights = shared_highlights(page=page, is_free=page.is_free and page.purpose != Purpose.JOIN_IN)
    commitment = commitment_highlight(page) if page.purpose == Purpose.JOIN_IN else None
    if commitment is not None:
        highlights.insert(1, commitment)
    return highlights


def costs_line(page):
    """Return what taking part costs."""
    label = first_upper(page.get_costs_display())
    if page.costs_amount and page.costs not in (Costs.FREE, Costs.DONATION):
        return _("%(label)s: %(amount)s") % {"label": label, "amount": page.costs_amount}
    return label


def _safety_lines(page):
    yes = TriState.YES
    return [
        _("You are insured") if page.insured == yes else "",
        _("You need a police certificate") if page.police_certificate_needed == yes else "",
    ]


def _learning_lines(page):
    yes = TriState.YES
    return [
        _("We show you everything first") if page.training_given == yes else "",
        _("You get a certificate") if page.certificate_given == yes else "",
    ]


def _people_lines(page):
    return [
        people_line(page),
        _("From %(age)s years") % {"age": page.minimum_age} if page.minimum_age else "",
        _("No experience needed") if page.no_experience_needed else "",
        _("You need not be a member") if page.no_membership_needed else "",
        _("For %(count)s people") % {"count": page.capacity} if page.capacity else "",
    ]


def _childcare_line(page):
    return {
        TriState.YES: _("There is childcare"),
        TriState.NO: _("There is no childcare"),
    }.get(page.childcare, "")


def offer_facts(page):
    """Return the facts box of an offer, what decides first."""
    commitment = Commitment(page.commitment).label if page.commitment else ""
    return present(
        fact(
            "clock",
            _("How often"),
            Words(first_upper(commitment), is_strong=True) if commitment else None,
            written(page, "commitment_note"),
        ),
        place_fact(page),
        german_fact(page),
        languages_fact(page, _("We speak")),
        fact(
            "euro",
            _("Costs"),
            costs_line(page),
            _("Your expenses are refunded") if page.expenses_refunded == TriState.YES else "",
        ),
        fact("people", _("For whom"), *_people_lines(page)),
        fact("family", _("Children"), _childcare_line(page)),
        fact("insurance", _("Safety"), *_safety_lines(page)),
        fact("certificate", _("Learning"), *_learning_lines(page)),
        transport_fact(page, _("You need a car") if page.car_needed else ""),
        fact("bring", _("Bring along"), written(page, "what_to_bring")),
        fact(
            "calendar",
            _("Valid until"),
            long_date(page.valid_until) if page.valid_until else "",
        ),
        fact("steps", _("First step"), written(page, "first_step", is_strong=True), is_wide=True),
    )


def availability_grid(page):
    """Return the ``Grid`` of days and times, or None when nothing is ticked."""
    if not page.availability:
        return None
    chosen = set(page.availability)
    return Grid(
        days=tuple(weekday_name(number, width="short") for number in range(7)),
        rows=tuple(
            GridRow(first_upper(label), tuple(f"{day}-{part}" in chosen for day, _label in WEEKDAYS))
            for part, label in PARTS_OF_DAY
        ),
    )


def provider_groups(page, funder):
    """Return who offers and who pays for an offer; ``funder``: the page in the offer's locale, or None."""
    groups = []
    if page.provider is not None:
        groups.append(RoleGroup(_("Offered by"), [page.provider]))
    if funder is not None:
        groups.append(RoleGroup(pgettext("an offer", "Funded by"), [funder]))
    return groups
