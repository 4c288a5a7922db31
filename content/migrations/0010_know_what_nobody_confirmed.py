from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0009_keep_uploaded_sheets")]

    operations = [
        migrations.AddField(
            model_name="indexentry",
            name="unconfirmed_at",
            field=models.DateTimeField(null=True),
        )
    ]
