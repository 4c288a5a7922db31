"""The admin's interfaces to pictures and documents, which show those of everybody, for people who see only the own."""

from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from content.choosing import choosable_by


class OwnFilesMixin:
    """Knows the files of the person's own collections."""

    def get_queryset(self):
        files = super().get_queryset()
        return files.filter(pk__in=choosable_by(self.request.user, files.model).values("pk"))


class OwnImagesAPIViewSet(OwnFilesMixin, ImagesAdminAPIViewSet):
    """Pictures."""


class OwnDocumentsAPIViewSet(OwnFilesMixin, DocumentsAdminAPIViewSet):
    """Documents."""
