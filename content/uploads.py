"""What is kept of an import between its preview and its confirmation."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UploadedSheet(models.Model):
    """A file that somebody uploaded and has not confirmed yet.

    It lies in the database, so that every web process finds it, and a rolled back import keeps it. It belongs to
    one person, one per kind, and is deleted when it was imported, replaced, or older than ``LIFETIME``.
    """

    #: Long enough to look something up and ask somebody; sheets can hold names and numbers of people.
    LIFETIME = datetime.timedelta(hours=4)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind_slug = models.CharField(_("kind"), max_length=100)
    file_name = models.CharField(_("file"), max_length=200)
    data = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("user", "kind_slug"), name="one_uploaded_sheet_per_user_and_kind")
        ]

    def __str__(self):
        return self.file_name
