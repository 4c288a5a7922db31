"""Makes the groups that organisations, regions and the network office work with, and what these need.

All services can be called again without harm, also by two at once: they lock the page or the row they work for.
"""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    Collection,
    CollectionMember,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from content import audit
from organisations.models import Contact, OrganisationPage, RegionPage
from translation.services import ensure_translator_group

from .models import Team, TeamKind

SWITCHED_OFF = "partners.switched_off"
ERASED = "partners.erased"

PARTNER_PAGE_PERMISSIONS = ("add_page", "change_page")
COORDINATOR_PAGE_PERMISSIONS = (
    "add_page",
    "change_page",
    "publish_page",
    "bulk_delete_page",
    "lock_page",
    "unlock_page",
)
# Wagtail asks for the rights of its own image model, whatever model a site uses.
PICTURE_PERMISSIONS = ("add_image", "change_image", "choose_image")
DOCUMENT_PERMISSIONS = ("add_document", "change_document", "choose_document")
#: Vocabularies that the network office keeps, and the log it reads.
NETWORK_MODELS = ("topic", "auditentry", "mail")
#: What groups and reviews are called, before the name of what they are for.
LABELS = {TeamKind.PARTNER: _("Partner"), TeamKind.COORDINATOR: _("Coordination")}
REVIEW = _("Review")
#: Names of groups, collections and workflows are for people; longer titles are cut.
NAME_LENGTH = 100


def page_of(team):
    """Return the source page that a team works for, or None: languages and the network office have none."""
    model = {TeamKind.PARTNER: OrganisationPage, TeamKind.COORDINATOR: RegionPage}.get(team.kind)
    return model and source_pages(model).filter(translation_key=team.subject).first()


def source_pages(model):
    """Return the pages of ``model`` that teams work for, as a queryset: no translations, no aliases."""
    return model.objects.filter(locale__language_code=settings.LANGUAGE_CODE, alias_of__isnull=True)


@transaction.atomic
def ensure_partner_group(*, organisation):
    """Return the group of an organisation's people; they work on its page and below, nowhere else.

    It has a collection of its own for pictures and documents, within the region's. What it may publish
    without a coordinator's look is decided by ``set_trust``; a new organisation publishes nothing by itself.
    """
    if not isinstance(organisation, OrganisationPage):
        raise TypeError(f"{organisation!r} is no organisation")
    region = _region_of(organisation)
    if region is not None and not is_as_named(kind=TeamKind.COORDINATOR, page=region):
        ensure_coordinator_group(region=region)
    team = _ensure_team(kind=TeamKind.PARTNER, page=organisation)
    team.within = _team_of(TeamKind.COORDINATOR, region)
    _ensure_collection(team)
    team.save()
    codenames = PARTNER_PAGE_PERMISSIONS + (("publish_page",) if team.publishes_at_once else ())
    _give_rights(team, page=organisation, codenames=codenames)
    return team.group


@transaction.atomic
def ensure_coordinator_group(*, region):
    """Return the group of a region's coordinators; they act on everything below the region's page.

    The region has a collection, in which those of its organisations lie, and a review of its own, which
    coordinators and the network office do.
    """
    if not isinstance(region, RegionPage):
        raise TypeError(f"{region!r} is no region")
    team = _ensure_team(kind=TeamKind.COORDINATOR, page=region)
    _ensure_collection(team)
    _ensure_workflow(team, region)
    team.save()
    _give_rights(team, page=region, codenames=COORDINATOR_PAGE_PERMISSIONS)
    return team.group


@transaction.atomic
def ensure_network_group(*, home):
    """Return the group of the network office; it acts on all regions below the source start page ``home``."""
    Page.objects.select_for_update().get(pk=home.pk)
    team = Team.objects.filter(kind=TeamKind.NETWORK).select_related("group").first()
    if team is None:
        title = _in_source_language(TeamKind.NETWORK.label)
        group, _created = Group.objects.get_or_create(name=title)
        team = Team.objects.create(kind=TeamKind.NETWORK, title=title, group=group)
    _give_rights(team, page=home, codenames=COORDINATOR_PAGE_PERMISSIONS, collection=_root_collection())
    for workflow in Workflow.objects.filter(team__isnull=False, active=True):
        for task in workflow.tasks.specific():
            task.groups.add(team.group)
    return team.group


