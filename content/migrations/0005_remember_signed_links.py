import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0004_write_mails_into_an_outbox")]

    operations = [
        migrations.CreateModel(
            name="SignedLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("purpose", models.CharField(max_length=80)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("subject", models.CharField(db_index=True, max_length=200)),
                ("person", models.CharField(blank=True, max_length=254)),
                ("binding", models.CharField(blank=True, max_length=64)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("used_at", models.DateTimeField(null=True)),
            ],
        ),
    ]
