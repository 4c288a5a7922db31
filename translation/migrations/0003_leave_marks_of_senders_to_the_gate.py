from django.db import migrations


class Migration(migrations.Migration):
    """Marks counted for the day they were made only; the gate keeps its own."""

    dependencies = [("translation", "0002_remember_what_came_with_the_demo")]

    operations = [migrations.DeleteModel(name="WishMark")]
