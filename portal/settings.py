"""One settings file, read from the environment; docs/operations.md lists every variable."""

import tomllib
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from . import environment

BASE_DIR = Path(__file__).resolve().parent.parent
# The version of the software; CHANGELOG.md says what is new in it.
VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
VAR_DIR = environment.directory("PORTAL_VAR", BASE_DIR / "var")

DEBUG = environment.flag("PORTAL_DEBUG")
# The site is reached by https alone, directly or through proxies that say so.
PORTAL_HTTPS = environment.flag("PORTAL_HTTPS")
# The number of our proxies before the server: only what they add to X-Forwarded-For and X-Forwarded-Proto
# is believed.
PORTAL_PROXIES = environment.whole_number("PORTAL_PROXIES", 0)
# The folder of the static copies, from which what is taken down is removed within a minute.
PORTAL_MIRROR = environment.directory("PORTAL_MIRROR", VAR_DIR / "mirror")
SECRET_KEY = environment.secret_key("SECRET_KEY", VAR_DIR / "secret-key")
ALLOWED_HOSTS = environment.comma_separated("PORTAL_HOSTS", "localhost,127.0.0.1,[::1]")
DATABASES = {"default": environment.database("DATABASE_URL", VAR_DIR / "portal.sqlite3")}

SITE_ID = 1
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    # Before the admin: it replaces templates, so that they match the windows of the editor.
    "djangocms_simple_admin_style",
    "portal.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Before staticfiles, so that `runserver` serves files as production does.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.redirects",
    "cms",
    "menus",
    "treebeard",
    "sekizai",
    "djangocms_versioning",
    "djangocms_text",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "organisation",
    "impact",
    "advocacy",
    "portal",
]

MIDDLEWARE = [
    "portal.delivery.security_headers.SecurityHeadersMiddleware",
    "portal.delivery.middleware.NullByteMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "portal.delivery.middleware.FormEncodingMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.second_factor.SecondFactorMiddleware",
    "portal.accounts.expired_session.ExpiredSessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "cms.middleware.user.CurrentUserMiddleware",
    "cms.middleware.page.CurrentPageMiddleware",
    "portal.delivery.middleware.QuietToolbarMiddleware",
    "portal.delivery.middleware.PageAdminPermissionMiddleware",
    "portal.pages.tree.PageTreeMiddleware",
    "portal.pages.closed_pages.ClosedPageMiddleware",
    "portal.pages.addresses.OldAddressMiddleware",
]

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
                "django.template.context_processors.i18n",
                "sekizai.context_processors.sekizai",
                "cms.context_processors.cms_settings",
            ],
        },
    },
]

LANGUAGE_CODE = "en"
LANGUAGES = environment.languages("PORTAL_LANGUAGES", LANGUAGE_CODE)
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "portal.formats"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.delivery.static_files.InlinedImportsStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG

FIXTURES_DIR = BASE_DIR / "fixtures" / "demo"
STARTER_DIR = BASE_DIR / "fixtures" / "starter"

# Errors are logged to the console, where Django by itself logs nothing unless DEBUG is on.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"text": {}, "json": {"()": "portal.operations.logging.JSONFormatter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": environment.choice("PORTAL_LOG", "text", "json"),
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Without the warning of each 404: visitors mistype addresses.
        "django.request": {"level": "ERROR"},
    },
}

# Several servers share the content generation through Redis; one server needs none.
REDIS_URL = environment.redis("REDIS_URL")
# Server processes; more than one need PostgreSQL and Redis, as portal/operations/system_checks.py checks.
PORTAL_WORKERS = environment.whole_number("PORTAL_WORKERS", 1)
# Responses are cached by portal.delivery. This cache stores the rate limits of the login and nothing else:
# records change outside the CMS, whose own caches could go on showing an old sentence.
CACHES = {
    "default": {
        "BACKEND": "portal.accounts.attempts.AttemptsCache",
        "LOCATION": "portal_attempt",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
CMS_PAGE_CACHE = False
CMS_PLACEHOLDER_CACHE = False

CMS_CONFIRM_VERSION4 = True
CMS_ENABLE_UPDATE_CHECK = False  # it would make a staff browser ask an outside host
CMS_ENABLE_HELP = False  # a menu of links to other hosts
CMS_TOOLBAR_ANONYMOUS_ON = False
CMS_PERMISSION = False
TEXT_EDITOR = "portal.pages.editor.EDITOR"
TEXT_CHILDREN_ENABLED = False  # no block stands within a text
CMS_TEMPLATES = [
    ("pages/page.html", _("Page")),
    ("pages/home.html", _("Home")),
    # They look like any other page: the template says what a page is for, whatever it is called.
    ("pages/privacy.html", _("Privacy statement")),
    ("pages/legal_notice.html", _("Legal notice")),
    ("pages/accessibility.html", _("Accessibility statement")),
]
DJANGOCMS_VERSIONING_LOCK_VERSIONS = True  # a draft belongs to who edits it until it is unlocked
# Unlocking a draft writes a mail to its author, and must work where none can be sent.
EMAIL_NOTIFICATIONS_FAIL_SILENTLY = True

# For browsers without CSP. SecurityHeadersMiddleware sets another value for staff, for the editor's windows
# are frames.
X_FRAME_OPTIONS = "DENY"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "pages-root"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# A password is enough to log in; otherwise a second factor is required.
PORTAL_PASSWORD_ONLY = environment.flag("PORTAL_PASSWORD_ONLY")
ACCOUNT_ADAPTER = "portal.accounts.adapter.StaffAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # a login ends with the browser, too
ALLAUTH_TRUSTED_PROXY_COUNT = PORTAL_PROXIES
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"activate_totp": "portal.accounts.forms.SingleUseActivateTOTPForm"}
MFA_ADAPTER = "portal.accounts.adapter.SecondFactorAdapter"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PORTAL_HTTPS  # browsers allow http://localhost only

SESSION_COOKIE_AGE = 8 * 60 * 60  # since the last request, give or take ten minutes
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PORTAL_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.accounts.expired_session.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
if PORTAL_HTTPS:
    # The prefix __Host- makes browsers send these cookies to this very host, and take them from no other.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_SSL_REDIRECT, SECURE_REDIRECT_EXEMPT = True, [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
    if PORTAL_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# HSTS for subdomains, and preloading: the site cannot know if the organisation's other hosts have https.
# The manager of the pages of the CMS is none of treebeard: treebeard 6 needs that, and the CMS takes 5 alone.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "treebeard.E001"]
# The first passwords of the editor's and the publisher's accounts; without it `seed` makes random ones.
PORTAL_ADMIN_PASSWORD = environment.text("PORTAL_ADMIN_PASSWORD")
