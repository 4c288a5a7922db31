"""An import in two steps: keep a file and show what it would do, then do exactly that."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import audit, uploads
from content.uploads import UploadedSheet

from .importing import apply_plan, plan_import
from .tables import FileRefused, read_table

#: Larger files are not taken from a browser: the request that imports them would not end in time.
MAX_UPLOAD_BYTES = 10 * 1024 * 1024
#: The same for rows.
MAX_UPLOAD_ROWS = 500


class SheetGone(Exception):
    """The uploaded file was imported already, replaced, or too old."""


class SheetOutdated(Exception):
    """What the import would do is not what its user was shown."""


def upload_table(data):
    """Return the ``Table`` in an uploaded file. Raises ``FileRefused``."""
    table = read_table(data=data)
    if len(table.rows) > MAX_UPLOAD_ROWS:
        raise FileRefused(
            _("The file has %(rows)d rows. Split it into files of at most %(most)d rows.")
            % {"rows": len(table.rows), "most": MAX_UPLOAD_ROWS}
        )
    if not table.rows:
        raise FileRefused(_("The file has headings only. Fill in at least one row below them."))
    return table


def keep_uploaded_sheet(*, user, kind, file_name, data):
    """Keep a file that can be read, in place of an earlier one of the same person and kind.

    Returns the ``UploadedSheet``. Raises ``FileRefused`` for a file that is no table or too large.
    """
    if len(data) > MAX_UPLOAD_BYTES:
        raise FileRefused(too_large())
    upload_table(data)
    return uploads.keep(user=user, purpose=kind.slug, file_name=file_name, data=data)


def too_large():
    """Return what to do about a file that is too large."""
    return _("The file is larger than %(megabytes)d MB. Split it into several files.") % {
        "megabytes": MAX_UPLOAD_BYTES // 1024**2
    }


def uploaded_sheets(*, user, kind):
    """Return the files that ``user`` uploaded for ``kind`` and can still confirm."""
    return uploads.kept(user=user, purpose=kind.slug)


def plan_uploaded_sheet(*, upload, kind, user):
    """Return the ``Plan`` of a kept file, with the rights that ``user`` has now."""
    return plan_import(kind=kind, table=upload_table(bytes(upload.data)), user=user)


def import_uploaded_sheet(*, upload_id, kind, user, digest):
    """Do what the plan with ``digest`` says, whole, and delete the file. Returns an ``ImportResult``.

    Raises ``SheetGone`` where there is no such file of this user any more, so that two clicks import once;
    ``SheetOutdated`` when pages or rights changed since the preview; ``PlanRefused``, and ``ValidationError``
    where a page refuses to be saved. In all these cases nothing was written, and the file is kept.
    """
    with transaction.atomic():
        upload = uploads.take(user=user, purpose=kind.slug, upload_id=upload_id)
        if upload is None:
            raise SheetGone
        plan = plan_uploaded_sheet(upload=upload, kind=kind, user=user)
        if plan.digest() != digest:
            raise SheetOutdated
        return apply_plan(plan, user=user)


@transaction.atomic
def forget_expired_sheets():
    """Delete the files that nobody confirmed in time. Safe to call at any moment."""
    old = UploadedSheet.objects.filter(created_at__lte=timezone.now() - UploadedSheet.LIFETIME)
    audit.record_erased(sheets=audit.delete_rows(old))
