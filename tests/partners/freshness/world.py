"""A region with an organisation, its people, and entries that wait for a confirmation."""

import datetime

from django.contrib.auth import get_user_model
from wagtail.models import Locale

from content import freshness
from organisations.models import Contact
from partners.models import Team
from tests.factories import pages

#: The day on which the entries of this world are due.
DUE = datetime.date(2027, 3, 10)


def day(offset):
    """Return the day so many days after ``DUE``."""
    return DUE + datetime.timedelta(days=offset)


def due_facts(offset=0):
    """Return the facts of an entry that is due so many days after ``DUE``."""
    return {"confirmed_on": freshness.months_later(day(offset), -12), "review_interval": 12}


class World:
    """``haus`` in ``kempten`` with a contact and an account; ``sv`` in ``roth`` with nobody."""

    def __init__(self, *codes):
        self.home = pages.publish(pages.start_site("de", *codes))
        self.kempten, self.roth = (
            pages.publish(pages.RegionPageFactory(parent=self.home, title=title, slug=title.lower()))
            for title in ("Kempten", "Roth")
        )
        self.haus = self.organisation("Haus International", self.kempten)
        self.sv = self.organisation("SV Roth", self.roth)
        self.contact = Contact.objects.create(
            organisation_key=self.haus.translation_key,
            name="Elif Sandıkçı",
            email="elif@example.org",
            phone="+498999998001",
        )
        type(self.haus).objects.filter(pk=self.haus.pk).update(contact=self.contact)
        self.haus.refresh_from_db()
        self.partner = self.person("partner", self.haus)
        self.coordinator = self.person("koordination", self.kempten)

    def organisation(self, title, region):
        """Return an organisation that is due in many years."""
        page = pages.OrganisationPageFactory(parent=region, title=title, **due_facts(4000))
        return pages.publish(page)

    def person(self, name, page):
        """Return somebody in the team of ``page``."""
        user = get_user_model().objects.create_user(name, f"{name}@example.org", first_name=name.title())
        user.groups.add(Team.objects.get(subject=page.translation_key).group)
        return user

    def offer(self, title="Sprachkurs", *, parent=None, offset=0, **facts):
        """Return a published entry that is due so many days after ``DUE``."""
        page = pages.OfferPageFactory(parent=parent or self.haus, title=title, **due_facts(offset), **facts)
        return pages.publish(page)

    def event(self, title="Fest", *, parent=None, **facts):
        """Return a published event."""
        return pages.publish(pages.EventPageFactory(parent=parent or self.haus, title=title, **facts))

    def present(self, page, code):
        """Return ``page`` in another language, where it stands as an alias."""
        return page.get_translation(Locale.objects.get(language_code=code)).specific
