"""Settings of Gemeente Voorbeeld, nothing shared with Volmacht: as small as a safe web service can be."""

import os
import secrets

VOORBEELD_ADDRESS = os.environ.get("VOORBEELD_ADRES", "http://localhost:8002")
VOORBEELD_REGISTER = os.environ.get("VOORBEELD_REGISTER", "http://localhost:8000")
VOORBEELD_KEY = os.environ.get("VOORBEELD_SLEUTEL", "")
VOORBEELD_ENTITY_ID = "urn:nl-eid-gdi:1.0:DV:00000001002220647000:entities:0001"

SECRET_KEY = secrets.token_urlsafe(32)  # a restart logs everybody out
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
ROOT_URLCONF = "volmacht.standins.sample_provider.pages"
INSTALLED_APPS = ["volmacht.standins.sample_provider"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "volmacht.standins.sample_provider.headers.SafeHeaders",
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
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 15 * 60
SESSION_SAVE_EVERY_REQUEST = True
CSRF_COOKIE_NAME = "__Host-voorbeeld-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer a browser posts our own forms with "Origin: null"
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
LANGUAGE_COOKIE_NAME = "__Host-voorbeeld-taal"
