"""Takes second factors out of Django's admin: taking one away goes on record, and secrets are nobody's business."""

import allauth.mfa.admin  # noqa: F401  (registers what is taken out here)
from allauth.mfa.models import Authenticator
from django.contrib import admin

admin.site.unregister(Authenticator)
