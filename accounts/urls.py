"""Addresses for signing in. They stand before Wagtail's below the same prefix and take the place of its own."""

from allauth.account import views as account
from allauth.mfa import urls as second_factor
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.i18n import set_language
from wagtail.utils.urlpatterns import decorate_urlpatterns

from . import views

urlpatterns = decorate_urlpatterns(
    [
        path("login/", account.login, name="account_login"),
        path("login/out/", account.logout, name="account_logout"),
        path("login/again/", account.reauthenticate, name="account_reauthenticate"),
        path("login/password/", account.password_change, name="account_change_password"),
        # Who signed in without a password gets one by mail.
        path(
            "login/password/set/",
            RedirectView.as_view(pattern_name="account_reset_password"),
            name="account_set_password",
        ),
        path("login/language/", set_language, name="sign_in_language"),
        path("login/elsewhere/", views.sign_out_elsewhere, name="sign_out_elsewhere"),
        path("password_reset/", account.password_reset, name="account_reset_password"),
        path("password_reset/sent/", account.password_reset_done, name="account_reset_password_done"),
        path(
            "password_reset/done/",
            account.password_reset_from_key_done,
            name="account_reset_password_from_key_done",
        ),
        re_path(
            r"^password_reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
            account.password_reset_from_key,
            name="account_reset_password_from_key",
        ),
        path("second-factor/webauthn/login/", views.passkey_challenge, name="mfa_login_webauthn"),
        # Passkeys stand on the page with all second factors.
        path(
            "second-factor/webauthn/",
            RedirectView.as_view(pattern_name="mfa_index"),
            name="mfa_list_webauthn",
        ),
        path("second-factor/", include(second_factor.urlpatterns)),
    ],
    views.signing_in,
)
