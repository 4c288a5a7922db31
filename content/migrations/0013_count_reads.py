from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0012_keep_words_by_language"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReadCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("translation_key", models.UUIDField()),
                ("day", models.DateField()),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["day"], name="read_count_by_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("translation_key", "day"), name="one_count_per_page_and_day"
                    )
                ],
            },
        ),
    ]
