"""For the suite: everything as in development, quicker passwords, mail kept in memory."""

import os

os.environ.setdefault("EMAIL_URL", "memorymail://")

from .dev import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A test that asks for a page counts its queries; what was read is written when a test says so.
READS_WRITTEN_EVERY = 10**6
# A worker process that was killed is missed at once, so that tests need not wait.
CELERY_WORKER_LOST_WAIT = 0.2
