"""Binds the groups that organisations, regions and the network office were given by name to teams.

Their people keep what they had: organisations that could publish go on publishing at once.
"""

from django.conf import settings
from django.db import migrations

NAMES = {
    "partner": ("OrganisationPage", "Partner: "),
    "coordinator": ("RegionPage", "Coordination: "),
}


def adopt(apps, schema_editor):
    Team = apps.get_model("partners", "Team")
    Group = apps.get_model("auth", "Group")
    Collection = apps.get_model("wagtailcore", "Collection")
    for kind, (model_name, prefix) in NAMES.items():
        pages = apps.get_model("organisations", model_name).objects.filter(
            locale__language_code=settings.LANGUAGE_CODE, alias_of__isnull=True
        )
        for page in pages.iterator():
            group = Group.objects.filter(name=f"{prefix}{page.slug}", team__isnull=True).first()
            if group is None:
                continue
            Team.objects.get_or_create(
                kind=kind,
                subject=str(page.translation_key),
                defaults={
                    "title": page.title,
                    "group": group,
                    "collection": Collection.objects.filter(name=group.name, team__isnull=True).first(),
                    "publishes_at_once": kind == "partner",
                },
            )
    office = Group.objects.filter(name="Network office", team__isnull=True).first()
    if office is not None:
        Team.objects.get_or_create(
            kind="network", subject="", defaults={"title": office.name, "group": office}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0001_make_teams"),
        ("organisations", "0002_explain_long_texts"),
    ]

    operations = [migrations.RunPython(adopt, migrations.RunPython.noop)]
