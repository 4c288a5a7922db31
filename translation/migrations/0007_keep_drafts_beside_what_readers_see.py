import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("translation", "0006_copy_translations_with_a_page"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="pagetranslationstate",
            name="is_wanted",
            field=models.BooleanField(default=True, verbose_name="is to be translated"),
        ),
        migrations.AddField(
            model_name="pagetranslationstate",
            name="work",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="translatorgroup",
            name="workflow",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="translator_group",
                to="wagtailcore.workflow",
                verbose_name="workflow",
            ),
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("made_for", models.TextField()),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("person", "written by a person"),
                            ("memory", "from the translation memory"),
                            ("machine", "translated by a machine"),
                            ("file", "from a file"),
                        ],
                        default="person",
                        max_length=10,
                    ),
                ),
                ("is_pending", models.BooleanField(default=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
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
                    "context",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtail_localize.translationcontext",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.locale"
                    ),
                ),
                (
                    "string",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtail_localize.string",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DraftVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("made_for", models.TextField()),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("person", "written by a person"),
                            ("memory", "from the translation memory"),
                            ("machine", "translated by a machine"),
                            ("file", "from a file"),
                        ],
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("approved_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="translation.draft",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LanguageRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.UUIDField(verbose_name="region")),
                (
                    "needs_review",
                    models.BooleanField(
                        default=True,
                        help_text="Without it, translators publish what they have written.",
                        verbose_name="somebody else reads before readers do",
                    ),
                ),
                (
                    "may_approve_own",
                    models.BooleanField(
                        default=False,
                        help_text="For languages with one translator only.",
                        verbose_name="translators may approve what they wrote themselves",
                    ),
                ),
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
                "verbose_name": "rule of a language",
                "verbose_name_plural": "rules of languages",
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                (
                    "task_state",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="submission",
                        to="wagtailcore.taskstate",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TranslationReview",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
                (
                    "locale",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translation_review",
                        to="wagtailcore.locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "review of a translation",
                "verbose_name_plural": "reviews of translations",
            },
            bases=("wagtailcore.task",),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(
                condition=models.Q(("is_pending", True)), fields=["locale", "context"], name="pending_drafts"
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                fields=("locale", "string", "context"), name="one_draft_per_sentence_and_language"
            ),
        ),
        migrations.AddConstraint(
            model_name="languagerule",
            constraint=models.UniqueConstraint(
                fields=("scope", "locale"), name="one_rule_per_region_and_language"
            ),
        ),
    ]
