"""Registers what the translation app adds to Wagtail and to the platform. Nothing is decided here."""

from wagtail import hooks

from . import services


@hooks.register("register_content_localiser")
def register_localiser():
    return services
