"""The address of every page; stands before Wagtail's own, which stays for making addresses from pages."""

from django.urls import re_path

from . import views

urlpatterns = [
    re_path(r"^((?:[\w\-]+/)*(?:[\w\-]+\.(?:atom|ics))?)$", views.serve),
]
