"""Registers what this app brings."""

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks

from . import views
from .demo_steps import steps


@hooks.register("register_content_urls")
def site_urls():
    return [path("search/", views.search, name="search")]


@hooks.register("register_demo_step")
def home_demo_steps():
    return steps()


@hooks.register("insert_global_admin_css")
def brand_of_the_admin():
    return format_html('<link rel="stylesheet" href="{}">', static("home/css/admin.css"))


@hooks.register("insert_global_admin_js")
def direction_of_fields():
    return format_html('<script src="{}"></script>', static("home/js/direction.js"))
