"""What every environment shares. Values that differ come from environment variables, typed here at the top."""

import datetime
from pathlib import Path

import django.conf.locale
import environ
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE

from cms.plugins import plugin_app_configs

from .languages import LANGUAGE_TABLE, language_info

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.FileAwareEnv(
    DATABASE_URL=(str, f"sqlite:///{BASE_DIR / 'var' / 'db.sqlite3'}"),
    REDIS_URL=(str, ""),
    BASE_URL=(str, "http://127.0.0.1:8000"),
    DEMO=(bool, False),
    REQUIRE_SECOND_FACTOR=(bool, True),
    MEDIA_ROOT=(str, str(BASE_DIR / "var" / "media")),
    EMAIL_URL=(str, "consolemail://"),
    DEFAULT_FROM_EMAIL=(str, "mitmischen@example.org"),
    MAIL_KEPT_DAYS=(int, 30),
    MAIL_SEND_UNANSWERED_AGAIN=(bool, False),
)

DATABASE_URL = env("DATABASE_URL")
REDIS_URL = env("REDIS_URL")
BASE_URL = env("BASE_URL").rstrip("/")

# Demo logins work only where this is on; a password printed in public must not open a real site.
DEMO = env("DEMO")
# Whether coordinators, the network office and administrators get in with a password alone. On a demo they do:
# its visitors have no phone in common.
REQUIRE_SECOND_FACTOR = env("REQUIRE_SECOND_FACTOR") and not DEMO

# --- Applications -----------------------------------------------------------------------------------------
# `translation` and `partners` stand before what they shadow; plugins come last and can shadow nothing.
INSTALLED_APPS = [
    "home.apps.HomeConfig",
    "accounts.apps.AccountsConfig",
    "content.apps.ContentConfig",
    "organisations.apps.OrganisationsConfig",
    "offers.apps.OffersConfig",
    "events.apps.EventsConfig",
    "partners.apps.PartnersConfig",
    "translation.apps.TranslationConfig",
    *plugin_app_configs(),
    "wagtail_localize",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_celery_beat",
    "cms.admin.AdministratorsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "accounts.middleware.AdminPolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    },
]

# --- Data -------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers never wait for a writer, writers queue for at most 20 s instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # A kept connection may have been closed by the server meanwhile; that is noticed before it is used.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = None

if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "cms.cache.FailOpenRedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "mitmischen",
            "OPTIONS": {"socket_timeout": 0.25, "socket_connect_timeout": 0.25},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- Background work --------------------------------------------------------------------------------------
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # A task that a killed worker held is given out again after this many seconds.
    "visibility_timeout": 300,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Europe/Berlin"
# Where no beat runs, `manage.py housekeeping` does the same once.
CELERY_BEAT_SCHEDULE = {
    "publish what is due, take down what expired": {
        "task": "content.tasks.publish_scheduled_pages",
        "schedule": datetime.timedelta(minutes=5),
    },
    "deliver mail that waits": {
        "task": "content.tasks.deliver_mail",
        "schedule": datetime.timedelta(minutes=1),
    },
    "erase old mail": {
        "task": "content.tasks.erase_old_mail",
        "schedule": datetime.timedelta(hours=24),
    },
    "forget what is over": {
        "task": "content.tasks.forget_what_is_over",
        "schedule": datetime.timedelta(hours=1),
    },
    "roll events forward": {
        "task": "events.tasks.roll_events_forward",
        "schedule": datetime.timedelta(minutes=10),
    },
    "mend the index": {
        "task": "content.tasks.rebuild_index",
        "schedule": datetime.timedelta(hours=24),
    },
    "forget uploaded sheets": {
        "task": "content.tasks.forget_uploaded_sheets",
        "schedule": datetime.timedelta(hours=1),
    },
    "extend event dates": {
        "task": "events.tasks.extend_event_dates",
        "schedule": datetime.timedelta(hours=24),
    },
    "let teams follow what they work for": {
        "task": "partners.tasks.ensure_teams",
        "schedule": datetime.timedelta(hours=24),
    },
    "ask what is due": {
        "task": "partners.tasks.ask_what_is_due",
        "schedule": datetime.timedelta(hours=24),
    },
    "decide on steps of steering circles": {
        "task": "partners.tasks.close_steps",
        "schedule": datetime.timedelta(hours=24),
    },
    "forget who reported what": {
        "task": "partners.tasks.forget_readers",
        "schedule": datetime.timedelta(hours=24),
    },
    "find links": {
        "task": "partners.tasks.collect_links",
        "schedule": datetime.timedelta(hours=24),
    },
    "look where links lead": {
        "task": "partners.tasks.check_links",
        "schedule": datetime.timedelta(hours=1),
    },
    "forget applications and ideas": {
        "task": "partners.tasks.forget_applications_and_ideas",
        "schedule": datetime.timedelta(hours=24),
    },
    "let translations follow": {
        "task": "translation.tasks.catch_up",
        "schedule": datetime.timedelta(minutes=10),
    },
    "remember what is translated": {
        "task": "translation.tasks.remember_what_is_translated",
        "schedule": datetime.timedelta(hours=24),
    },
    "remind translators of their day": {
        "task": "translation.tasks.remind_of_due",
        "schedule": datetime.timedelta(hours=24),
    },
    "count what is translated": {
        "task": "translation.tasks.count_coverage",
        "schedule": datetime.timedelta(hours=24),
    },
    "forget who signed in": {
        "task": "accounts.tasks.forget_what_is_over",
        "schedule": datetime.timedelta(hours=24),
    },
}
# Seconds between writing down how often pages were read, in each process.
READS_WRITTEN_EVERY = 30
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"

