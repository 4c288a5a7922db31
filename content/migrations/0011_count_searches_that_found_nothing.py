from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0010_know_what_nobody_confirmed"),
    ]

    operations = [
        migrations.CreateModel(
            name="EmptySearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("language", models.CharField(max_length=20)),
                ("words", models.CharField(max_length=60)),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "language", "words"), name="one_count_per_day_language_and_words"
                    )
                ],
            },
        ),
    ]
