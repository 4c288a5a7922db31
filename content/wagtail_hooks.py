"""What the platform's own content adds to Wagtail."""

from django.http import Http404
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from .mail.models import Mail
from .mail.viewsets import MailPolicy, mail_viewset

register_permission_policy(Mail, MailPolicy(Mail))


@hooks.register("register_admin_viewset")
def mails_in_the_admin():
    return mail_viewset


@hooks.register("before_serve_page")
def hide_pages_of_removed_plugins(page, request, serve_args, serve_kwargs):
    """Answer "not found" for pages that no installed app can show."""
    if page.specific_class is None:
        raise Http404
