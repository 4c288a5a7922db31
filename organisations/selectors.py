"""Reads that span regions, organisations and contacts."""

from django.conf import settings
from django.db.models import Q
from wagtail.models import get_page_models

from content.permissions import changeable_pages
from content.pictures import fetch_renditions

from .models import Contact, OrganisationPage, ProvidedPage


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


def pages_showing(contacts, *, user):
    """Return ``{contact's pk: pages}``: where readers find each of ``contacts``, and each page once, in the source.

    A page shows the contact it names; what an organisation provides shows the organisation's where it names none.
    Pages that are neither public nor ``user``'s own are left out. Two or three queries per kind, however many contacts.
    """
    found = {contact.pk: [] for contact in contacts}
    sources = Q(locale__language_code=settings.LANGUAGE_CODE) & (
        Q(live=True) | Q(pk__in=changeable_pages(user).values("pk"))
    )
    heirs = {}
    models = [model for model in get_page_models() if _names_a_contact(model)]
    # Organisations first: what they provide inherits from them.
    for model in sorted(models, key=lambda model: not issubclass(model, OrganisationPage)):
        for page in model.objects.filter(sources, contact__in=found):
            found[page.contact_id].append(page)
            if isinstance(page, OrganisationPage):
                heirs[page.pk] = page.contact_id
        if heirs and issubclass(model, ProvidedPage):
            for page in model.objects.filter(sources, contact=None, owner_page__in=heirs):
                found[heirs[page.owner_page_id]].append(page)
    return {pk: sorted(pages, key=lambda page: page.title.casefold()) for pk, pages in found.items()}


def _names_a_contact(model):
    return any(field.name == "contact" and field.related_model is Contact for field in model._meta.fields)
