from django.db import migrations


class Migration(migrations.Migration):
    """Marks counted for the day they were made only; the gate keeps its own."""

    dependencies = [("translation", "0001_remember_states_and_wishes_of_translations")]

    operations = [migrations.DeleteModel(name="WishMark")]
