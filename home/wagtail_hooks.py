"""Registers what this app brings."""

from django.urls import path
from wagtail import hooks

from . import views


@hooks.register("register_content_urls")
def site_urls():
    return [path("search/", views.search, name="search")]
