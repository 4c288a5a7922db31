"""Organisations as schema.org describes them."""

from .vocabularies import OrganisationType

PUBLIC_BODIES = {OrganisationType.MUNICIPALITY}


def postal_address(place):
    """Return a schema.org ``PostalAddress`` of a ``PostalPlace``."""
    return {
        "@type": "PostalAddress",
        "streetAddress": place.street,
        "postalCode": place.postcode,
        "addressLocality": place.city,
        "addressCountry": "DE",
    }


def organisation_json_ld(page, request):
    """Return the schema.org ``NGO`` or ``GovernmentOrganization`` of an organisation's page."""
    data = {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization" if PUBLIC_BODIES & set(page.types) else "NGO",
        "@id": page.get_full_url(request),
        "name": page.title,
        "description": page.teaser,
        "url": page.get_full_url(request),
    }
    if page.short_name:
        data["alternateName"] = page.short_name
    if page.website:
        data["sameAs"] = page.website
    if page.has_place:
        data["address"] = postal_address(page)
    if page.languages_spoken:
        data["knowsLanguage"] = list(page.languages_spoken)
    return data
