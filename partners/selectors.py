"""Reads around people: their teams, who is in them, and what they reach and may know of."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from content.choosing import PAGE_RIGHTS, choosable_by, own_pages
from content.lineage import lineage_of
from content.permissions import ground_for

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


def people_to_write_to(teams):
    """Return the active accounts with an address in any of ``teams``, each once and oldest first, as a queryset."""
    users = get_user_model().objects.filter(groups__team__in=teams, is_active=True).exclude(email="")
    return users.order_by("pk").distinct()


def keepers_of(page):
    """Return the active users who coordinate the region that ``page`` lies in, or the network office; a queryset."""
    scope = lineage_of(page).scope
    own = Team.objects.filter(kind=TeamKind.COORDINATOR, subject=getattr(scope, "translation_key", None))
    users = get_user_model().objects.filter(is_active=True)
    coordinators = users.filter(groups__team__in=own)
    return (
        coordinators if coordinators.exists() else users.filter(groups__team__kind=TeamKind.NETWORK)
    ).distinct()


def name_of(user):
    """Return what letters call ``user``."""
    return user.get_full_name() or user.get_username()


def acts_everywhere(user):
    """Return whether ``user`` may change every page in the source language: administrators and the network office."""
    if user.is_superuser:
        return True
    if not user.is_active:
        return False
    ground = ground_for(user)
    rights = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    pages = [right.page for right in rights if right.permission.codename.removesuffix("_page") in PAGE_RIGHTS]
    return any(
        page.depth == 1 or (page.depth == 2 and page.locale_id == ground.source_locale_id) for page in pages
    )


def people_known_to(user):
    """Return whose names ``user`` may see: people of the own groups and of groups that work on the own pages."""
    people = get_user_model().objects.all()
    if acts_everywhere(user):
        return people
    known = Group.objects.filter(Q(user=user) | Q(page_permissions__page__in=own_pages(user).values("pk")))
    return people.filter(Q(pk=user.pk) | Q(groups__in=known.values("pk"))).distinct()


def seen_by(user, model):
    """Return the things of ``model`` whose names ``user`` may see when acting on several at once, as a queryset."""
    if issubclass(model, Page):
        return own_pages(user)
    choosable = choosable_by(user, model)
    if choosable is not None:
        return choosable
    things = model._default_manager
    return things.all() if acts_everywhere(user) else things.none()


def tags_of(user, model=None):
    """Return the tags of ``user``'s own pictures and documents, or of one ``model`` of them, most used first."""
    wanted = Q()
    for each in [model] if model else [get_image_model(), get_document_model()]:
        content_type = ContentType.objects.get_for_model(each)
        wanted |= Q(
            taggit_taggeditem_items__content_type=content_type,
            taggit_taggeditem_items__object_id__in=choosable_by(user, each).values("pk"),
        )
    return (
        Tag.objects.filter(wanted)
        .annotate(item_count=Count("taggit_taggeditem_items"))
        .order_by("-item_count")
    )
