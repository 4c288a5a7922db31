"""A small site with an organisation, its people, and readers who report."""

import secrets
import time

from django.contrib.auth import get_user_model
from wagtail.models import Locale

from content.gate import GatedForm
from organisations.models import Contact
from partners.models import Team, TeamKind
from tests.factories.pages import (
    OfferPageFactory,
    OrganisationPageFactory,
    PlainPageFactory,
    RegionPageFactory,
    publish,
    start_site,
)


def opened(form_class, page, *, seconds_ago=60) -> str:
    """Return the token of a form about ``page`` that was opened so long ago."""
    form: GatedForm = form_class(subject=page.pk)
    return form._signer.sign_object([time.time() - seconds_ago, str(page.pk), secrets.token_urlsafe(9)])


class World:
    """Kempten with Mosaik Frauen and their offer, Roth with TSV Rezattal; a person in each team."""

    def __init__(self):
        self.home = publish(start_site("de", "tr", "ar"))
        self.plain = publish(PlainPageFactory(parent=self.home, title="Über uns", slug="ueber-uns"))
        self.region = publish(RegionPageFactory(parent=self.home, title="Kempten", slug="kempten"))
        self.other_region = publish(RegionPageFactory(parent=self.home, title="Roth", slug="roth"))
        self.organisation = publish(
            OrganisationPageFactory(parent=self.region, title="Mosaik Frauen", slug="mosaik")
        )
        self.other = publish(
            OrganisationPageFactory(parent=self.other_region, title="TSV Rezattal", slug="tsv")
        )
        self.contact = Contact.objects.create(
            organisation_key=self.organisation.translation_key,
            name="Nesrin Yılmazer",
            email="nesrin@example.org",
            phone="+498999998123",
        )
        self.offer = publish(
            OfferPageFactory(parent=self.organisation, title="Nähkurs", slug="naehkurs", contact=self.contact)
        )
        self.teams = {
            "partner": Team.objects.get(subject=self.organisation.translation_key),
            "foreign": Team.objects.get(subject=self.other.translation_key),
            "coordinator": Team.objects.get(subject=self.region.translation_key),
            "foreign-coordinator": Team.objects.get(subject=self.other_region.translation_key),
            "network": Team.objects.get(kind=TeamKind.NETWORK),
            "translator": Team.objects.get(kind=TeamKind.TRANSLATOR, subject="tr"),
        }
        self.people = {name: self._person(name, team) for name, team in self.teams.items()}

    def _person(self, name, team):
        user = get_user_model().objects.create_user(name, f"{name}@example.org", first_name=name.capitalize())
        user.groups.add(team.group)
        return user

    def turkish(self, page):
        """Return ``page`` as it stands in Turkish."""
        locale = self.locale("tr")
        known = page.get_translation_or_none(locale)
        return known or page.copy_for_translation(locale, copy_parents=True, alias=True).specific

    def locale(self, code):
        """Return the locale of a language."""
        return Locale.objects.get(language_code=code)
