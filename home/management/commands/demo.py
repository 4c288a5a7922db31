"""Builds the demo."""

from pathlib import Path

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from content.demo import Demo, DemoRefused, build
from home.demo_steps import resolver

DATA = Path(__file__).parents[2] / "demo"
WIDTH = 30


class Command(BaseCommand):
    help = "Builds the demo content; building it again changes nothing."

    def handle(self, *args, verbosity, **options):
        if not settings.DEMO:
            raise CommandError(
                "The demo is off here. Its logins have a password that everybody knows; set DEMO=1 on a machine "
                "that may be opened by everybody."
            )
        # Nobody may be there yet to do what is done in the background, and the demo is complete when this ends.
        current_app.conf.task_always_eager = True
        today = timezone.localdate()
        self.last = ""
        try:
            with override(settings.LANGUAGE_CODE):
                build(
                    Demo(data=DATA, today=today, resolve=resolver(today)),
                    report=self.report if verbosity else lambda done, total, label: None,
                )
        except DemoRefused as error:
            raise CommandError(str(error)) from error
        if verbosity:
            self.stdout.write("")

    def report(self, done, total, label):
        """Draw the progress bar anew; on paper, only each step's beginning."""
        share = done / total
        if self.stdout.isatty():
            bar = "█" * round(share * WIDTH)
            self.stdout.write(f"\r  {bar:░<{WIDTH}}  {share:4.0%}  {label:<30}", ending="")
            self.stdout.flush()
        elif label != self.last:
            self.stdout.write(f"{share:4.0%}  {label}" if label else "100%  The demo is ready.")
            # Whoever reads along through a pipe sees each step when it begins.
            self.stdout.flush()
        self.last = label
