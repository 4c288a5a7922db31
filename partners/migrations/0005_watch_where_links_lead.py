import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0004_let_readers_report_what_is_wrong"),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckedLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.CharField(max_length=1000, unique=True)),
                ("host", models.CharField(blank=True, max_length=255)),
                ("next_check_on", models.DateField(db_index=True)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("broken_since", models.DateField(null=True)),
                ("failed_on", models.DateField(null=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="LinkUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("translation_key", models.UUIDField()),
                ("organisation_key", models.UUIDField(db_index=True, null=True)),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uses",
                        to="partners.checkedlink",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("link", "translation_key"), name="one_use_per_link_and_entry"
                    )
                ],
            },
        ),
    ]
