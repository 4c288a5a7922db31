import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0001_create_pictures_and_topics"),
    ]

    operations = [
        migrations.CreateModel(
            name="IndexedText",
            fields=[
                ("page_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("scope", models.CharField(max_length=120)),
                ("title", models.TextField()),
                ("place", models.TextField()),
                ("teaser", models.TextField()),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="IndexedWord",
            fields=[
                ("word", models.CharField(max_length=60, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="IndexState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.BigIntegerField(default=0)),
                ("lineage", models.UUIDField(default=uuid.uuid4)),
            ],
        ),
        migrations.CreateModel(
            name="IndexEntry",
            fields=[
                ("page_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("translation_key", models.UUIDField(db_index=True)),
                ("kind", models.SlugField(blank=True, db_index=False)),
                ("language", models.CharField(max_length=20)),
                ("seq", models.BigIntegerField()),
                ("is_listed", models.BooleanField()),
                ("facets", models.JSONField(default=dict)),
                ("title", models.CharField(max_length=255)),
                ("published_at", models.DateTimeField(null=True)),
                ("starts_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "language", "seq"], name="index_entries_by_number"),
                    models.Index(
                        condition=models.Q(("is_listed", False)),
                        fields=["page_id"],
                        name="index_entries_not_listed",
                    ),
                    models.Index(
                        condition=models.Q(("expires_at__isnull", False)),
                        fields=["expires_at"],
                        name="index_entries_that_expire",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Spelling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("group", models.UUIDField(db_index=True)),
                ("words", models.CharField(db_index=True, max_length=120)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("group", "words"), name="a_spelling_once_per_group")
                ],
            },
        ),
    ]
