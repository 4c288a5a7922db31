"""What tests of signing in share: browsers that know passkeys, and a record of what their policy forbids."""

import pytest

from tests.accounts.people import people
from tests.services.rebuilding import built_once


@pytest.fixture
@built_once
def roles(site):
    """``{role: user}`` on the small site."""
    return people(site)
