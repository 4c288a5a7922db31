"""A small tree, with a page of every declared kind."""

import pytest

from tests.content import mail_letters
from tests.factories.pages import (
    EventPageFactory,
    OfferPageFactory,
    OrganisationPageFactory,
    RegionPageFactory,
    publish,
    start_site,
)
from tests.services.rebuilding import built_once


@pytest.fixture
@built_once
def home(db):
    return start_site()


@pytest.fixture
@built_once
def region(home):
    return publish(RegionPageFactory(parent=home, title="Kempten (Allgäu)", slug="kempten"))


@pytest.fixture
@built_once
def organisation(region):
    return publish(
        OrganisationPageFactory(parent=region, title="Haus International", slug="haus-international")
    )


@pytest.fixture
@built_once
def offer(organisation):
    return publish(
        OfferPageFactory(parent=organisation, title="Hilfe bei Anträgen", slug="hilfe-bei-antraegen")
    )


@pytest.fixture
@built_once
def event(organisation):
    return publish(EventPageFactory(parent=organisation, title="World Café", slug="world-cafe"))


@pytest.fixture
def letter(settings, tmp_path):
    """Return a function that gives the arguments of ``queue_mail`` for a mail of the tests' own template."""
    mail_letters.install(settings, tmp_path / "templates")
    return mail_letters.letter


@pytest.fixture
def to_the_sink(settings, smtp_sink):
    """An ``SmtpSink`` that the outbox delivers to."""
    settings.MAIL_TRANSPORT = "content.mail.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp_sink.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    return smtp_sink
