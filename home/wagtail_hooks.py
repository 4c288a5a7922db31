"""Registers what this app brings."""

from django.urls import path
from wagtail import hooks

from . import views
from .demo_steps import steps


@hooks.register("register_content_urls")
def site_urls():
    return [path("search/", views.search, name="search")]


@hooks.register("register_demo_step")
def home_demo_steps():
    return steps()
