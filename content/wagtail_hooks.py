"""What the platform's own content adds to Wagtail."""

from django.http import Http404
from wagtail import hooks

from .flat_list.viewsets import kind_viewsets


@hooks.register("before_serve_page")
def hide_pages_of_removed_plugins(page, request, serve_args, serve_kwargs):
    """Answer "not found" for pages that no installed app can show."""
    if page.specific_class is None:
        raise Http404


@hooks.register("register_admin_viewset")
def flat_lists_of_all_kinds():
    return kind_viewsets()
