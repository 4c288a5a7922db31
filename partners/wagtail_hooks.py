"""Registers what this app brings."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from content.audit_report import AuditMenuItem
from content.registry import AuditAction, PageAction, Section
from content.vocabularies import Door
from organisations.models import RegionPage

from . import choosers, interfaces, membership, panels, selectors, services, views
from .approval import demo_steps as approval_demo
from .approval import services as approval
from .approval import views as approval_views
from .approval.models import Reason
from .circle import coordination as circle_coordination
from .circle import demo_steps as circle_demo
from .circle import services as circle
from .circle import views as circle_views
from .circle import workspace as circle_workspace
from .circle.models import Choice, StepState
from .copying import views as copying
from .demo_steps import steps
from .freshness import services as freshness
from .freshness import views as freshness_views
from .freshness import workspace as freshness_workspace
from .help import views as help_views
from .ideas import demo_steps as ideas_demo
from .ideas import inbox as idea_inbox
from .ideas import services as idea_services
from .ideas import views as ideas
from .ideas import workspace as ideas_workspace
from .joining import demo_steps as joining_demo
from .joining import inbox as joining_inbox
from .joining import services as joining_services
from .joining import views as joining
from .joining import workspace as joining_workspace
from .joining.models import ApplicationKind
from .joining.selectors import is_claimable
from .models import TeamKind
from .presets import views as presets
from .selectors import acts_everywhere, visible_teams
from .takeover import views as takeover
from .voices import demo_steps as voices_demo
from .voices import inbox
from .voices import views as voices
from .voices import workspace as voices_workspace
from .workspace import frame, region_panels, things_to_do, twins
from .workspace.selectors import has_workspace, team_kinds


@hooks.register("register_demo_step")
def partners_demo_steps():
    return [*steps(), *voices_demo.steps(), *ideas_demo.steps(), *joining_demo.steps(), *circle_demo.steps()]


@hooks.register("register_content_urls")
def public_urls():
    return [path("invitation/<str:token>/", views.InvitationView.as_view(), name="partners_invitation")]


@hooks.register("register_admin_urls")
def admin_urls():
    one = "people/<int:team_id>/"
    return [
        path("help/", help_views.guide, name="partners_help"),
        path("help/<slug:slug>/", help_views.guide, name="partners_help_guide"),
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
        return bool(team_kinds(request.user)) or visible_teams(request.user).exists()


@hooks.register("register_admin_menu_item")
def people_menu_item():
    return PeopleMenuItem(
        _("People"), reverse("partners_people"), name="people", icon_name="group", order=260
    )


@hooks.register("register_content_keepers")
def register_keepers():
    return selectors.keepers_of


@hooks.register("register_content_audit_actions")
def audit_actions():
    team = {"team": _("team"), "kind": _("kind")}
    kinds = {"kind": dict(TeamKind.choices)}
    return [
        AuditAction(membership.INVITED, _("Invited into a team"), team, kinds),
        AuditAction(membership.ADDED, _("Added to a team"), team, kinds),
        AuditAction(membership.REMOVED, _("Removed from a team"), team, kinds),
        AuditAction(services.SWITCHED_OFF, _("Switched an account off")),
        AuditAction(membership.ACCEPTED, _("Accepted an invitation")),
        AuditAction(membership.TRUSTED, _("Let an organisation publish at once"), team, kinds),
        AuditAction(membership.NOT_TRUSTED, _("Ended publishing at once"), team, kinds),
        AuditAction(
            services.ERASED,
            _("Erased old applications, ideas and reports"),
            {
                "applications": _("applications to join"),
                "ideas": _("ideas"),
                "idea_addresses": _("addresses left with ideas"),
                "reports": _("reports by readers"),
                "report_addresses": _("addresses left with reports"),
            },
        ),
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


# --- Approval ---


@hooks.register("register_demo_step")
def approval_demo_steps():
    return approval_demo.steps()


@hooks.register("register_content_urls")
def approval_public_urls():
    return [
        path("review/<str:token>/", approval_views.ReviewView.as_view(), name="partners_review"),
        path(
            "review/<str:token>/preview/",
            approval_views.PreviewView.as_view(),
            name="partners_review_preview",
        ),
    ]


@hooks.register("register_content_audit_actions")
def approval_audit_actions():
    details = {"way": _("how"), "reason": _("reason")}
    words = {
        "way": {"link": _("by the link in the mail"), "admin": _("after signing in")},
        "reason": dict(Reason.choices),
    }
    return [
        AuditAction(approval.APPROVED, _("Approved a page"), details, words),
        AuditAction(approval.SENT_BACK, _("Sent a page back"), details, words),
    ]


@hooks.register("before_edit_page")
def say_why_it_was_sent_back(request, page):
    approval_views.say_why_it_was_sent_back(request, page)


# --- Steering circle ---


@hooks.register("register_content_urls")
def circle_urls():
    return [
        path("circle/<str:slug>/", circle_views.circle, name="partners_circle"),
        path("circle/answer/<str:token>/", circle_views.AnswerView.as_view(), name="partners_circle_answer"),
    ]


@hooks.register("register_content_page_actions")
def circle_action():
    return PageAction(
        slug="circle",
        label=_("The steering circle"),
        url=lambda page, request: (
            reverse("partners_circle", args=[page.slug]) if isinstance(page, RegionPage) else ""
        ),
        icon="people",
        order=40,
    )


@hooks.register("register_content_audit_actions")
def circle_audit_actions():
    step = {"step": _("step"), "answer": _("answer")}
    member = {"member": _("member")}
    return [
        AuditAction(circle.PROPOSED, _("Asked a steering circle about a step"), step),
        AuditAction(
            circle.ANSWERED,
            _("Answered as a member of a steering circle"),
            step,
            {"answer": dict(Choice.choices)},
        ),
        AuditAction(
            circle.DECIDED,
            _("A steering circle decided on a step"),
            step,
            {"answer": dict(StepState.choices)},
        ),
        AuditAction(circle.WITHDRAWN, _("Took back a question to a steering circle"), step),
        AuditAction(circle.DONE, _("Said that a step is done"), step),
        AuditAction(circle.MEMBER_ADDED, _("Took somebody into a steering circle"), member),
        AuditAction(circle.MEMBER_REMOVED, _("Removed somebody from a steering circle"), member),
        AuditAction(
            circle.AGREEMENT_CHANGED,
            _("Changed how a steering circle agrees"),
            {"agreements": _("agreements"), "days": _("days of silence")},
        ),
    ]


@hooks.register("register_admin_urls")
def circle_admin_urls():
    views = circle_coordination
    region, member, step = (
        "circle/<int:region_id>/",
        "circle/members/<int:member_id>/",
        "circle/steps/<int:step_id>/",
    )
    return [
        path("circle/", views.regions, name="partners_circles"),
        path(region, views.circle, name="partners_circle_region"),
        path(f"{region}agreement/", views.agreement, name="partners_circle_agreement"),
        path(f"{region}members/add/", views.add_member, name="partners_circle_member_add"),
        path(f"{region}steps/add/", views.add_step, name="partners_circle_step_add"),
        path(member, views.member, name="partners_circle_member"),
        path(f"{member}remove/", views.remove_member, name="partners_circle_member_remove"),
        path(f"{member}back/", views.take_back_member, name="partners_circle_member_back"),
        path(step, views.step, name="partners_circle_step"),
        path(f"{step}edit/", views.edit_step, name="partners_circle_step_edit"),
        path(f"{step}delete/", views.delete_step, name="partners_circle_step_delete"),
        path(f"{step}propose/", views.propose, name="partners_circle_step_propose"),
        path(f"{step}withdraw/", views.withdraw, name="partners_circle_step_withdraw"),
        path(f"{step}done/", views.finish_step, name="partners_circle_step_done"),
    ]


class CoordinationMenuItem(MenuItem):
    """Shown to whoever coordinates a region."""

    def is_shown(self, request):
        return frame.looks_after_regions(request.user)


@hooks.register("register_admin_menu_item")
def circle_menu_item():
    return CoordinationMenuItem(
        _("The steering circle"), reverse("partners_circles"), name="circle", icon_name="group", order=258
    )


hooks.register("register_workspace_panels", circle_workspace.panels)


# --- Copying ---


@hooks.register("register_admin_urls")
def copying_urls():
    return [path("copy/<int:page_id>/", copying.copy, name="partners_copy")]


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
        user = request.user
        return not frame.is_partner(user) and (has_workspace(user) or freshness_views.may_see(user))


@hooks.register("register_admin_menu_item")
def freshness_menu_item():
    return FreshnessMenuItem(
        _("To confirm"), reverse("partners_freshness"), name="freshness", icon_name="check", order=250
    )


@hooks.register("register_content_audit_actions")
def freshness_audit_actions():
    ways = {
        "link": _("by the link in the mail"),
        "account": _("after signing in"),
        "phone": _("on the phone"),
    }
    return [
        AuditAction(freshness.CONFIRMED, _("Confirmed an entry"), {"way": _("how")}, {"way": ways}),
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
        return bool(team_kinds(request.user) & inbox.KINDS_WITH_REPORTS) or request.user.is_superuser


@hooks.register("register_admin_menu_item")
def reports_menu_item():
    return ReportsMenuItem(
        pgettext_lazy("by readers", "Reports"),
        reverse("partners_reader_reports"),
        name="reader-reports",
        icon_name="warning",
        order=255,
    )


hooks.register("register_workspace_tasks", voices_workspace.tasks)
hooks.register("register_workspace_panels", voices_workspace.panels)


# --- Ideas ------------------------------------------------------------------------------------------------


@hooks.register("register_content_urls")
def idea_urls():
    return [
        path("ideas/", ideas.ideas, name="partners_ideas"),
        path("ideas/new/", ideas.submit, name="partners_idea_submit"),
        path("ideas/sent/", ideas.sent, name="partners_idea_sent"),
        path("ideas/<int:idea_id>/", ideas.idea, name="partners_idea"),
    ]


@hooks.register("register_content_page_actions")
def idea_actions():
    return [
        PageAction("ideas", _("Ideas of others"), _ideas_address, icon="idea", order=30),
        PageAction("idea", _("Hand in an idea"), _idea_address, icon="pencil", order=20),
    ]


def _ideas_address(page, request, name="partners_ideas"):
    """Return where the ideas are: from the page behind the door "Ideas" all, from a region's page its own."""
    if isinstance(page, RegionPage):
        return f"{reverse(name)}?region={page.slug}"
    return reverse(name) if getattr(page, "door", "") == Door.IDEAS else ""


