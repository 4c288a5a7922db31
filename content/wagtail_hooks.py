"""What the platform's own content adds to Wagtail."""

from django.http import Http404
from wagtail import hooks

from .rich_text import LivePageLinkHandler


@hooks.register("before_serve_page")
def hide_pages_of_removed_plugins(page, request, serve_args, serve_kwargs):
    """Answer "not found" for pages that no installed app can show."""
    if page.specific_class is None:
        raise Http404


@hooks.register("register_rich_text_features", order=100)
def link_to_published_pages_only(features):
    features.register_link_type(LivePageLinkHandler)
