from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0005_remember_signed_links")]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("mark", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField(default=0)),
                ("until", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
