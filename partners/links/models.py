"""Links in entries, and how the last checks of them ended."""

from django.db import models


class CheckedLink(models.Model):
    """An address that entries link to; "page:12" for a page of ours.

    ``failures`` counts the days in a row on which it led nowhere, ``broken_since`` is the first of them and
    ``failed_on`` the last. ``status`` is the last answer's, None without an answer; ``reason`` then is a key of
    ``content.fetching.MESSAGES``.
    """

    url = models.CharField(max_length=1000, unique=True)
    host = models.CharField(max_length=255, blank=True)
    next_check_on = models.DateField(db_index=True)
    status = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=20, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    broken_since = models.DateField(null=True)
    failed_on = models.DateField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.url


class LinkUse(models.Model):
    """That an entry links to an address; ``translation_key`` is the entry's, ``organisation_key`` its owner's."""

    link = models.ForeignKey(CheckedLink, on_delete=models.CASCADE, related_name="uses")
    translation_key = models.UUIDField()
    organisation_key = models.UUIDField(null=True, db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=("link", "translation_key"), name="one_use_per_link_and_entry")
        ]

    def __str__(self):
        return f"{self.translation_key}: {self.link_id}"
