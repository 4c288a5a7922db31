"""The Celery application.

Started as ``celery -A cms worker`` and ``celery -A cms beat``. Tasks live in each app's ``tasks.py``, take
ids and call one service.
"""

import logging
import os

from celery import Celery, Task
from celery.exceptions import Reject
from django.core.cache import cache
from kombu.exceptions import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

logger = logging.getLogger(__name__)

# A task that takes its worker down with it (memory, a crash in a library) would otherwise do so for ever.
MAX_DELIVERIES = 3
DELIVERIES_REMEMBERED_SECONDS = 24 * 60 * 60


class Doorbell(Task):
    """What all tasks have in common: they never fail who rings, and not for ever who answers.

    ``delay`` and ``apply_async`` return None, with an error in the log, when the broker does not answer: a
    page that was saved is saved. The beat does later what was not done now, so tasks find their work themselves.
    A task whose worker was lost is given out again, ``MAX_DELIVERIES`` times in all.
    """

    abstract = True

    def apply_async(self, *args, **options):
        try:
            return super().apply_async(*args, **options)
        except OperationalError as error:
            logger.error("%s was not sent, the broker does not answer: %s", self.name, error)
            return None

    def before_start(self, task_id, args, kwargs):
        if not (self.request.delivery_info or {}).get("redelivered"):
            return
        key = f"deliveries:{task_id}"
        cache.add(key, 1, DELIVERIES_REMEMBERED_SECONDS)
        try:
            deliveries = cache.incr(key)
        except ValueError:
            return
        if deliveries > MAX_DELIVERIES:
            logger.error(
                "%s was given out %d times and never finished: %s %s", self.name, MAX_DELIVERIES, args, kwargs
            )
            raise Reject("given out too often", requeue=False)


app = Celery("cms", task_cls=Doorbell)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
