"""Registers what this app brings."""

from wagtail import hooks

from .kind import OFFERS


@hooks.register("register_content_kind")
def offers_kind():
    return OFFERS
