"""What pages of organisations, and of what they provide, show at their head."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.fields import TriState
from content.presentation import Highlight, Words, fact, first_upper, listed, named, present
from content.vocabularies import GermanLevel

from .office_hours import today_line
from .vocabularies import PlaceMode

#: How a level of German is named where there is room for two words.
SHORT_LEVELS = {GermanLevel.A1: "A1", GermanLevel.A2: "A2", GermanLevel.B1: "B1", GermanLevel.B2: "B2"}


def languages_fact(page, label):
    """Return the languages that people speak there."""
    return fact(
        "language", label, listed(page._meta.get_field("languages_spoken").labels(page.languages_spoken))
    )


def transport_line(page):
    """Return the stop and the way from it."""
    if page.public_transport and page.transport_minutes:
        return ngettext(
            "Stop %(stop)s, %(minutes)s minute on foot",
            "Stop %(stop)s, %(minutes)s minutes on foot",
            page.transport_minutes,
        ) % {"stop": page.public_transport, "minutes": page.transport_minutes}
    return _("Stop %(stop)s") % {"stop": page.public_transport} if page.public_transport else ""


def transport_fact(page, *more):
    """Return how people get there; ``more`` lines follow."""
    return fact("bus", _("Bus and train"), transport_line(page), *more)


def place_fact(page, *more):
    """Return where a provided page takes place."""
    if page.place_mode == PlaceMode.ONLINE:
        link = Words(_("To the online meeting"), url=page.online_url) if page.online_url else None
        return fact("online", _("Where"), Words(_("Online"), is_strong=True), link, *more)
    place = page.effective_place
    mobile = _("We come to you") if page.place_mode == PlaceMode.MOBILE else ""
    quarters = page.effective_places
    return fact(
        "place",
        _("Where"),
        mobile,
        *(place_lines(place) if place is not None else ()),
        None if place is not None else named(", ".join(quarters)),
        *more,
    )


def place_lines(place):
    """Return a ``PostalPlace`` as lines: its name, then street and town."""
    town = f"{place.postcode} {place.city}".strip()
    street = ", ".join(part for part in (place.street, town) if part)
    name = named(place.place_name, is_strong=True)
    return [line for line in (name, named(street, is_strong=name is None)) if line]


def german_highlight(page):
    """Return the German that people need, in two or three words."""
    if page.german_level == GermanLevel.NONE:
        return Highlight(_("No German needed"), "speech")
    return Highlight(_("German from %(level)s") % {"level": SHORT_LEVELS[page.german_level]}, "speech")


def german_fact(page):
    """Return the German that people need."""
    if page.german_level == GermanLevel.NONE:
        return fact("level", _("Your German"), _("No German needed"))
    return fact("level", _("Your German"), first_upper(page.get_german_level_display()))


def people_line(page):
    """Return whom something is for."""
    return listed(page._meta.get_field("target_groups").labels(page.target_groups))


def shared_highlights(*, page, is_free):
    """Return the deciding words that offers and events share, the most important ones first."""
    highlights = [german_highlight(page)]
    if is_free:
        highlights.append(Highlight(_("Free of charge"), "euro"))
    if page.childcare == TriState.YES:
        highlights.append(Highlight(_("Children welcome"), "family"))
    if page.no_experience_needed:
        highlights.append(Highlight(_("Also for newcomers"), "people"))
    if page.step_free == TriState.YES:
        highlights.append(Highlight(_("Step-free"), "accessible"))
    if page.transport_minutes:
        highlights.append(
            Highlight(
                ngettext("Bus %(minutes)s min.", "Bus %(minutes)s min.", page.transport_minutes)
                % {"minutes": page.transport_minutes},
                "bus",
            )
        )
    return highlights


def organisation_facts(page):
    """Return the facts box of an organisation."""
    return present(
        fact("place", _("Where"), *place_lines(page)),
        fact("clock", _("Open"), today_line(page.opening_hours)),
        languages_fact(page, _("We speak")),
        transport_fact(page),
        fact("globe", _("Website"), website_words(page)),
        fact("people", _("For whom"), _("Newcomers can simply come by") if page.accepts_newcomers else ""),
    )


def website_words(page):
    """Return the address of the website without what browsers add, as a link."""
    if not page.website:
        return None
    shown = page.website.partition("://")[2].rstrip("/").removeprefix("www.")
    return Words(shown, language=None, url=page.website)


def organisation_highlights(page):
    """Return the fields an organisation works in."""
    labels = page._meta.get_field("fields_of_work").labels(page.fields_of_work)
    return [Highlight(first_upper(label)) for label in labels]


def organisation_types(page):
    """Return what kind of body an organisation is, in words."""
    return listed(page._meta.get_field("types").labels(page.types))
