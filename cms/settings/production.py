"""Services by environment variables. Refuses to start without a secret key, its hosts and a mail server."""

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .base import env


def _required(name, how):
    value = env.str(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {how}")
    return value


SECRET_KEY = _required(
    "SECRET_KEY",
    "Set it to at least 50 random characters, for example: "
    "python -c 'import secrets; print(secrets.token_urlsafe(64))'",
)
ALLOWED_HOSTS = [
    host.strip()
    for host in _required(
        "ALLOWED_HOSTS",
        "Set it to the host names the site answers for, separated by commas: mitmischen.example.org",
    ).split(",")
    if host.strip()
]
DEBUG = False
_required(
    "EMAIL_URL",
    "Set it to the mail server, for example smtp+tls://user:password@mail.example.org:587; "
    "consolemail:// prints mails instead of sending them.",
)
# Links in mails begin with it, whatever host a request names.
if not env.str("BASE_URL", ""):
    if ALLOWED_HOSTS[0].startswith(("*", ".")):
        raise ImproperlyConfigured("BASE_URL is not set. Set it to https:// and the host name of the site.")
    BASE_URL = WAGTAILADMIN_BASE_URL = f"https://{ALLOWED_HOSTS[0]}"

CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if host != "*"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# Browsers take cookies of these names only from this host itself, over HTTPS and for all of it.
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
# Our own proxy appends the address it hears from; what stands before that in X-Forwarded-For can be invented.
ALLAUTH_TRUSTED_PROXY_COUNT = 1
