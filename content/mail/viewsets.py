"""The admin's list of mails: to be read, never to be changed."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from .models import OPEN_STATES, Mail


class MailPolicy(ModelPermissionPolicy):
    """Nobody adds, changes or deletes a mail by hand; administrators neither."""

    def user_has_permission(self, user, action):
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return "view" in actions and self.user_has_permission(user, "view")


def _time(moment):
    """Return ``moment`` in local time; Wagtail's view shows UTC."""
    return date_format(localtime(moment), "DATETIME_FORMAT") if moment else ""


class MailInspectView(generic.InspectView):
    """Shows one mail; of one with personal links everything but its text."""

    def get_text_display_value(self):
        if self.object.contains_secret:
            return _("Not shown: it contains a link that lets its receiver act.")
        return self.object.text or _("Erased.")

    def get_due_at_display_value(self):
        return _time(self.object.due_at) if self.object.state in OPEN_STATES else ""

    def get_created_at_display_value(self):
        return _time(self.object.created_at)

    def get_settled_at_display_value(self):
        return _time(self.object.settled_at)

    def get_to_display_value(self):
        return self.object.to or _("Erased.")


class MailViewSet(ModelViewSet):
    """Mails in the admin."""

    model = Mail
    icon = "mail"
    menu_label = _("Mails")
    menu_order = 900
    add_to_admin_menu = False
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = MailInspectView
    inspect_view_fields = [
        "to",
        "subject",
        "text",
        "language",
        "state",
        "problem",
        "tries",
        "created_at",
        "due_at",
        "settled_at",
        "key",
        "message_id",
        "template",
    ]
    list_display = ["subject", "to", "state", "tries", "created_at", "settled_at"]
    list_filter = ["state", "language", "created_at"]
    search_fields = ["to", "subject", "key"]
    ordering = ["-pk"]
    # No form exists; the admin asks for the fields of one all the same.
    form_fields = ["subject"]

    def get_urlpatterns(self):
        """Leave out the addresses of views that change something."""
        return [
            pattern
            for pattern in super().get_urlpatterns()
            if pattern.name in {"index", "index_results", "inspect"}
        ]


mail_viewset = MailViewSet("mails")
