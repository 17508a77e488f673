"""Settings for real use, and the base of all others, so that a mistake fails closed."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import available_timezones

import dj_database_url
from csp.constants import NONE, SELF

from content.languages import LANGUAGES as SITE_LANGUAGES
from portal.settings.environment import read, read_flag, read_list

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = (BASE_DIR / read("DATA_DIR")).resolve()

# ---- Who may ask, and how it is protected

DEBUG = False
SECRET_KEY = read("SECRET_KEY")
ALLOWED_HOSTS = read_list("ALLOWED_HOSTS")
PUBLIC_URL = read("PUBLIC_URL").rstrip("/")
_encrypted = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _encrypted
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = _encrypted
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000 if _encrypted else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
# Other sites learn nothing. Under "no-referrer" browsers send "Origin: null" with our own forms too, and
# Django refuses them.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the admin shows previews in a frame of the same site
if read_flag("TRUSTED_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if _encrypted else []

#: Public pages: no inline script or style and nobody else's resources. One constant header,
#: without a nonce, so that pages can be cached whole.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
    }
}
#: The admin's editor writes inline styles and scripts; still nobody else's resources.
ADMIN_CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **CONTENT_SECURITY_POLICY["DIRECTIVES"],
        "script-src": [SELF, "'unsafe-inline'"],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF],
        "frame-src": [SELF],
    }
}

# ---- Parts

INSTALLED_APPS = [
    "portal",
    "casestudies",
    "guidelines",
    "glossary",
    "editions",
    "accounts",
    "content",
    "allauth",
    "allauth.account",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.api.v2",
    "wagtail.sites",
    "accounts.apps.UsersConfig",  # wagtail.users, with our screens
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.embeds",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages weigh a quarter on the wire. Django pads them at random, so that their length tells nothing.
    "django.middleware.gzip.GZipMiddleware",
    # A second visit on a weak line costs a few bytes where nothing has changed.
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "content.middleware.AdminPolicyMiddleware",
    "content.middleware.BoundedRequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "content.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.PasswordChangeMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "editions.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.frame.site_frame",
            ],
        },
    }
]

# ---- Data

if read("DATABASE_URL"):
    DATABASES = {"default": dj_database_url.parse(read("DATABASE_URL"), conn_max_age=60)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "homeward.sqlite3",
            "OPTIONS": {
                # Without IMMEDIATE two writers who both began by reading fail at once with
                # "database is locked", whatever the timeout: 581 of 1,000 writes in a trial, none with it.
                "transaction_mode": "IMMEDIATE",
                "timeout": 5,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    }
# A transaction around every GET would take SQLite's one write lock for every reader.
ATOMIC_REQUESTS = False

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

CACHES = {
    # Files, because a limit on signing in must count for all processes together and outlive a restart.
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
    }
}

# ---- Paper

#: Makes the PDFs (editions.pdf). Without it pages still print well from the reader's own browser.
CHROMIUM = read("CHROMIUM")
CHROMIUM_SANDBOX = read_flag("CHROMIUM_SANDBOX")
CHROMIUM_TIMEOUT = float(read("CHROMIUM_TIMEOUT"))

# ---- People

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "change_password": "accounts.forms.PasswordChangeForm",
    "reset_password": "accounts.forms.PasswordResetForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses come from administrators
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger's address gets no mail from us
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False  # desks are shared: closing the browser signs out
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# Behind a proxy the limit on attempts must count its readers, not the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if read_flag("TRUSTED_PROXY") else 0

# ---- Languages

LANGUAGE_CODE = "en"
LANGUAGES = [(language.code, language.english_name) for language in SITE_LANGUAGES]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale_borrowed"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Bangkok"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# Systems list "localtime" among the time zones. No browser knows it, and the account page's script stops there.
WAGTAIL_USER_TIME_ZONES = sorted(available_timezones() - {"localtime"})
WAGTAILADMIN_PERMITTED_LANGUAGES = [(language.code, language.own_name) for language in SITE_LANGUAGES]
# wagtail-localize would publish an untranslated copy as soon as a page is submitted.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# ---- Wagtail

WAGTAIL_SITE_NAME = "Homeward"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "editions.approval.publish_approved_revision"
WAGTAIL_ENABLE_UPDATE_CHECK = False  # would ask another host
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # would ask another host
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = True
# One password for everybody is no secret; a private page asks for an account.
WAGTAIL_PRIVATE_PAGES = {"SHARED_PASSWORD": False}
WAGTAIL_PASSWORD_RESET_ENABLED = False  # sign-in and reset belong to allauth
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # so does changing one's password
WAGTAILIMAGES_IMAGE_MODEL = "content.UploadedImage"
WAGTAILDOCS_DOCUMENT_MODEL = "content.UploadedDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # a private collection's file is never a plain address
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000  # decoded, that is 200 MB of memory
WAGTAILIMAGES_IMAGE_FORM_BASE = "content.image_form.ImageForm"
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # an embed would make a reader's browser ask a third party
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILAPI_BASE_URL = PUBLIC_URL
WAGTAILAPI_LIMIT_MAX = 100
TAGGIT_CASE_INSENSITIVE = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a procedure of 60 steps is one form

# ---- Files

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# ---- Mail and logs

if read("EMAIL_URL"):
    from portal.settings.mail import settings_from_address

    globals().update(settings_from_address(read("EMAIL_URL")))
else:
    EMAIL_BACKEND = "accounts.outbox.OutboxBackend"
DEFAULT_FROM_EMAIL = read("DEFAULT_FROM_EMAIL")

#: Where "Leave now" goes. The default opens in every country of the region, China included.
QUICK_EXIT_URL = read("QUICK_EXIT_URL")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": read("LOG_LEVEL")},
    # A wrong address is no event of ours: each would be 30 lines, and tell what somebody looked for.
    "loggers": {
        "django.request": {"level": "ERROR"},
        # When a notice cannot be sent, Wagtail would write down to whom and about which page.
        "wagtail.admin": {"level": "CRITICAL"},
    },
}
