"""Reads around teams: which somebody manages, which somebody sees, and who is in them."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Q

from .models import Invitation, Team, TeamKind

#: In the order in which a list shows them.
KIND_ORDER = (TeamKind.NETWORK, TeamKind.COORDINATOR, TeamKind.PARTNER, TeamKind.TRANSLATOR)


def managed_teams(user):
    """Return the teams whose people ``user`` may invite and remove, as a queryset.

    Coordinators manage those of their region and of its organisations; the network office those of all regions,
    organisations and languages; administrators all.
    """
    teams = Team.objects.all()
    if not user.is_active:
        return teams.none()
    if user.is_superuser:
        return teams
    own = Team.objects.filter(group__user=user)
    kinds = set(own.values_list("kind", flat=True))
    if TeamKind.NETWORK in kinds:
        return teams.exclude(kind=TeamKind.NETWORK)
    if TeamKind.COORDINATOR not in kinds:
        return teams.none()
    regions = list(own.filter(kind=TeamKind.COORDINATOR).values_list("pk", flat=True))
    return teams.filter(Q(pk__in=regions) | Q(within__in=regions, kind=TeamKind.PARTNER))


def visible_teams(user):
    """Return the teams whose people ``user`` may see: those they manage, and those they are in."""
    if not user.is_active:
        return Team.objects.none()
    managed = managed_teams(user).values("pk")
    return Team.objects.filter(Q(pk__in=managed) | Q(group__in=user.groups.all()))


def with_counts(teams):
    """Return ``teams`` with ``people``, the number of accounts in each, and their regions, in one query."""
    return teams.select_related("within", "group").annotate(people=Count("group__user", distinct=True))


class MemberState(Enum):
    """How it stands with somebody's account."""

    ACTIVE = "active"
    INVITED = "invited"
    OFF = "off"


@dataclass(frozen=True)
class Member:
    """Somebody in a team. ``invitation``: the open or accepted ``Invitation`` into this team, or None."""

    user: Any
    state: MemberState
    invitation: Any = None

    @property
    def name(self):
        """Return the person's name, or their address where no name is known."""
        return self.user.get_full_name() or self.user.email or self.user.get_username()


def members(team):
    """Return the ``Member`` objects of a team by name; two queries."""
    users = get_user_model().objects.filter(groups=team.group_id).order_by("last_name", "first_name", "pk")
    invitations = {row.user_id: row for row in Invitation.objects.filter(team=team)}
    return [_member(user, invitations.get(user.pk)) for user in users]


def _member(user, invitation):
    if user.is_active:
        return Member(user, MemberState.ACTIVE, invitation)
    is_open = invitation is not None and invitation.accepted_at is None
    return Member(user, MemberState.INVITED if is_open else MemberState.OFF, invitation)


def whom_to_ask(team):
    """Return the names of the active people who manage ``team``: its coordinators, or the network office."""
    keeper = team.within or Team.objects.filter(kind=TeamKind.NETWORK).first()
    if keeper is None:
        return []
    users = get_user_model().objects.filter(groups=keeper.group_id, is_active=True)
    return [user.get_full_name() or user.email for user in users.order_by("last_name", "first_name", "pk")]
