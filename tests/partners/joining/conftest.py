import pytest
from django.test import Client

from tests.partners.joining.world import World
from tests.services.rebuilding import built


@pytest.fixture
def world(db):
    return built(World)


@pytest.fixture
def reader():
    """A client as strict as a browser: without the token that Django would ask of it."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def log_in(world):
    def as_person(name):
        client = Client()
        client.force_login(world.people[name])
        return client

    return as_person
