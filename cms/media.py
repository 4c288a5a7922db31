"""Uploaded pictures, where no proxy serves them."""

import posixpath

from django.conf import settings
from django.http import Http404
from django.views.static import serve

# Documents are not among them: Wagtail's own view asks who may read one, and sends it as an attachment.
PUBLIC_FOLDERS = {"images", "original_images", "avatar_images"}


def uploaded_picture(request, path):
    """Serve the file ``path`` below ``MEDIA_ROOT`` when it lies in one of ``PUBLIC_FOLDERS``, else 404."""
    # Dots are resolved first, as `serve` would: "images/../documents/minutes.pdf" is a document.
    resolved = posixpath.normpath(path).lstrip("/")
    if resolved.split("/")[0] not in PUBLIC_FOLDERS:
        raise Http404
    return serve(request, resolved, document_root=settings.MEDIA_ROOT)
