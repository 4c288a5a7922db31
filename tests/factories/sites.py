"""A small site in two languages."""

from contextlib import contextmanager

from django.db import connection
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale

from content.index.facets import forget
from content.index.pending import write_pending
from content.models import Picture
from tests.factories.pages import (
    DirectoryPageFactory,
    OrganisationPageFactory,
    PlainPageFactory,
    RegionPageFactory,
    publish,
    start_site,
)


class SmallSite:
    """``home``, a list (``offers``), ``imprint``, ``region`` and ``organisation``, published in German."""

    def __init__(self):
        self.home = publish(start_site("de", "tr", "ar"))
        self.offers = publish(DirectoryPageFactory(parent=self.home, title="Möglichkeiten", slug="offers"))
        self.imprint = publish(
            PlainPageFactory(parent=self.home, title="Impressum", slug="impressum", in_footer=True)
        )
        self.region = publish(RegionPageFactory(parent=self.home, title="Kempten", slug="kempten"))
        self.organisation = publish(
            OrganisationPageFactory(parent=self.region, title="Haus International", slug="haus")
        )

    def present(self, page, code):
        """Return ``page`` as it stands, untranslated, in the language ``code``; what is above it comes along."""
        locale, _created = Locale.objects.get_or_create(language_code=code)
        known = page.get_translation_or_none(locale)
        return known or page.copy_for_translation(locale, copy_parents=True, alias=True).specific


def picture(title="Bild"):
    """Return a new small picture."""
    return Picture.objects.create(
        title=title, file=get_test_image_file(), photographer="Ada", people_shown="nobody"
    )


@contextmanager
def index_as_committed():
    """Let the index work as it does outside a test's transaction: kept in memory, asked for its number only."""
    write_pending()
    connection.wrote_to_index = False
    forget()
    try:
        yield
    finally:
        forget()