@transaction.atomic
def ensure_translator_team(*, locale):
    """Return the team of those who translate into ``locale``; what its group may do, the translation app says."""
    group = ensure_translator_group(locale=locale)
    team, _created = Team.objects.get_or_create(
        kind=TeamKind.TRANSLATOR,
        subject=locale.language_code,
        defaults={"group": group, "title": locale.get_display_name()},
    )
    return team


@transaction.atomic
def set_trust(*, team, publishes_at_once, by=None):
    """Let an organisation publish at once, or only after a coordinator's look. Returns whether that is new.

    Raises ``ValueError`` for a team that is no organisation's.
    """
    organisation = page_of(team) if team.kind == TeamKind.PARTNER else None
    if organisation is None:
        raise ValueError(f"{team} is no organisation's team.")
    changed = (
        Team.objects.filter(pk=team.pk)
        .exclude(publishes_at_once=publishes_at_once)
        .update(publishes_at_once=publishes_at_once)
    )
    team.publishes_at_once = publishes_at_once
    ensure_partner_group(organisation=organisation)
    return bool(changed)


def ensure_teams():
    """Make what is missing of all teams: for content that came another way than through the site."""
    home = Page.objects.filter(depth=2, locale__language_code=settings.LANGUAGE_CODE).order_by("path").last()
    if home is not None:
        ensure_network_group(home=home)
    for region in source_pages(RegionPage).iterator():
        ensure_coordinator_group(region=region)
    for organisation in source_pages(OrganisationPage).iterator():
        ensure_partner_group(organisation=organisation)
    for locale in Locale.objects.exclude(language_code=settings.LANGUAGE_CODE):
        ensure_translator_team(locale=locale)


def is_as_named(*, kind, page):
    """Return whether the team of ``page`` is there and called as the page is called now."""
    return Team.objects.filter(kind=kind, subject=page.translation_key, title=page.title).exists()


@transaction.atomic
def dissolve_team(*, kind, subject):
    """Take down the team of something that is gone: its group, its review, and the accounts that had only this.

    Pictures and documents stay, because other pages may show them; an empty collection goes.
    """
    team = Team.objects.filter(kind=kind, subject=subject).select_related("group").first()
    if team is None:
        return
    if team.workflow is not None:
        for task in team.workflow.tasks.specific():
            task.deactivate()
        team.workflow.deactivate()
    collection = team.collection
    members = list(team.group.user_set.all())
    team.group.delete()
    for user in members:
        switch_off_if_unattached(user=user)
    if collection is not None and _is_empty(collection):
        collection.refresh_from_db()
        collection.delete()


def switch_off_if_unattached(*, user, by=None):
    """Switch an account off that belongs to no team any more; returns whether it was switched off."""
    if user.is_superuser or not user.is_active or user.groups.exists():
        return False
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record(action=SWITCHED_OFF, actor=by, subject=user)
    return True


def _is_empty(collection):
    """Return whether nothing lies in a collection: deleting one deletes what is in it, and asks nobody."""
    return collection.is_leaf() and not any(
        relation.related_model._default_manager.filter(**{relation.field.name: collection}).exists()
        for relation in Collection._meta.get_fields(include_hidden=True)
        if relation.one_to_many and issubclass(relation.related_model, CollectionMember)
    )


# --- What a team consists of ----------------------------------------------------------------------------


