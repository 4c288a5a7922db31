"""Registers what this app brings."""

from django.urls import path
from wagtail import hooks

from content.registry import TextCheck

from .kind import EVENTS
from .text_dates import contradicting_dates
from .views import dates_preview


@hooks.register("register_content_kind")
def events_kind():
    return EVENTS


@hooks.register("register_admin_urls")
def event_admin_urls():
    return [path("events/dates/", dates_preview, name="events_dates_preview")]


@hooks.register("register_content_text_checks")
def event_text_checks():
    return TextCheck(slug="event_dates", compare=contradicting_dates, kinds=("events",), order=10)
