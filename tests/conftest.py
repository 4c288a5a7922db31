"""What every test shares: the real parts of ``tests/services`` and the closing lines."""

pytest_plugins = ["tests.services.reporting", "tests.services.fixtures"]
