"""Loads the demo content."""

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Loads the demo content; loading it again changes nothing."

    def handle(self, *args, **options):
        self.stdout.write("There is no demo content.")
