"""
One settings file, driven by the environment.

Without SECRET_KEY this is somebody's own machine: debug, SQLite and a broker in `var/`.
With SECRET_KEY it is production. `.env.example` lists every variable.
"""

from pathlib import Path

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from events.sealing.rules import key_from_secret
from sko_planner.postgresql import connection_options

# Lets classes say what they hold, `ModelForm[Person]`, which Django itself has for some alone
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
for folder in ("mail", "media", "broker", "broker/control"):
    (VAR_DIR / folder).mkdir(parents=True, exist_ok=True)

SECRET_KEY = env.str("SECRET_KEY", default="")
DEBUG = env.bool("DEBUG", default=not SECRET_KEY)
if DEBUG and not SECRET_KEY:
    SECRET_KEY = "development-only-key-never-used-where-debug-is-off"  # noqa: S105
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
_PORT = env.str("PORT", default="") or "8000"
SITE_URL = env.str("SITE_URL", default=f"http://localhost:{_PORT}").rstrip("/")
COMPANY_NAME = env.str("COMPANY_NAME", default="Meridane")

INSTALLED_APPS = [
    "sko_planner",
    "reinforcement",
    "agenda",
    "events",
    "people",
    "core",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_linear_migrations",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "core.compressing.CompressText",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "people.accounts.proxies.tell_of_proxies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.answers.say_in_words",
    "core.answers.refuse_too_large",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.accounts.requests.keep_guests_to_theirs",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sko_planner.in_use.keep_kickoff_in_use",
    "sko_planner.standing.count_anew_after_changes",
    "sko_planner.back.lead_back",
    "core.full_disk.say_full_disk",
]

ROOT_URLCONF = "sko_planner.urls"
WSGI_APPLICATION = "sko_planner.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sko_planner.navigation.shell",
            ],
            "builtins": ["core.ui.templatetags.ui", "django.templatetags.i18n"],
        },
    }
]

# Data
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Without recursive triggers, INSERT OR REPLACE deletes rows past the triggers that keep them
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA recursive_triggers=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = connection_options(DATABASES["default"].get("OPTIONS", {}))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# No cache: what is shared is in the database, and nothing that others can write to is unpickled.
# What is the same for everybody, each process keeps in its own memory
KEPT_SECONDS = 60

# Tasks: the broker only carries work; what waits is a row, claimed by the tick
REDIS_URL = env.str("REDIS_URL", default="")
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
if not REDIS_URL:
    CELERY_BROKER_TRANSPORT = "sko_planner.broker:Transport"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        "visibility_timeout": 3600,
        # A page that starts a task waits no longer than this for a broker that is gone, or stalls
        "socket_connect_timeout": 1,
        "connect_retries_timeout": 1,
        "socket_timeout": 5,
    }
    if REDIS_URL
    else {
        "data_folder_in": str(VAR_DIR / "broker"),
        "data_folder_out": str(VAR_DIR / "broker"),
        "control_folder": str(VAR_DIR / "broker" / "control"),
        "polling_interval": 0.1,
    }
)
# Whoever can write to the broker can start tasks and nothing else: no pickles, no remote control
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = CELERY_RESULT_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    # A tick that no worker took within a minute is dropped: the next one does its work
    "tick": {"task": "core.due.tick", "schedule": 60.0, "options": {"expires": 55.0}}
}

# Comp figures are sealed with the first key and opened with any. Production sets its own
# (`manage.py rotate_packet_key` says how); a check fails without them
PACKET_KEYS = env.list("PACKET_KEYS", default=[key_from_secret(SECRET_KEY)] if DEBUG else [])

# How long a version of a packet is kept after it ended; a check refuses less than three years
PACKET_RETENTION_YEARS = env.int("PACKET_RETENTION_YEARS", default=3)
# Letters are sealed with a certificate of the company: PEM text, or the path of a file with it.
# Production sets its own (`manage.py draw_letter_certificate` makes one); a check fails without
LETTER_CERTIFICATE = env.str("LETTER_CERTIFICATE", default="", multiline=True)
LETTER_KEY = env.str("LETTER_KEY", default="", multiline=True)
LETTER_CERTIFICATES_BEFORE = env.list("LETTER_CERTIFICATES_BEFORE", default=[])
# Somebody's own machine draws one by itself
LETTER_CERTIFICATE_DRAWN_IN = VAR_DIR if DEBUG else None

# The technical page of debug hides what views with figures had in hand, as error mails do
DEFAULT_EXCEPTION_REPORTER_FILTER = "events.sealing.reporting.HidesAlways"

# People
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "people.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "login": "people.accounts.forms.SignInForm",
    "request_login_code": "people.accounts.forms.CodeRequestForm",
    "confirm_login_code": "people.accounts.forms.CodeForm",
    "reset_password": "people.accounts.forms.ResetForm",
}
# Tries are counted in the database, by people.accounts.sign_in: allauth would keep them in a cache
ACCOUNT_RATE_LIMITS = False
# An address that nobody has gets no mail, and an answer as late as the others
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
SIGN_IN_PACE_SECONDS = 0.4
# How many proxies of ours stand in front: without them X-Forwarded-For is not believed
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)

# Mail: every message is a row in people.mail first; this is only how a row leaves
EMAIL_CONFIG = env.email("EMAIL_URL", default="filemail://")
vars().update(EMAIL_CONFIG)
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="SKO Planner <planner@meridane.example>")

# Language and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
# Letters may be in more languages than pages: what `locale/` has catalogues for
LETTER_LANGUAGES = [("en", _("English")), ("de", _("German")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# Files
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "core.ui.vendor.VendorFinder",
]
MEDIA_ROOT = VAR_DIR / "media"
LARGEST_REQUEST_BYTES = (
    520 * 1024 * 1024
)  # the largest file that is taken, a video, and a form around it
STORAGES = {
    "default": {"BACKEND": "core.files.WholeFiles"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
# Named because Django turns DEBUG off in tests, which have no STATIC_ROOT
WHITENOISE_AUTOREFRESH = DEBUG

# Safety
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "style-src-attr": [NONE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "media-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "people.keys.store"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes speak plain HTTP
if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "people.keys.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
    "EXCEPTION_HANDLER": "core.api.refusals.answer_error",
    "DEFAULT_PARSER_CLASSES": ["core.api.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "SKO Planner",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SERVE_AUTHENTICATION": REST_FRAMEWORK["DEFAULT_AUTHENTICATION_CLASSES"],
    "ENUM_NAME_OVERRIDES": {
        "AttendeeKind": "events.attendance.models.Attendee.Kind",
        "OccurrenceState": "events.commitments.models.Occurrence.State",
        "ScanKind": "agenda.door.models.Scan.Kind",
        "PanelistStanding": "agenda.panels.models.Standing",
        "PersonFunction": "people.accounts.models.Person.Function",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
