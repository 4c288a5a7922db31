"""Pages for tests: small, publishable, and in the tree where partners would put them.

``start_site()`` makes the tree's beginning; every page factory takes ``parent=``. A page made by a factory is
saved, not published; ``publish(page)`` publishes it the way the admin does, with a revision and its signals.
"""

import datetime

import factory
from django.conf import settings
from django.utils import timezone
from wagtail.models import Locale, Page, Site
from wagtail_factories import PageFactory

from events.models import EventPage
from events.vocabularies import EventType
from home.models import DirectoryPage, HomePage, PlainPage
from offers.models import OfferPage
from offers.vocabularies import OfferKind
from organisations.models import OrganisationPage, RegionPage
from organisations.vocabularies import OrganisationType


def start_site(*language_codes):
    """Make the source language's start page the root of the default site and return it.

    Locales are made for the source language and for ``language_codes`` (default: all of the language table).
    """
    codes = language_codes or [row.code for row in settings.LANGUAGE_TABLE]
    for code in {settings.LANGUAGE_CODE, *codes}:
        Locale.objects.get_or_create(language_code=code)
    home = HomePageFactory(parent=Page.get_first_root_node())
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "root_page": home, "site_name": "Mitmischen"},
    )
    return home


def publish(page, *, user=None):
    """Publish ``page`` as it stands, with a revision, and return it fresh from the database."""
    page.save_revision(user=user).publish(user=user)
    return type(page).objects.get(pk=page.pk)


class HomePageFactory(PageFactory):
    title = "Mitmischen"
    slug = "mitmischen"
    locale = factory.LazyFunction(Locale.get_default)
    headline = "Ideen, Möglichkeiten, Menschen"
    teaser = "Wo Sie mitmachen können."

    class Meta:
        model = HomePage


class DirectoryPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Verzeichnis {n}")
    kind_slug = "offers"
    intro = "Alles auf einen Blick."

    class Meta:
        model = DirectoryPage


class PlainPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Seite {n}")
    teaser = "Was hier steht."

    class Meta:
        model = PlainPage


class RegionPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Region {n}")
    teaser = "Wer hier mitmischt."
    text = "<p>Eine Stadt im Allgäu.</p>"

    class Meta:
        model = RegionPage


class OrganisationPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Verein {n}")
    teaser = "Ein Haus für alle."
    text = "<p>Wir treffen uns jeden Tag.</p>"
    types = factory.LazyFunction(lambda: [OrganisationType.values[0]])

    class Meta:
        model = OrganisationPage


class OfferPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Angebot {n}")
    teaser = "Kommen Sie einfach vorbei."
    text = "<p>Wir helfen beim Ausfüllen.</p>"
    offer_kind = OfferKind.values[0]
    target_groups = factory.LazyFunction(lambda: ["everybody"])

    class Meta:
        model = OfferPage


class EventPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Termin {n}")
    teaser = "Wir reden miteinander."
    text = "<p>Für das leibliche Wohl ist gesorgt.</p>"
    event_type = EventType.values[0]
    target_groups = factory.LazyFunction(lambda: ["everybody"])
    start_date = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=20))
    start_time = datetime.time(14, 0)
    end_time = datetime.time(17, 0)
    place_name = "Haus International"
    street = "Poststr. 22"
    postcode = "87439"
    city = "Kempten"

    class Meta:
        model = EventPage
