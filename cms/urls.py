"""All addresses: the admin, files, and everything public below a language prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from content.registry import contributed_urls
from home.views import choose_language

from .media import uploaded_picture

# Each framework brings a way to sign in; ours alone counts attempts and asks for a second factor.
sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("", choose_language),
    path("django-admin/login/", sign_in),
    path("django-admin/", admin.site.urls),
    path("admin/", include("accounts.urls")),
    path("admin/", include("partners.admin_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("", include("content.public_urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:path>", uploaded_picture),
]

urlpatterns += i18n_patterns(
    path("_util/login/", sign_in),
    *contributed_urls(),
    path("", include("home.urls")),
    path("", include(wagtail_urls)),
)

handler404 = "home.views.page_not_found"
handler500 = "home.views.server_error"
