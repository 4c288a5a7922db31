import pytest

from tests.partners.voices.world import World
from tests.services.rebuilding import built


@pytest.fixture
def world(db):
    return built(World)
