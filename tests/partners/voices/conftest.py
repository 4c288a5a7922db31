import pytest

from tests.partners.voices.world import World


@pytest.fixture
def world(db):
    return World()
