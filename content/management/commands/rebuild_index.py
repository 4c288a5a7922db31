from django.core.management.base import BaseCommand

from content.index import services


class Command(BaseCommand):
    """Write the index of lists, facets and search anew. What is right already is left alone."""

    help = "Write the index of lists, facets and search anew. Safe to repeat and to interrupt."

    def add_arguments(self, parser):
        parser.add_argument(
            "--after", type=int, default=0, metavar="ID", help="Go on behind the page with this id."
        )

    def handle(self, *args, after, verbosity, **options):
        def report(last_id, changed):
            if verbosity > 1:
                self.stdout.write(f"Pages up to {last_id}: {changed} rows changed.")

        changed = services.rebuild(after=after, progress=report)
        if verbosity:
            self.stdout.write(f"The index is complete; {changed} rows changed.")
