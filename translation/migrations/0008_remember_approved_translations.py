import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("translation", "0007_keep_drafts_beside_what_readers_see"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MemoryUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source_language", models.CharField(editable=False, max_length=20)),
                ("source", models.TextField(verbose_name="original")),
                ("source_hash", models.CharField(editable=False, max_length=40)),
                ("context", models.CharField(blank=True, editable=False, max_length=255)),
                ("target", models.TextField(verbose_name="translation")),
                ("target_hash", models.CharField(editable=False, max_length=40)),
                ("region_key", models.CharField(blank=True, editable=False, max_length=36)),
                (
                    "origin",
                    models.CharField(
                        choices=[("approved", "approved here"), ("file", "from a file")],
                        default="approved",
                        max_length=10,
                        verbose_name="came from",
                    ),
                ),
                (
                    "approved_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="approved"),
                ),
                ("is_forgotten", models.BooleanField(default=False, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="language",
                    ),
                ),
            ],
            options={
                "verbose_name": "remembered translation",
                "verbose_name_plural": "remembered translations",
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["locale", "is_forgotten", "id", "created_at"], name="memory_by_age"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("locale", "source_language", "source_hash", "context", "target_hash"),
                        name="each_translation_is_remembered_once",
                    )
                ],
            },
        ),
    ]
