from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0010_make_one_copy_per_form"),
    ]

    operations = [
        migrations.AddField(
            model_name="stepanswer",
            name="comment",
            field=models.TextField(blank=True, max_length=1000),
        ),
    ]
