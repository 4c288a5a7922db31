"""Keeps the demo's logins out wherever the demo is off."""

from django.conf import settings
from django.core.exceptions import PermissionDenied

DEMO_PASSWORD = "mitmischen-demo"  # noqa: S105  (printed in public; this module refuses it)


class RefuseDemoPassword:
    """Stands first among the authentication backends and ends every attempt with the password everybody knows.

    It knows no users: who logs in does so by another backend, and has the rights that one gives.
    A database that was once a demo may still hold its logins; with the demo off they open nothing.
    """

    def authenticate(self, request, username=None, password=None, **credentials):
        if password == DEMO_PASSWORD and not settings.DEMO:
            raise PermissionDenied
        return
