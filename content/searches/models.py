"""How often words were searched for without a result."""

from django.db import models

LONGEST_WORDS = 60


class EmptySearch(models.Model):
    """``count`` searches for ``words`` on a ``day`` in a ``language`` that found nothing."""

    day = models.DateField()
    language = models.CharField(max_length=20)
    words = models.CharField(max_length=LONGEST_WORDS)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=("day", "language", "words"), name="one_count_per_day_language_and_words"
            )
        ]

    def __str__(self):
        return f"{self.day} {self.language}: {self.words}"
