import wagtail.images.models
from django.db import migrations, models

import content.picture_files


def keep_answers(apps, schema_editor):
    """Whoever ticked that people agreed has answered; for the others nobody has yet."""
    pictures = apps.get_model("content", "Picture").objects
    pictures.filter(people_agreed=True).update(people_shown="agreed")


def give_answers_back(apps, schema_editor):
    pictures = apps.get_model("content", "Picture").objects
    pictures.filter(people_shown="agreed").update(people_agreed=True)


class Migration(migrations.Migration):
    dependencies = [("content", "0013_count_reads")]

    operations = [
        migrations.AlterField(
            model_name="picture",
            name="file",
            field=content.picture_files.PictureFileField(
                height_field="height",
                upload_to=wagtail.images.models.get_upload_to,
                verbose_name="file",
                width_field="width",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="people_shown",
            field=models.CharField(
                choices=[
                    ("nobody", "Nobody can be recognised"),
                    ("agreed", "Everybody who can be recognised agreed; children’s parents did, too"),
                    ("unknown", "I do not know yet"),
                ],
                default="unknown",
                help_text="As long as you do not know, no page with this picture can be published.",
                max_length=7,
                verbose_name="people in the picture",
            ),
        ),
        migrations.RunPython(keep_answers, give_answers_back),
        migrations.RemoveField(model_name="picture", name="people_agreed"),
    ]
