"""Settings of Gemeente Voorbeeld, nothing shared with Volmacht: as small as a safe web service can be.

The first ones are what the command line said (`__main__`), handed to the process that serves by its environment.
"""

import os
import secrets
from pathlib import Path

VOORBEELD_ADDRESS = os.environ.get("VOORBEELD_ADRES", "http://localhost:8002")
VOORBEELD_VOLMACHT = os.environ.get("VOORBEELD_VOLMACHT", "http://localhost:8000")
VOORBEELD_DESCRIPTION = Path(os.environ["VOORBEELD_DIENST"]) if os.environ.get("VOORBEELD_DIENST") else None
VOORBEELD_ENVIRONMENT = os.environ.get("VOORBEELD_OMGEVING", "production")
VOORBEELD_KEYS = Path(os.environ.get("VOORBEELD_SLEUTELS", "keys"))
VOORBEELD_ANCHORS = Path(os.environ.get("VOORBEELD_AUTORITEITEN", "anchors"))

SECRET_KEY = secrets.token_urlsafe(32)  # a restart logs everybody out
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = "volmacht.standins.sample_provider.urls"
INSTALLED_APPS = ["volmacht.standins.sample_provider"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "volmacht.standins.sample_provider.headers.SafeHeaders",
    "volmacht.standins.sample_provider.own_address.OwnAddress",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "volmacht.standins.sample_provider.pages.whose",
            ],
            "builtins": ["django.templatetags.i18n"],
        },
    }
]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
SESSION_COOKIE_NAME = "__Host-voorbeeld"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # Strict would be missing when the browser comes back from Volmacht
SESSION_COOKIE_AGE = 15 * 60
SESSION_SAVE_EVERY_REQUEST = True
CSRF_COOKIE_NAME = "__Host-voorbeeld-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "volmacht.standins.sample_provider.pages.not_from_our_page"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer a browser posts our own forms with "Origin: null"
DATA_UPLOAD_MAX_MEMORY_SIZE = 200 * 1024  # a LogoutResponse in base64 is smaller
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "__Host-voorbeeld-taal"
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"output": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["output"], "level": "ERROR", "propagate": False},
        "volmacht": {"handlers": ["output"], "level": "INFO", "propagate": False},
    },
}
