"""Brings ``cms/supplement/`` up to date with the installed libraries and says what it still lacks."""

from django.core.management.base import BaseCommand, CommandError

from home.supplement import DOMAINS, renewed_supplement, supplement_path, supplemented_languages


class Command(BaseCommand):
    help = (
        "Lists for every language of the admin what libraries leave untranslated; fails naming what is empty."
    )

    def handle(self, *args, **options):
        lacking = []
        for code in supplemented_languages():
            for domain in DOMAINS:
                catalogue = renewed_supplement(code, domain)
                path = supplement_path(code, domain)
                if not catalogue:
                    path.unlink(missing_ok=True)
                    continue
                path.parent.mkdir(parents=True, exist_ok=True)
                catalogue.save(str(path))
                self.stdout.write(f"{path}: {len(catalogue)} texts")
                lacking += [f"{path}: {entry.msgid!r}" for entry in catalogue if not entry.translated()]
        if lacking:
            raise CommandError("Some texts are not translated.\n" + "\n".join(lacking))
