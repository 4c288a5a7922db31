"""Registers what this app brings."""

from wagtail import hooks

from .kind import ORGANISATIONS


@hooks.register("register_content_kind")
def organisations_kind():
    return ORGANISATIONS
