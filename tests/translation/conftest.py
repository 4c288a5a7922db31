"""A small site with Turkish and Arabic, and commits that let background work happen."""

from functools import partial
from types import SimpleNamespace

import pytest
from wagtail.models import Locale

from tests.factories.pages import (
    EventPageFactory,
    OrganisationPageFactory,
    RegionPageFactory,
    publish,
    start_site,
)
from tests.services.rebuilding import built_once


@pytest.fixture
def committed(db, django_capture_on_commit_callbacks):
    """Return a context manager; what would happen after commit happens when it ends."""
    return partial(django_capture_on_commit_callbacks, execute=True)


@pytest.fixture
@built_once(committed=True)
def tree(db):
    """Return home, region, organisation and event, published, and the locales tr and ar."""
    home = start_site("tr", "ar")
    region = RegionPageFactory(parent=home, title="Kempten (Allgäu)", slug="kempten")
    organisation = OrganisationPageFactory(
        parent=region, title="Haus International", slug="haus-international"
    )
    event = EventPageFactory(
        parent=organisation,
        title="World Café",
        slug="world-cafe",
        text="<p>Für das leibliche Wohl ist gesorgt.</p><p>Alle sind willkommen.</p>",
    )
    return SimpleNamespace(
        home=home,
        region=region,
        organisation=organisation,
        event=event,
        tr=Locale.objects.get(language_code="tr"),
        ar=Locale.objects.get(language_code="ar"),
    )


@pytest.fixture
def republish(committed):
    """Return a function that changes fields of a page, publishes it and lets its translations follow."""

    def change(page, **values):
        page = type(page).objects.get(pk=page.pk)
        for name, value in values.items():
            setattr(page, name, value)
        with committed():
            return publish(page)

    return change
