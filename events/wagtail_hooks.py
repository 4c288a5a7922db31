"""Registers what this app brings."""

from wagtail import hooks

from .kind import EVENTS


@hooks.register("register_content_kind")
def events_kind():
    return EVENTS
