"""Offers as schema.org describes them."""

from organisations.structured_data import postal_address

from .vocabularies import Costs, Purpose


def offer_json_ld(page, request):
    """Return a ``JobPosting`` for volunteers where people join in, a ``Service`` where they get something.

    schema.org has no volunteering action; search engines read volunteering from ``JobPosting`` with
    ``employmentType: VOLUNTEER``. ``inLanguage`` is allowed on neither.
    """
    provider = page.provider
    organisation = {"@type": "NGO", "name": provider.title, "url": provider.get_full_url(request)}
    place = page.effective_place
    url = page.get_full_url(request)
    if page.purpose == Purpose.JOIN_IN:
        data = {
            "@context": "https://schema.org",
            "@type": "JobPosting",
            "title": page.title,
            "description": page.teaser,
            "url": url,
            "employmentType": "VOLUNTEER",
            "hiringOrganization": organisation,
            "datePosted": page.first_published_at.date().isoformat() if page.first_published_at else None,
            "validThrough": page.valid_until.isoformat() if page.valid_until else None,
        }
        if place is not None:
            data["jobLocation"] = {"@type": "Place", "address": postal_address(place)}
        elif page.place_mode == "online":
            data["jobLocationType"] = "TELECOMMUTE"
            data["applicantLocationRequirements"] = {"@type": "Country", "name": "DE"}
    else:
        data = {
            "@context": "https://schema.org",
            "@type": "Service",
            "name": page.title,
            "description": page.teaser,
            "url": url,
            "serviceType": page.get_offer_kind_display(),
            "provider": organisation,
        }
        if page.costs == Costs.FREE:
            data["offers"] = {"@type": "Offer", "price": 0, "priceCurrency": "EUR"}
        if place is not None:
            data["areaServed"] = {"@type": "City", "name": place.city}
    return {key: value for key, value in data.items() if value is not None}
