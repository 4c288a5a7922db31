"""Registers what this app brings."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from content.audit_report import AuditMenuItem
from content.registry import AuditAction, PageAction

from . import choosers, interfaces, membership, panels, services, views
from .demo_steps import steps
from .freshness import services as freshness
from .freshness import views as freshness_views
from .freshness import workspace as freshness_workspace
from .selectors import acts_everywhere, visible_teams
from .voices import demo_steps as voices_demo
from .voices import inbox
from .voices import views as voices


@hooks.register("register_demo_step")
def partners_demo_steps():
    return [*steps(), *voices_demo.steps()]


@hooks.register("register_content_urls")
def public_urls():
    return [path("invitation/<str:token>/", views.InvitationView.as_view(), name="partners_invitation")]


@hooks.register("register_admin_urls")
def admin_urls():
    one = "people/<int:team_id>/"
    return [
        path("people/", views.people, name="partners_people"),
        path(one, views.team, name="partners_team"),
        path(f"{one}invite/", views.invite, name="partners_invite"),
        path(f"{one}trust/", views.trust, name="partners_trust"),
        path(f"{one}members/<int:user_id>/send-again/", views.send_again, name="partners_send_again"),
        path(f"{one}members/<int:user_id>/remove/", views.remove, name="partners_remove"),
    ]


class PeopleMenuItem(MenuItem):
    """Shown to whoever is in a team or manages one."""

    def is_shown(self, request):
        return visible_teams(request.user).exists()


@hooks.register("register_admin_menu_item")
def people_menu_item():
    return PeopleMenuItem(
        _("People"), reverse("partners_people"), name="people", icon_name="group", order=260
    )


@hooks.register("register_content_audit_actions")
def audit_actions():
    team = {"team": _("team"), "kind": _("kind")}
    return [
        AuditAction(membership.INVITED, _("Invited into a team"), team),
        AuditAction(membership.ADDED, _("Added to a team"), team),
        AuditAction(membership.REMOVED, _("Removed from a team"), team),
        AuditAction(services.SWITCHED_OFF, _("Switched an account off")),
        AuditAction(membership.ACCEPTED, _("Accepted an invitation")),
        AuditAction(membership.TRUSTED, _("Let an organisation publish at once"), team),
        AuditAction(membership.NOT_TRUSTED, _("Ended publishing at once"), team),
    ]


@hooks.register("construct_page_chooser_queryset")
def pages_to_choose(pages, request):
    return choosers.narrowed(pages, request)


@hooks.register("construct_admin_api", order=100)
def own_files(router):
    router.register_endpoint("images", interfaces.OwnImagesAPIViewSet)
    router.register_endpoint("documents", interfaces.OwnDocumentsAPIViewSet)


@hooks.register("construct_homepage_panels")
def own_panels(request, shown):
    panels.narrow(shown)


@hooks.register("construct_reports_menu")
def no_reports_on_others(request, menu_items):
    if not acts_everywhere(request.user):
        # The audit log knows itself to whom it shows itself.
        menu_items[:] = [item for item in menu_items if isinstance(item, AuditMenuItem)]


# --- Freshness ---


@hooks.register("register_content_urls")
def freshness_public_urls():
    views = freshness_views
    return [
        path("fresh/all/<str:token>/", views.AnswerAllView.as_view(), name="partners_freshness_all"),
        path("fresh/back/<str:token>/", views.UndoView.as_view(), name="partners_freshness_undo"),
        path("fresh/<str:token>/", views.AnswerView.as_view(), name="partners_freshness_answer"),
    ]


@hooks.register("register_admin_urls")
def freshness_admin_urls():
    return [
        path("to-confirm/", freshness_views.due_list, name="partners_freshness"),
        path("to-confirm/<int:page_id>/", freshness_views.confirm, name="partners_freshness_confirm"),
    ]


class FreshnessMenuItem(MenuItem):
    """Shown to whoever may change pages."""

    def is_shown(self, request):
        return freshness_views.may_see(request.user)


@hooks.register("register_admin_menu_item")
def freshness_menu_item():
    return FreshnessMenuItem(
        _("To confirm"), reverse("partners_freshness"), name="freshness", icon_name="check", order=250
    )


@hooks.register("register_content_audit_actions")
def freshness_audit_actions():
    return [
        AuditAction(freshness.CONFIRMED, _("Confirmed an entry"), {"way": _("how")}),
        AuditAction(freshness.WITHDRAWN, _("Took down an entry that no longer exists")),
        AuditAction(freshness.RESTORED, _("Brought an entry back")),
        AuditAction(freshness.REPORTED_GONE, _("Said that an organisation no longer exists")),
    ]


hooks.register("register_workspace_tasks", freshness_workspace.tasks)
hooks.register("register_workspace_panels", freshness_workspace.panels)


# --- Voices ---


@hooks.register("register_content_page_actions")
def report_action():
    return PageAction(
        slug="report",
        label=_("Is something wrong?"),
        url=lambda page, request: reverse("partners_report", args=[page.pk]),
        icon="flag",
        order=10,
    )


@hooks.register("register_content_urls")
def report_urls():
    return [path("report/<int:page_id>/", voices.report, name="partners_report")]


@hooks.register("register_admin_urls")
def inbox_urls():
    return [
        path("reader-reports/", inbox.reports, name="partners_reader_reports"),
        path("reader-reports/<int:report_id>/", inbox.show, name="partners_reader_report"),
    ]


class ReportsMenuItem(MenuItem):
    """Shown to whoever keeps pages that readers can report."""

    def is_shown(self, request):
        return inbox.has_inbox(request.user)


@hooks.register("register_admin_menu_item")
def reports_menu_item():
    return ReportsMenuItem(
        pgettext_lazy("by readers", "Reports"),
        reverse("partners_reader_reports"),
        name="reader-reports",
        icon_name="warning",
        order=255,
    )
