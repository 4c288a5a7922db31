"""Recognises people by name or e-mail address and password."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model

from .selectors import account_of


class PasswordBackend(AuthenticationBackend):
    """Checks exactly one password hash, whoever asks and for whomever: the time it takes tells nothing.

    allauth's own would check two for the address of an account and one for any other.
    """

    def authenticate(self, request, username=None, password=None, email=None, **credentials):
        if not password:
            return None
        user = account_of(username or email)
        if user is None:
            get_user_model()().set_password(password)
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None
