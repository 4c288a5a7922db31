"""The Celery application.

Started as ``celery -A cms worker`` and ``celery -A cms beat``. Tasks live in each app's ``tasks.py``, take
ids and call one service.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

app = Celery("cms")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