def _idea_address(page, request):
    return _ideas_address(page, request, "partners_idea_submit")


@hooks.register("register_admin_urls")
def idea_inbox_urls():
    return [
        path("ideas/", idea_inbox.ideas, name="partners_idea_inbox"),
        path("ideas/<int:idea_id>/", idea_inbox.idea, name="partners_idea_decide"),
    ]


@hooks.register("register_admin_menu_item")
def ideas_menu_item():
    return CoordinationMenuItem(
        _("Idea box"), reverse("partners_idea_inbox"), name="ideas", icon_name="pick", order=257
    )


hooks.register("register_workspace_panels", ideas_workspace.panels)


@hooks.register("register_content_audit_actions")
def idea_audit_actions():
    number = {"idea": _("idea")}
    return [
        AuditAction(idea_services.PUBLISHED, _("Published an idea"), number),
        AuditAction(idea_services.HIDDEN, _("Hid an idea"), number),
    ]


# --- Joining ----------------------------------------------------------------------------------------------


@hooks.register("register_content_urls")
def joining_urls():
    return [
        path("join/", joining.JoinView.as_view(), name="partners_join"),
        path("join/sent/", joining.sent, name="partners_join_sent"),
        path("join/confirm/<str:token>/", joining.ConfirmView.as_view(), name="partners_join_confirm"),
        path("claim/<int:page_id>/", joining.claim, name="partners_claim"),
    ]


