"""What pages of organisations, and of what they provide, show at their head."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.dates import long_date
from content.fields import TriState
from content.presentation import Highlight, Words, fact, first_upper, isolated, joined, listed, named, present
from content.vocabularies import GermanLevel, SpokenLanguage

from .office_hours import today_line
from .vocabularies import Messenger, PlaceMode, RegionRoleKind

#: How a level of German is named where there is room for two words.
SHORT_LEVELS = {GermanLevel.A1: "A1", GermanLevel.A2: "A2", GermanLevel.B1: "B1", GermanLevel.B2: "B2"}


@dataclass(frozen=True)
class RoleGroup:
    """Organisations that do the same thing, and the sentences that come with it."""

    label: str
    organisations: list
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class ContactWay:
    """One way to reach somebody. ``is_hidden``: what it leads to is not in the page."""

    icon: str
    text: str
    url: str = ""
    order: str = ""
    is_number: bool = False
    is_hidden: bool = False


def contact_ways(contact, page):
    """Return the ways to reach a contact from ``page``; the e-mail address itself is not among them.

    Addresses that stand in a page are collected by machines. A form takes a message to this one, and a click beside
    the form asks for it.
    """
    ways = []
    if contact.email and page.pk:
        ways.append(
            ContactWay("mail", _("Write a message"), reverse("contact", args=[page.pk]), is_hidden=True)
        )
    if contact.phone:
        ways.append(ContactWay("phone", contact.phone_for_people, f"tel:{contact.phone}", is_number=True))
    if contact.messengers:
        names = joined(Messenger(key).label for key in contact.messengers)
        ways.append(ContactWay("message", _("Also on %(messengers)s") % {"messengers": names}))
    return ways


def contact_languages(contact):
    """Return the languages a contact speaks, as one text."""
    return joined(SpokenLanguage(key).label for key in contact.languages)


def role_groups(roles):
    """Return a ``RoleGroup`` per kind of role among ``roles`` (see ``selectors.roles_in``), in the kinds' order."""
    groups = []
    for kind in RegionRoleKind:
        these = [role for role in roles if role.role == kind]
        if these:
            sentences = dict.fromkeys(role.funding_sentence for role in these if role.funding_sentence)
            groups.append(
                RoleGroup(
                    first_upper(kind.label), [role.organisation_shown for role in these], tuple(sentences)
                )
            )
    return groups


def verification(page):
    """Return who checked when that an organisation exists, as a sentence, or ""."""
    if not page.verified_by:
        return ""
    if not page.verified_on:
        return _("Checked by %(name)s.") % {"name": page.verified_by}
    return _("Checked by %(name)s on %(day)s.") % {
        "name": page.verified_by,
        "day": long_date(page.verified_on),
    }


def languages_fact(page, label):
    """Return the languages that people speak there."""
    return fact(
        "language", label, listed(page._meta.get_field("languages_spoken").labels(page.languages_spoken))
    )


def transport_line(page):
    """Return the stop and the way from it."""
    stop = isolated(page.public_transport)
    if page.public_transport and page.transport_minutes:
        return ngettext(
            "Stop %(stop)s, %(minutes)s minute on foot",
            "Stop %(stop)s, %(minutes)s minutes on foot",
            page.transport_minutes,
        ) % {"stop": stop, "minutes": page.transport_minutes}
    return _("Stop %(stop)s") % {"stop": stop} if page.public_transport else ""


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
        *(place_lines(place, name=_house_of(page, place)) if place is not None else ()),
        None if place is not None else named(", ".join(quarters)),
        *more,
    )


def _house_of(page, place):
    """Return the organisation's name where a page takes place at the organisation."""
    return place.title if place is not page else ""


def place_lines(place, *, name=""):
    """Return a ``PostalPlace`` as lines: its name, or else ``name``, then street and town."""
    town = f"{place.postcode} {place.city}".strip()
    street = ", ".join(part for part in (place.street, town) if part)
    name = named(place.place_name or name, is_strong=True)
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
