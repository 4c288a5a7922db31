import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("translation", "0010_let_translators_claim_pages"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="Coverage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.UUIDField(verbose_name="region")),
                ("day", models.DateField(verbose_name="day")),
                ("fresh", models.PositiveIntegerField(default=0)),
                ("outdated", models.PositiveIntegerField(default=0)),
                ("missing", models.PositiveIntegerField(default=0)),
                (
                    "locale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.locale"
                    ),
                ),
            ],
            options={
                "verbose_name": "coverage of a language",
                "verbose_name_plural": "coverage of languages",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scope", "locale", "day"), name="one_coverage_per_region_language_and_day"
                    )
                ],
            },
        ),
    ]