# --- Languages --------------------------------------------------------------------------------------------
django.conf.locale.LANG_INFO.update(language_info(LANGUAGE_TABLE))
LANGUAGE_CODE = "de"
LANGUAGES = [(language.code, language.endonym) for language in LANGUAGE_TABLE]
LANGUAGES_BIDI = [language.code for language in LANGUAGE_TABLE if language.direction == "rtl"]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# The second holds what libraries leave untranslated in the languages of the admin: docs/adr/0010.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "cms" / "supplement"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Europe/Berlin"
# Everything happens in one time zone, so nobody is asked for theirs.
#: Of a translation, the approval has published what was read; of everything else Wagtail publishes the latest revision.
WAGTAIL_FINISH_WORKFLOW_ACTION = "translation.finishing.finish_workflow"
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
USE_TZ = True

# Submitting must not publish: with a subtree it left `numchild` at 0, and translated child pages were not found.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# --- Files ------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
MEDIA_URL = "/media/"
MEDIA_ROOT = env("MEDIA_ROOT")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Wagtail ----------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Mitmischen"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Otherwise Wagtail asks before it takes an address of ours for a page, and names the page to whoever guessed it.
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = "exact"
WAGTAILIMAGES_IMAGE_MODEL = "content.Picture"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 12 * 1024 * 1024
# Decoded, a picture of this many pixels takes 100 MB; it is refused before that.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "content.picture_forms.PictureForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILADMIN_PERMITTED_LANGUAGES = [
    (code, name) for code, name in LANGUAGES if code in {"de", "en", "tr", "uk", "ar"}
]
TAGGIT_CASE_INSENSITIVE = True

# --- Security ---------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "content.demo_logins.RefuseDemoPassword",
    "accounts.backends.PasswordBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
PASSWORD_RESET_TIMEOUT = 4 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
# The language that somebody chose for signing in; readers have theirs in the address, and no cookie.
LANGUAGE_COOKIE_PATH = "/admin/"
# Wagtail's own ways to sign in and to change passwords know neither limits nor a second factor.
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reauthenticate": "accounts.forms.PasswordAgainForm",
    "change_password": "accounts.forms.PasswordChangeForm",
    "reset_password": "accounts.forms.PasswordResetForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
}
# allauth counts in the cache, which forgets when Redis is away; `accounts.throttle` counts in the database.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A code may be one step old: clocks of phones differ, and people type slowly.
MFA_TOTP_TOLERANCE = 1
# Addresses are given by whoever invites; nobody signs up, so nobody can claim another's.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
    "activate_totp": "accounts.forms.AppForm",
    "add_webauthn": "accounts.forms.PasskeyForm",
    "edit_webauthn": "accounts.forms.PasskeyNameForm",
}
# Wagtail allows its own previews to be framed by the admin; nothing else is.
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
# What Wagtail needs; docs/operations/login.md lists why. Scripts in attributes, as in `<img onerror=…>`, never run.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "script-src-attr": [NONE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "media-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "manifest-src": [SELF],
    "object-src": [NONE],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}

# --- Logging ----------------------------------------------------------------------------------------------
# Everything worth knowing goes to standard error, where whatever runs the process collects it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"hide signed links": {"()": "content.logs.HideSignedLinks"}},
    "handlers": {
        "standard error": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["hide signed links"],
        }
    },
    "root": {"handlers": ["standard error"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        # Strangers try addresses that do not exist; that is no news.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL"},
    },
}

# --- Mail -------------------------------------------------------------------------------------------------
# All mail is written into the outbox, also that of Django and Wagtail; the outbox gives it to MAIL_TRANSPORT.
_transport = env.email_url_config(env("EMAIL_URL"))
MAIL_TRANSPORT = _transport.pop("EMAIL_BACKEND").replace(
    "django.core.mail.backends.smtp.", "content.mail.smtp."
)
vars().update(_transport)
EMAIL_BACKEND = "content.mail.backends.OutboxBackend"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL")
EMAIL_TIMEOUT = 10
# Then receiver, subject and text are erased; that there was a mail stays known.
MAIL_KEPT_DAYS = env("MAIL_KEPT_DAYS")
# What to do when a worker is lost between handing a mail over and the server's answer: docs/adr/0009.
MAIL_SEND_UNANSWERED_AGAIN = env("MAIL_SEND_UNANSWERED_AGAIN")

# --- What the platform's own apps read ----------------------------------------------------------------------
# How long a repeated event's dates are written down in advance.
EVENTS_MATERIALISED_MONTHS = 18
