"""Registers what this plugin brings."""

from wagtail import hooks

from .kind import NOTICES


@hooks.register("register_content_kind")
def notices_kind():
    return NOTICES
