"""One machine, no services: SQLite, in-process cache, tasks in process."""

import os

os.environ.setdefault("DEMO", "1")

from .base import *
from .base import BASE_DIR, STORAGES, env

DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
# Only signs what this machine's own visitors get; production has none and refuses to start without one.
SECRET_KEY = "development-only-not-a-secret-not-for-any-public-server"

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = BASE_DIR / "var" / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
