"""Reads that span regions, organisations and contacts."""

from content.permissions import changeable_pages
from content.pictures import fetch_renditions

from .models import Contact, OrganisationPage


def organisations_editable_by(user):
    """Return the source-language organisations that ``user`` may change, as a queryset."""
    return OrganisationPage.objects.filter(pk__in=changeable_pages(user).values("pk")).order_by("title")


def contacts_editable_by(user):
    """Return the contacts of the organisations that ``user`` may change, as a queryset."""
    if user.is_superuser:
        return Contact.objects.all()
    keys = organisations_editable_by(user).values("translation_key")
    return Contact.objects.filter(organisation_key__in=keys)


def in_locale(keys, locale):
    """Return ``{translation key: organisation}`` of the live organisations with ``keys`` in ``locale``; one query."""
    found = OrganisationPage.objects.live().filter(translation_key__in=keys, locale=locale)
    return {page.translation_key: page for page in found.select_related("logo")}


def roles_in(region):
    """Return the roles in a region whose organisation can be read in the region's locale, in their order.

    Each has ``organisation_shown``: the organisation's page in that locale.
    """
    roles = region.all_roles
    shown = in_locale({role.organisation.translation_key for role in roles}, region.locale)
    fetch_renditions(page.logo for page in shown.values())
    for role in roles:
        role.organisation_shown = shown.get(role.organisation.translation_key)
    return [role for role in roles if role.organisation_shown is not None]