@hooks.register("register_content_page_actions")
def join_action():
    return PageAction(
        slug="join",
        label=_("Your organisation is missing?"),
        url=lambda page, request: (
            f"{reverse('partners_join')}?region={page.slug}" if isinstance(page, RegionPage) else ""
        ),
        icon="building",
        order=40,
    )


@hooks.register("register_content_section")
def claim_section():
    return Section(
        slug="claim",
        template="partners/joining/claim_section.html",
        context=_claim,
        kinds=("organisations",),
        order=900,
    )


def _claim(page, request):
    if getattr(request, "is_preview", False) or not is_claimable(page):
        return None
    return {"address": reverse("partners_claim", args=[page.pk])}


@hooks.register("register_admin_urls")
def joining_inbox_urls():
    return [
        path("joining/", joining_inbox.applications, name="partners_applications"),
        path("joining/<int:application_id>/", joining_inbox.application, name="partners_application"),
    ]


@hooks.register("register_admin_menu_item")
def joining_menu_item():
    return CoordinationMenuItem(
        _("Joining"), reverse("partners_applications"), name="joining", icon_name="plus-inverse", order=256
    )


hooks.register("register_workspace_tasks", joining_workspace.tasks)
hooks.register("register_workspace_panels", joining_workspace.panels)


@hooks.register("register_content_audit_actions")
def joining_audit_actions():
    application = {"team": _("team"), "kind": _("kind")}
    kinds = {"kind": dict(ApplicationKind.choices)}
    return [
        AuditAction(joining_services.APPROVED, _("Approved an organisation"), application, kinds),
        AuditAction(joining_services.DECLINED, _("Declined an organisation"), application, kinds),
    ]


