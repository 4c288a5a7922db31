"""``manage.py housekeeping``: everything that the beat would start, in this process."""

import time

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Runs each periodic task once, for places without a Celery beat. Exits 1 when one failed, after all ran."""

    help = "Does in this process what the beat does by the clock: once, or again and again."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, metavar="SECONDS", help="Do it again after so many seconds.")

    def handle(self, *args, **options):
        current_app.loader.import_default_modules()
        failed = self._run_all(options)
        while options["every"]:
            time.sleep(options["every"])
            self._run_all(options)
        if failed:
            raise SystemExit(1)

    def _run_all(self, options):
        """Run each task once and return the labels of those that failed."""
        failed = []
        for label, entry in settings.CELERY_BEAT_SCHEDULE.items():
            result = current_app.tasks[entry["task"]].apply(
                args=entry.get("args"), kwargs=entry.get("kwargs")
            )
            if result.failed():
                failed.append(label)
                self.stderr.write(f"{label}: {result.result!r}")
            elif options["verbosity"] > 1:
                self.stdout.write(label)
        return failed
