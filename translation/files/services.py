"""An import in two steps: keep a file and say what it would do, then do exactly that, whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.models import Locale

from content import uploads


class FileGone(Exception):
    """The file was imported already, replaced, or too old."""


class PlanOutdated(Exception):
    """What the import would do is not what its user was shown."""


@dataclass(frozen=True)
class FileFormat:
    """How one kind of thing travels.

    ``name``: what people call the format; files end in it. ``slug``: stable key. ``media_type``: of downloads.
    ``write(locale)`` returns bytes. ``plan(data, locale)`` returns a ``Plan`` and raises ``FileRefused``.
    ``apply(plan, locale, user)`` writes it, in the caller's transaction.
    """

    slug: str
    name: str
    media_type: str
    write: Callable[[Any], bytes]
    plan: Callable[[bytes, Any], Any]
    apply: Callable[[Any, Any, Any], None]

    @property
    def ending(self):
        """Return how names of files end."""
        return f".{self.name.lower()}"

    def purpose(self, locale):
        """Return what a kept file is for: one per person, format and language."""
        return f"translation.{self.slug}.{locale.language_code}"


def keep_file(*, file_format, locale, user, file_name, data):
    """Keep a file that can be read; returns the upload. Raises ``FileRefused``."""
    file_format.plan(data, locale)
    return uploads.keep(user=user, purpose=file_format.purpose(locale), file_name=file_name, data=data)


def kept_file(*, file_format, locale, user, upload_id):
    """Return the kept file. Raises ``FileGone``."""
    kept = uploads.kept(user=user, purpose=file_format.purpose(locale))
    upload = kept.filter(pk=upload_id).first()
    if upload is None:
        raise FileGone
    return upload


def import_file(*, file_format, locale, user, upload_id, digest):
    """Do what the plan with ``digest`` says, whole, and delete the file; returns the ``Plan``.

    Raises ``FileGone``, so that two clicks import once, and ``PlanOutdated`` when something changed since the plan was
    shown. Nothing was written then, and the file is kept.
    """
    with transaction.atomic():
        # Two imports into a language, or an import and somebody who types, must not both find a thing missing.
        Locale.objects.select_for_update().get(pk=locale.pk)
        upload = uploads.take(user=user, purpose=file_format.purpose(locale), upload_id=upload_id)
        if upload is None:
            raise FileGone
        plan = file_format.plan(bytes(upload.data), locale)
        if plan.digest() != digest:
            raise PlanOutdated
        file_format.apply(plan, locale, user)
    return plan
