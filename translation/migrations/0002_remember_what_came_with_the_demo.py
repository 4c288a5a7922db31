from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("translation", "0001_remember_states_and_wishes_of_translations"),
    ]

    operations = [
        migrations.AddField(
            model_name="pagetranslationstate",
            name="is_demo",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
