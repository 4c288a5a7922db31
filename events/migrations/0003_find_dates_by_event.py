from django.db import migrations, models


class Migration(migrations.Migration):
    """Lets the events with a date in a time be read from an index alone, each event's dates beside each other."""

    dependencies = [("events", "0002_connect_events")]

    operations = [
        migrations.AddIndex(
            model_name="occurrence",
            index=models.Index(fields=["event_key", "end", "start"], name="occurrence_by_event"),
        ),
    ]
