"""Django's own admin, which knows no organisations: for administrators only."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig


class AdministratorsSite(AdminSite):
    """Lets in superusers and nobody else: a right given for Wagtail must not open a second way in."""

    def has_permission(self, request):
        return request.user.is_active and request.user.is_superuser


class AdministratorsConfig(AdminConfig):
    """Django's admin with ``AdministratorsSite``."""

    default_site = "cms.admin.AdministratorsSite"
