"""Keeps out whoever needs a second factor and has not shown it, and gives each part of the site its policy."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseForbidden
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext

from .selectors import SECOND_FACTORS, factors_of, needs_second_factor

#: The session's note of whose second factor was shown, by the key of the user.
PROVED = "second_factor"

ADMIN_PREFIXES = ("/admin/", "/django-admin/")
#: Views that ask for nobody.
OPEN = frozenset(
    {
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "sign_in_language",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_sprite",
    }
)
LEAVING = frozenset({"account_logout", "wagtailadmin_logout"})
#: What somebody without a second factor can do: set one up.
SETTING_UP = LEAVING | {"account_reauthenticate", "mfa_activate_totp", "mfa_add_webauthn", "mfa_index"}
#: What somebody can do who has one and did not show it in this session.
SHOWING = LEAVING | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


class SecondFactorMiddleware:
    """To every view, whoever has a second factor yet to show is nobody. Only the views that help out know them.

    So it does not matter by which door somebody came in, nor which addresses an app adds. Nothing is looked up
    before a view asks for the user: public pages stay the same for everybody, and cacheable.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        signed_in, asynchronously = request.user, request.auser
        request.waiting_user = SimpleLazyObject(lambda: signed_in if _waits(request, signed_in) else None)

        def user():
            return AnonymousUser() if request.waiting_user else signed_in

        async def auser():
            found = await asynchronously()
            # The rights of a user are read from the database, so a view that cannot wait gets nobody in doubt.
            proved = request.session.get(PROVED) == found.pk
            return found if proved or not settings.REQUIRE_SECOND_FACTOR else AnonymousUser()

        request.user = SimpleLazyObject(user)
        request.auser = auser
        return self.get_response(request)

    def process_view(self, request, view, arguments, named_arguments):
        """Lead whoever waits to the next step, and show that step to them."""
        name = request.resolver_match.view_name
        if not request.path_info.startswith(ADMIN_PREFIXES) or name in OPEN or not request.waiting_user:
            return None
        factors = factors_of(request.waiting_user)
        needs_set_up = not factors & SECOND_FACTORS
        if name in (SETTING_UP if needs_set_up else SHOWING):
            request.user = request.waiting_user
            return None
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return HttpResponseForbidden(gettext("Please sign in with your second factor first."))
        if needs_set_up:
            step = "mfa_index"
        elif factors == {Authenticator.Type.WEBAUTHN}:
            step = "mfa_reauthenticate_webauthn"
        else:
            step = "mfa_reauthenticate"
        onward = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
        return redirect(f"{reverse(step)}?{urlencode({'next': onward})}")


def _waits(request, user):
    return user.is_authenticated and request.session.get(PROVED) != user.pk and needs_second_factor(user)


class AdminPolicyMiddleware:
    """Gives the admin its own Content Security Policy. Stands below django-csp's middleware, which sends it.

    The pages for signing in keep the stricter policy of the public site.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith(ADMIN_PREFIXES) and not hasattr(response, "_csp_config"):
            response._csp_config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return response
