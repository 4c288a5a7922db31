"""What tests of signing in share: browsers that know passkeys, and a record of what their policy forbids."""

import pytest

from tests.accounts.people import people


@pytest.fixture
def roles(site):
    """``{role: user}`` on the small site."""
    return people(site)
