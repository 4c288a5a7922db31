"""Groups that people in tests belong to."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from partners import services
from partners.models import Team


def trusted_group(*, organisation):
    """Return the group of an organisation that publishes without a review."""
    group = services.ensure_partner_group(organisation=organisation)
    services.set_trust(team=Team.objects.get(group=group), publishes_at_once=True)
    return group


def page_group(*, page, name, page_permissions):
    """Return a new group ``name`` that may enter the admin and has ``page_permissions`` on ``page`` and below."""
    group = Group.objects.create(name=name)
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    for codename in page_permissions:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page_id=page.pk, permission=permission)
    return group
