from django.db import migrations
from django.db.models import Max

INDEX = "translation_one_override"


def add_index(apps, schema_editor):
    """Two requests at once could store two overrides of one place, and which of them readers saw was left to chance."""
    override = apps.get_model("wagtail_localize", "SegmentOverride")
    newest = override.objects.exclude(context=None).values("locale", "context").annotate(newest=Max("pk"))
    override.objects.exclude(context=None).exclude(pk__in=[row["newest"] for row in newest]).delete()
    schema_editor.execute(
        f"CREATE UNIQUE INDEX IF NOT EXISTS {INDEX} ON wagtail_localize_segmentoverride (locale_id, context_id)"
    )


def remove_index(apps, schema_editor):
    schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):
    dependencies = [
        ("translation", "0004_bind_translators_groups"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [migrations.RunPython(add_index, remove_index)]
