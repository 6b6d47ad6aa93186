"""Django settings of this service, nothing shared with Volmacht: as small as a safe web service can be.

The first ones are what the command line said (`configuration`); `application` hands all of them to Django.
"""

import secrets

from volmacht.standins.authentication_service.configuration import configuration

KIND = configuration().kind
FRONT = configuration().front
BACK_PORT = configuration().back_port
VOLMACHT = configuration().volmacht
KEYS = configuration().keys
ANCHORS = configuration().anchors

COOKIE = f"__Host-{KIND}-nagemaakt"  # cookies know no ports: everything on localhost has names of its own
SECRET_KEY = secrets.token_urlsafe(32)  # a restart logs everybody out
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = "volmacht.standins.authentication_service.urls"
INSTALLED_APPS = ["volmacht.standins.authentication_service"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "volmacht.standins.authentication_service.headers.SafeHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
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
                "volmacht.standins.authentication_service.headers.which_service",
            ],
            "builtins": ["django.templatetags.i18n"],
        },
    }
]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
SESSION_COOKIE_NAME = COOKIE
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 60  # longer than a log-in may take (TM-07); who is logged in is forgotten sooner
CSRF_FAILURE_VIEW = "volmacht.standins.authentication_service.pages.not_from_our_page"
CSRF_USE_SESSIONS = True  # a page that another site led to would not get a strict cookie
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer a browser posts our own forms with "Origin: null"
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_COOKIE_NAME = f"{COOKIE}-taal"
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
APPEND_SLASH = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"output": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["output"], "level": "ERROR", "propagate": False},
        "volmacht.authentication_service": {"handlers": ["output"], "level": "INFO", "propagate": False},
        "volmacht.standins": {"handlers": ["output"], "level": "INFO", "propagate": False},
    },
}
