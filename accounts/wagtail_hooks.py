"""Registers what this app brings."""

from django.contrib.auth.models import Permission
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from content.registry import AuditAction

from .services import SECOND_FACTOR_TAKEN
from .views import reset_second_factor


@hooks.register("register_permissions")
def second_factor_permission():
    return Permission.objects.filter(content_type__app_label="accounts", codename="needs_second_factor")


@hooks.register("register_admin_urls")
def second_factor_urls():
    return [path("users/<int:pk>/second-factor/", reset_second_factor, name="reset_second_factor")]


@hooks.register("register_user_listing_buttons")
def reset_second_factor_button(user, request_user):
    if request_user.is_superuser and user != request_user:
        yield Button(
            _("Take away the second factor"),
            reverse("reset_second_factor", args=[user.pk]),
            icon_name="lock-open",
            priority=40,
        )


@hooks.register("register_account_menu_item")
def sign_in_settings(request):
    return {
        "url": reverse("mfa_index"),
        "label": _("Password and second factor"),
        "help_text": _("How you sign in: password, app, passkeys, recovery codes."),
    }


@hooks.register("register_content_audit_actions")
def audit_actions():
    return [AuditAction(SECOND_FACTOR_TAKEN, _("Second factor taken away"))]
