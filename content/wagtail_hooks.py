"""What the platform's own content adds to Wagtail."""

from django.http import Http404
from wagtail import hooks


@hooks.register("before_serve_page")
def hide_pages_of_removed_plugins(page, request, serve_args, serve_kwargs):
    """Answer "not found" for pages that no installed app can show."""
    if page.specific_class is None:
        raise Http404
