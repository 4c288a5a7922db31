"""What the platform's own content adds to Wagtail."""

from django.contrib.auth.models import Permission
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from . import audit, audit_report, presets
from .flat_list.views import EXPORTED as SHEET_EXPORTED
from .flat_list.viewsets import kind_viewsets
from .mail.models import Mail
from .mail.viewsets import MailPolicy, mail_viewset
from .registry import AuditAction, TextCheck, all_kinds
from .rich_text import LivePageLinkHandler
from .text_checks import readability, wording, written_dates

register_permission_policy(Mail, MailPolicy(Mail))


@hooks.register("register_admin_viewset")
def mails_in_the_admin():
    return mail_viewset


@hooks.register("before_serve_page")
def hide_pages_of_removed_plugins(page, request, serve_args, serve_kwargs):
    """Answer "not found" for pages that no installed app can show."""
    if page.specific_class is None:
        raise Http404


@hooks.register("before_create_page", order=100)
def begin_with_preset(request, parent, page_class):
    # After everything that refuses a new page here.
    presets.ask_for_preset(request, parent, page_class)


@hooks.register("register_admin_viewset")
def flat_lists_of_all_kinds():
    return kind_viewsets()


@hooks.register("register_content_audit_actions")
def register_audit_actions():
    account = {"groups": _("groups"), "administrator": _("administrator"), "active": _("may log in")}
    return [
        AuditAction("content.account_create", _("Created an account"), account),
        AuditAction("content.account_edit", _("Changed an account"), account),
        AuditAction("content.account_delete", _("Deleted an account")),
        AuditAction("content.group_create", _("Created a group")),
        AuditAction("content.group_edit", _("Changed a group")),
        AuditAction("content.group_delete", _("Deleted a group")),
        AuditAction(
            SHEET_EXPORTED,
            _("Exported a sheet"),
            {"kind": _("kind"), "rows": _("rows"), "format": _("format")},
            {"kind": {kind.slug: kind.label for kind in all_kinds()}},
        ),
        AuditAction(
            audit_report.EXPORTED, _("Exported the audit log"), {"rows": _("rows"), "format": _("format")}
        ),
        AuditAction(
            audit.ERASED,
            _("Erased old mails, links and sheets"),
            {
                "mails": _("contents of mails"),
                "links": _("links of single persons"),
                "sheets": _("uploaded sheets"),
            },
        ),
    ]


@hooks.register("register_permissions")
def register_audit_permission():
    return Permission.objects.filter(content_type__app_label="content", codename="view_auditentry")


@hooks.register("register_admin_urls")
def register_audit_urls():
    report = audit_report.AuditReport
    return [
        path("reports/audit-log/", report.as_view(), name="audit_log"),
        path("reports/audit-log/results/", report.as_view(results_only=True), name="audit_log_results"),
    ]


@hooks.register("register_reports_menu_item")
def register_audit_menu_item():
    return audit_report.AuditMenuItem()


@hooks.register("register_rich_text_features", order=100)
def link_to_published_pages_only(features):
    features.register_link_type(LivePageLinkHandler)


@hooks.register("register_content_text_checks")
def text_checks_of_every_kind():
    """In the order of what matters most to readers."""
    finders = (
        ("wrong_weekdays", written_dates.wrong_weekdays),
        ("contact_details", wording.contact_details),
        ("vague_links", wording.vague_links),
        ("hard_to_read", readability.hard_to_read),
        ("long_sentences", readability.long_sentences),
        ("capitals", wording.capitals),
        ("exclamation_marks", wording.exclamation_marks),
    )
    return [TextCheck(slug=slug, find=find, order=20 + place) for place, (slug, find) in enumerate(finders)]
