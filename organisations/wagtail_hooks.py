"""Registers what this app brings."""

from wagtail import hooks

from .kind import ORGANISATIONS
from .viewsets import contact_viewset


@hooks.register("register_content_kind")
def organisations_kind():
    return ORGANISATIONS


@hooks.register("register_admin_viewset")
def contacts_in_the_admin():
    return contact_viewset
