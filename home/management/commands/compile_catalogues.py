"""Compiles all catalogues of ``LOCALE_PATHS`` without gettext, which a plain machine does not have."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


def is_compiled(source):
    """Return whether the catalogue ``source`` has a ``.mo`` file beside it that is not older."""
    target = source.with_suffix(".mo")
    return target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns


def compile_catalogue(source):
    """Write the ``.mo`` file beside the catalogue ``source``; fuzzy texts stay out, as with ``msgfmt``.

    Returns whether there was something to do: a ``.mo`` file that is not older than its source is kept.
    """
    if is_compiled(source):
        return False
    target = source.with_suffix(".mo")
    with source.open("rb") as stream:
        catalogue = read_po(stream, abort_invalid=True)
    # Readers of a half-written file would see no texts at all, so the complete one takes its place.
    unfinished = target.with_suffix(".mo.unfinished")
    with unfinished.open("wb") as stream:
        write_mo(stream, catalogue)
    unfinished.replace(target)
    return True


class Command(BaseCommand):
    help = "Compiles the catalogues of LOCALE_PATHS that changed; gettext is not needed."
    requires_system_checks = ()

    def handle(self, *args, verbosity, **options):
        for directory in map(Path, settings.LOCALE_PATHS):
            for source in sorted(directory.glob("*/LC_MESSAGES/*.po")):
                if compile_catalogue(source) and verbosity > 1:
                    self.stdout.write(f"Compiled {source}")
