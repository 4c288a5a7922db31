from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("translation", "0005_allow_one_override_per_language_and_place")]

    operations = [
        migrations.AddField(
            model_name="pagetranslationstate",
            name="is_copied",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
