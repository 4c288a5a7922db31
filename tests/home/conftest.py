"""A small site in two languages."""

import pytest
from django.core.cache import cache
from wagtail.models import Locale

from tests.factories.pages import (
    DirectoryPageFactory,
    OrganisationPageFactory,
    PlainPageFactory,
    RegionPageFactory,
    publish,
    start_site,
)


class SmallSite:
    """``home``, ``region``, ``organisation`` and ``imprint`` in German; ``in_turkish(page)`` makes them present."""

    def __init__(self):
        cache.clear()
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
        locale = Locale.objects.get(language_code=code)
        known = page.get_translation_or_none(locale)
        return known or page.copy_for_translation(locale, copy_parents=True, alias=True).specific


@pytest.fixture
def site(db):
    return SmallSite()
