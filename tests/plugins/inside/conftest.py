"""For tests that ``tests/plugins/test_example.py`` runs in an installation with plugins, on its own database."""

import datetime

import pytest
from django.utils import timezone

from tests.factories.pages import (
    DirectoryPageFactory,
    OfferPageFactory,
    OrganisationPageFactory,
    RegionPageFactory,
    publish,
    start_site,
)


@pytest.fixture(scope="session")
def django_db_setup():
    """Use the installation's database as it is: what is written here is still there when the plugins are gone."""


@pytest.fixture(scope="session")
def notices(django_db_setup, django_db_blocker):
    """A site of two regions with pages of both plugins, published once and kept; the notices by their slugs."""
    from dummy_plugin.models import NotePage
    from suche_biete.models import NoticePage

    today = timezone.localdate()
    with django_db_blocker.unblock():
        home = publish(start_site())
        kempten, roth = (
            publish(
                RegionPageFactory(
                    parent=home, title=slug.title(), slug=slug, places=["Thingers"], languages=["de", "tr"]
                )
            )
            for slug in ("kempten", "roth")
        )
        roth.inactive_kinds = ["notes"]
        roth = publish(roth)
        mosaik, verein = (
            publish(OrganisationPageFactory(parent=region, slug=slug, title=title, places=["Thingers"]))
            for region, slug, title in (
                (kempten, "mosaik", "Mosaik Frauen"),
                (roth, "verein", "TSV Rezattal"),
            )
        )
        made = {}
        for slug, parent, title, facts in (
            ("naehmaschinen", mosaik, "Nähmaschinen zu verschenken", {"side": "gives", "thing": "thing"}),
            ("tandem", mosaik, "Tandem gesucht", {"side": "looks_for", "thing": "language_partner"}),
            ("halle", verein, "Halle ist freitags frei", {"side": "gives", "thing": "room"}),
            (
                "alter-aushang",
                mosaik,
                "Längst vergebenes Sofa",
                {"side": "gives", "thing": "thing", "expires_on": today - datetime.timedelta(days=1)},
            ),
        ):
            page = NoticePage(title=title, slug=slug, teaser="Einfach melden.", live=False, **facts)
            parent.add_child(instance=page)
            made[slug] = publish(page)
        note = NotePage(title="Notiz", slug="notiz", teaser="Kurz notiert.", live=False)
        kempten.add_child(instance=note)
        publish(note)
        publish(OfferPageFactory(parent=mosaik, slug="nachhilfe", title="Nachhilfe"))
        publish(
            DirectoryPageFactory(parent=home, slug="suche-biete", title="Suche & Biete", kind_slug="notices")
        )
        return made


@pytest.fixture
def notice(db, notices):
    """The notice about sewing machines, fresh from the database."""
    page = notices["naehmaschinen"]
    return type(page).objects.get(pk=page.pk)
