import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0006_count_what_senders_send")]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_index=True,
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="time",
                    ),
                ),
                (
                    "action",
                    models.CharField(db_index=True, editable=False, max_length=100, verbose_name="action"),
                ),
                ("actor_key", models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                (
                    "actor_label",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="account"),
                ),
                ("subject_type", models.CharField(blank=True, editable=False, max_length=100)),
                ("subject_key", models.CharField(blank=True, editable=False, max_length=100)),
                (
                    "subject_label",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="subject"),
                ),
                ("detail", models.JSONField(default=dict, editable=False, verbose_name="details")),
            ],
            options={
                "verbose_name": "entry of the audit log",
                "verbose_name_plural": "entries of the audit log",
                "ordering": ["-at", "-pk"],
                "default_permissions": ("view",),
            },
        ),
    ]
