"""Makes the groups that organisations and regions work with, and puts people into them."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from organisations.models import Contact, OrganisationPage, RegionPage

PARTNER_PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")
COORDINATOR_PAGE_PERMISSIONS = (
    "add_page",
    "change_page",
    "publish_page",
    "bulk_delete_page",
    "lock_page",
    "unlock_page",
)
PICTURE_PERMISSIONS = ("add_picture", "change_picture", "choose_picture")
DOCUMENT_PERMISSIONS = ("add_document", "change_document", "choose_document")


@transaction.atomic
def ensure_page_group(*, page, name, page_permissions):
    """Return the group ``name`` that may enter the admin and has ``page_permissions`` on ``page`` and below.

    Gives it a collection of its own for pictures and documents, and contacts. Safe to call again.
    """
    group, _created = Group.objects.get_or_create(name=name)
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"),
        *Permission.objects.filter(
            content_type__app_label=Contact._meta.app_label, content_type__model="contact"
        ),
    )
    for codename in page_permissions:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)
    _ensure_collection(group=group, name=name)
    return group


def _ensure_collection(*, group, name):
    root = Collection.get_first_root_node()
    collection = root.get_children().filter(name=name).first() or root.add_child(name=name)
    wanted = Permission.objects.filter(codename__in=(*PICTURE_PERMISSIONS, *DOCUMENT_PERMISSIONS))
    for permission in wanted.filter(content_type__app_label__in=("content", "wagtaildocs")):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
    return collection


def ensure_partner_group(*, organisation):
    """Return the group of an organisation's people; they edit and publish on its page and below, nowhere else."""
    if not isinstance(organisation, OrganisationPage):
        raise TypeError(f"{organisation!r} is no organisation")
    return ensure_page_group(
        page=organisation, name=f"Partner: {organisation.slug}", page_permissions=PARTNER_PAGE_PERMISSIONS
    )


def ensure_coordinator_group(*, region):
    """Return the group of a region's coordinators; they act on everything below the region's page.

    They and the network office publish for others, so they sign in with a second factor.
    """
    if not isinstance(region, RegionPage):
        raise TypeError(f"{region!r} is no region")
    group = ensure_page_group(
        page=region, name=f"Coordination: {region.slug}", page_permissions=COORDINATOR_PAGE_PERMISSIONS
    )
    group.permissions.add(_second_factor_needed())
    return group


def _second_factor_needed():
    return Permission.objects.get(content_type__app_label="accounts", codename="needs_second_factor")


def ensure_network_group(*, home):
    """Return the group of the network office; it acts on all regions below the source start page ``home``."""
    group = ensure_page_group(page=home, name="Network office", page_permissions=COORDINATOR_PAGE_PERMISSIONS)
    group.permissions.add(
        _second_factor_needed(),
        *Permission.objects.filter(content_type__app_label="content", content_type__model="topic"),
    )
    return group
