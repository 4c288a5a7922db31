"""What every test shares: the real parts of ``tests/services`` and the closing lines."""

import gc
import gettext
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real

from home.management.commands.compile_catalogues import is_compiled

pytest_plugins = ["tests.services.reporting", "tests.services.fixtures", "tests.services.judged_views"]


@pytest.fixture
def site(db):
    """A ``SmallSite`` in German, with Turkish and Arabic ready."""
    from tests.factories.sites import SmallSite
    from tests.services.rebuilding import built

    return built(SmallSite)


@pytest.fixture(autouse=True)
def empty_cache():
    """Start every test with an empty cache: addresses of another test's site must not linger."""
    from django.core.cache import cache

    from content.searches.services import forget_waiting

    cache.clear()
    forget_waiting()


@pytest.fixture(autouse=True)
def source_language():
    """Start every test in the source language: a request of another test leaves its own behind."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


def pytest_configure(config):
    """Compile the catalogues once per run, so that texts are tested in their languages on a fresh clone too."""
    catalogues = [
        source for path in settings.LOCALE_PATHS for source in Path(path).glob("*/LC_MESSAGES/*.po")
    ]
    if not hasattr(config, "workerinput") and not all(map(is_compiled, catalogues)):
        command = [sys.executable, "manage.py", "compile_catalogues", "--verbosity", "0"]
        subprocess.run(command, cwd=Path(__file__).parents[1], check=True)
        # What Django read on its way here was read before the catalogues were there, or were these.
        gettext._translations.clear()
        trans_real._translations.clear()
        trans_real._default = None


def pytest_collection_finish():
    """Search for garbage less often, and never among what is there for good."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
