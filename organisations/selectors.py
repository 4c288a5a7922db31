"""Reads that span regions, organisations and contacts."""

from django.conf import settings
from wagtail.permission_policies.pages import PagePermissionPolicy

from .models import Contact, OrganisationPage


def organisations_editable_by(user):
    """Return the source-language organisations that ``user`` may change, as a queryset."""
    pages = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return OrganisationPage.objects.filter(
        pk__in=pages.values("pk"), locale__language_code=settings.LANGUAGE_CODE
    ).order_by("title")


def contacts_editable_by(user):
    """Return the contacts of the organisations that ``user`` may change, as a queryset."""
    if user.is_superuser:
        return Contact.objects.all()
    keys = organisations_editable_by(user).values("translation_key")
    return Contact.objects.filter(organisation_key__in=keys)
