"""Registers what this app brings."""

from django.urls import path
from wagtail import hooks

from .demo_steps import steps
from .kind import ORGANISATIONS
from .views import contact, contact_message
from .viewsets import contact_viewset


@hooks.register("register_content_kind")
def organisations_kind():
    return ORGANISATIONS


@hooks.register("register_admin_viewset")
def contacts_in_the_admin():
    return contact_viewset


@hooks.register("register_content_urls")
def contact_urls():
    return [
        path("contact/<int:page_id>/", contact, name="contact"),
        path("contact/<int:page_id>/message/", contact_message, name="contact_message"),
    ]


@hooks.register("register_demo_step")
def organisations_demo_steps():
    return steps()
