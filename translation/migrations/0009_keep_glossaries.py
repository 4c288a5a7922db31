import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("translation", "0008_remember_approved_translations")]

    operations = [
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=150, verbose_name="word in the original")),
                ("source_key", models.CharField(editable=False, max_length=300)),
                ("target", models.CharField(blank=True, max_length=150, verbose_name="in the translation")),
                ("target_key", models.CharField(editable=False, max_length=300)),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("required", "Always translate it like this"),
                            ("suggested", "Usually translate it like this"),
                            ("forbidden", "Never translate it like this"),
                            ("keep", "Do not translate it"),
                        ],
                        default="required",
                        max_length=10,
                        verbose_name="rule",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("region_key", models.CharField(blank=True, max_length=36, verbose_name="holds for")),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "locale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="language",
                    ),
                ),
            ],
            options={
                "verbose_name": "term",
                "verbose_name_plural": "terms",
                "ordering": ("source_key", "target_key", "pk"),
                "permissions": [
                    (
                        "keep_glossary",
                        "Can keep the glossary and the memory of the languages translated into",
                    ),
                    ("keep_glossaries", "Can keep the glossaries and memories of all languages"),
                ],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("locale", "region_key", "source_key", "target_key"),
                        name="each_term_has_one_rule",
                    )
                ],
            },
        ),
    ]
