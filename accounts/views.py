"""What allauth has no view for, and what all views for signing in share."""

from functools import wraps

from allauth.mfa.webauthn.views import login_webauthn
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_denied
from wagtail.admin.localization import get_localized_response

from content.gate import sender_of

from . import services, throttle
from .selectors import has_second_factor


def signing_in(view):
    """Decorate a view for signing in: never kept, in the language of whoever is signed in, no word to other sites.

    The policy is the public site's: what stands here is ours alone and needs no exception. A link with a key answers
    with a redirect to a page without it; pages themselves may name this site, or browsers would send their forms
    without a trustworthy ``Origin``.
    """

    @wraps(view)
    def wrapped(request, *arguments, **named_arguments):
        respond = get_localized_response if request.user.is_authenticated else _respond
        response = respond(view, request, *arguments, **named_arguments)
        response["Referrer-Policy"] = "no-referrer" if "Location" in response else "same-origin"
        response["X-Robots-Tag"] = "noindex"
        response._csp_config = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        return response

    return never_cache(wrapped)


def _respond(view, request, *arguments, **named_arguments):
    return view(request, *arguments, **named_arguments)


def passkey_challenge(request):
    """Ask a browser for a passkey, or sign in with one; so often from an address and not oftener."""
    try:
        throttle.claim_challenge(address=sender_of(request))
    except throttle.TooManyAttempts as refusal:
        if request.method == "POST":
            messages.error(request, refusal.messages[0])
            return redirect("account_login")
        return JsonResponse({"message": refusal.messages[0]}, status=429)
    return login_webauthn(request)


@login_required
@require_POST
def sign_out_elsewhere(request):
    """End all sessions of whoever asks, except this one."""
    services.end_sessions(user=request.user, keep=request.session.session_key)
    messages.success(request, _("You are signed out on all other devices."))
    return redirect("mfa_index")


def reset_second_factor(request, pk):
    """Let an administrator take away somebody's second factor, when phone and recovery codes are lost."""
    if not request.user.is_superuser:
        return permission_denied(request)
    user = get_object_or_404(get_user_model(), pk=pk)
    if user == request.user:
        raise PermissionDenied
    if request.method == "POST":
        services.reset_second_factor(user=user, by=request.user)
        messages.success(
            request, _("The second factor is taken away. At the next sign-in a new one is set up.")
        )
        return redirect(reverse("wagtailusers_users:edit", args=[user.pk]))
    return TemplateResponse(
        request, "accounts/reset_second_factor.html", {"owner": user, "has_one": has_second_factor(user)}
    )
