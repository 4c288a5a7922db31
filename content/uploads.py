"""What is kept of an import between its preview and its confirmation."""

import datetime
import uuid

from django.conf import settings
from django.db import models, transaction
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


def keep(*, user, purpose, file_name, data):
    """Keep a file in place of an earlier one of the same person for the same purpose; returns the ``UploadedSheet``.

    ``purpose``: the slug of a kind, or a dotted name.
    """
    with transaction.atomic():
        UploadedSheet.objects.filter(user=user, kind_slug=purpose).delete()
        return UploadedSheet.objects.create(
            user=user, kind_slug=purpose, file_name=file_name[-200:], data=data
        )


def kept(*, user, purpose):
    """Return the files that ``user`` can still confirm, as a queryset."""
    return UploadedSheet.objects.filter(
        user=user, kind_slug=purpose, created_at__gt=timezone.now() - UploadedSheet.LIFETIME
    )


def take(*, user, purpose, upload_id):
    """Delete a kept file and return it, or None where it is not there any more. Call it in the transaction of the deed.

    Whoever deletes the row is the one who acts, so that two clicks do it once; SQLite knows no row locks.
    """
    upload = kept(user=user, purpose=purpose).filter(pk=upload_id).first()
    if upload is None or not UploadedSheet.objects.filter(pk=upload_id).delete()[0]:
        return None
    return upload
