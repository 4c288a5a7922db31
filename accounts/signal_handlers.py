"""Notes in the session that a second factor was shown."""

from allauth.account.signals import authentication_step_completed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.dispatch import receiver

from .middleware import PROVED
from .selectors import has_second_factor


@receiver(authentication_step_completed, dispatch_uid="accounts.note_second_factor")
def note_second_factor(request, method, user, **kwargs):
    """Note whose second factor was shown; the step before, the password, leaves nothing."""
    if method == "mfa":
        request.session[PROVED] = user.pk


@receiver(authenticator_added, dispatch_uid="accounts.note_new_second_factor")
def note_new_second_factor(request, user, authenticator, **kwargs):
    """Whoever has just set up a second factor has shown it."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        request.session[PROVED] = user.pk


@receiver(authenticator_removed, dispatch_uid="accounts.forget_second_factor")
def forget_second_factor(request, user, **kwargs):
    """Without a second factor nothing was shown."""
    if not has_second_factor(user):
        request.session.pop(PROVED, None)
