"""``manage.py housekeeping``: everything that the beat would start, once, in this process."""

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Runs each periodic task once, for places without a Celery beat. Exits 1 when one failed, after all ran."""

    help = "Does once, in this process, what the beat does by the clock."

    def handle(self, *args, **options):
        current_app.loader.import_default_modules()
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
        if failed:
            raise SystemExit(1)
