"""Addresses without a language prefix: for machines."""

from django.urls import path

from . import sitemaps

urlpatterns = [
    path("sitemap.xml", sitemaps.sitemap, name="content_sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.sitemap_part, name="content_sitemap_part"),
    path("robots.txt", sitemaps.robots, name="content_robots"),
]