def _in_source_language(text):
    """Return the lazy ``text`` as lists of groups and reviews show it: with one name, in the source language."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(text)


def _region_of(organisation):
    above = Q(pk__in=organisation.get_ancestors().values("pk"))
    return source_pages(RegionPage).filter(above).order_by("-depth").first()


def _team_of(kind, page):
    return page and Team.objects.filter(kind=kind, subject=page.translation_key).first()


def _ensure_team(*, kind, page):
    """Return the team of ``page``, called as the page is called."""
    Page.objects.select_for_update().get(pk=page.pk)
    team = Team.objects.filter(kind=kind, subject=page.translation_key).select_related("group").first()
    label = _in_source_language(LABELS[kind])
    # Two organisations may share a name, group names may not.
    name = f"{label}: {page.title[:NAME_LENGTH]} · {page.translation_key.hex[:8]}"
    if team is None:
        group = Group.objects.create(name=name)
        return Team.objects.create(kind=kind, subject=page.translation_key, title=page.title, group=group)
    if team.group.name != name:
        team.group.name = name
        team.group.save(update_fields=["name"])
    team.title = page.title
    return team


def _root_collection():
    """Return the root of all collections, locked: two new collections must not take the same place."""
    return Collection.objects.select_for_update().get(depth=1)


def _ensure_collection(team):
    """Give the team a collection, called like it and within that of its region."""
    root = _root_collection()
    parent = root
    if team.within is not None and team.within.collection_id is not None:
        parent = Collection.objects.get(pk=team.within.collection_id)
    name = team.title[:NAME_LENGTH]
    if team.collection_id is None:
        team.collection = parent.add_child(name=name)
        return
    collection = Collection.objects.get(pk=team.collection_id)
    if collection.name != name:
        collection.name = name
        collection.save(update_fields=["name"])
    if not collection.is_child_of(parent):
        collection.move(parent, pos="sorted-child")


def _ensure_workflow(team, region):
    """Give the region a review, unless an administrator has given it another."""
    name = f"{_in_source_language('Review')}: {team.title[:NAME_LENGTH]}"
    if team.workflow is None:
        team.workflow = Workflow.objects.create(name=name)
        task = GroupApprovalTask.objects.create(name=name)
        WorkflowTask.objects.create(workflow=team.workflow, task=task, sort_order=0)
        reviewers = Team.objects.filter(kind=TeamKind.NETWORK).values_list("group", flat=True)
        task.groups.set([team.group_id, *reviewers])
        WorkflowPage.objects.get_or_create(page=region.page_ptr, defaults={"workflow": team.workflow})
    elif team.workflow.name != name:
        team.workflow.name = name
        team.workflow.save(update_fields=["name"])
        team.workflow.tasks.update(name=name)


def _give_rights(team, *, page, codenames, collection=None):
    """Let the team's group have exactly these rights, from ``page`` on, and those of its collection."""
    group = team.group
    wanted = Q(content_type__app_label="wagtailadmin", codename="access_admin") | Q(
        content_type__app_label=Contact._meta.app_label, content_type__model=Contact._meta.model_name
    )
    if team.kind in (TeamKind.COORDINATOR, TeamKind.NETWORK):
        # They publish for others.
        wanted |= Q(content_type__app_label="accounts", codename="needs_second_factor")
        wanted |= Q(content_type__app_label="translation", codename="keep_glossaries")
    if team.kind == TeamKind.NETWORK:
        wanted |= Q(content_type__app_label="content", content_type__model__in=NETWORK_MODELS)
    group.permissions.set(Permission.objects.filter(wanted))
    _set_rights(
        GroupPagePermission,
        group=group,
        place={"page_id": page.pk},
        permissions=Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames),
    )
    _set_rights(
        GroupCollectionPermission,
        group=group,
        place={"collection_id": team.collection_id if collection is None else collection.pk},
        permissions=Permission.objects.filter(
            content_type__app_label__in=("wagtailimages", "wagtaildocs"),
            codename__in=(*PICTURE_PERMISSIONS, *DOCUMENT_PERMISSIONS),
        ),
    )


def _set_rights(model, *, group, place, permissions):
    """Let the rows of ``model`` for ``group`` be ``permissions`` at ``place``, and no others."""
    wanted = set(permissions.values_list("pk", flat=True))
    rows = model.objects.filter(group=group)
    rows.exclude(**place, permission__in=wanted).delete()
    there = set(rows.values_list("permission_id", flat=True))
    model.objects.bulk_create(model(group=group, **place, permission_id=pk) for pk in wanted - there)
