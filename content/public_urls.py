"""Addresses without a language prefix: for machines."""

from django.urls import path

from . import sitemaps
from .api.views import api, nothing_here

urlpatterns = [
    path("api/v1/", nothing_here),
    path("api/v1/", api.urls),
    path("api/<path:rest>", nothing_here),
    path("sitemap.xml", sitemaps.sitemap, name="content_sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.sitemap_part, name="content_sitemap_part"),
    path("robots.txt", sitemaps.robots, name="content_robots"),
]