class HelpMenuItem(MenuItem):
    """Leads to the guides; what Wagtail brings under that name leads away to its own manual."""


@hooks.register("register_admin_menu_item")
def help_menu_item():
    return HelpMenuItem(_("Help"), reverse("partners_help"), name="help", icon_name="help", order=11000)


@hooks.register("construct_main_menu", order=-10)
def our_help_only(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name != "help" or isinstance(item, HelpMenuItem)]


# --- Presets ---


@hooks.register("register_admin_urls")
def preset_urls():
    return [path("new/<int:page_id>/", presets.new, name="partners_new")]


# --- Take over from another region ---


@hooks.register("register_admin_urls")
def takeover_urls():
    return [
        path("take-over/", takeover.ideas, name="partners_take_over_ideas"),
        path("take-over/<int:page_id>/", takeover.take_over, name="partners_take_over"),
    ]


# --- Workspace ---


@hooks.register("register_workspace_tasks")
def workspace_tasks(audience, entries, today):
    return things_to_do.tasks(audience, entries, today)


@hooks.register("register_workspace_entry_actions")
def workspace_entry_actions(audience, entry):
    return things_to_do.entry_actions(audience, entry)


@hooks.register("register_workspace_panels")
def workspace_panels(audience, today):
    return region_panels.panels(audience, today)


@hooks.register("register_admin_menu_item")
def organisation_menu_item():
    return frame.menu_items()[0]


@hooks.register("register_admin_menu_item")
def regions_menu_item():
    return frame.menu_items()[1]


@hooks.register("construct_main_menu")
def short_menu(request, menu_items):
    frame.shorten(request, menu_items)


@hooks.register("after_create_page", order=-10)
def one_page_from_each_form(request, page):
    twins.one_from_each_form(request, page)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def back_to_the_workspace(request, page):
    return frame.lead_back(request, page)


@hooks.register("after_delete_page")
@hooks.register("after_unpublish_page")
def back_from_what_is_gone(request, page):
    return frame.leave(request, page)


@hooks.register("construct_page_action_menu")
def plain_words_under_forms(menu_items, request, context):
    frame.speak_plainly(menu_items, request, context)
