"""Django's settings, from `options` (the environment) and `keys` (the key file). Read once, at start;
of the key file only new versions of keys are noticed later.

Nothing here is a rule of the domain: those stand in the catalogue or in the section of the domain below.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from volmacht import clock
from volmacht.config.databases import database, may_hold_data
from volmacht.config.keys import followed_key_file, key_file, make_key_file
from volmacht.config.logging import configure_logging
from volmacht.config.options import PROJECT_ROOT, options_of_this_process
from volmacht.rules.activating import ActivationLimits
from volmacht.rules.kinds import PartyKind

VOLMACHT = options_of_this_process()
VOLMACHT.data.mkdir(parents=True, exist_ok=True, mode=0o700)

KEY_FILE = key_file(VOLMACHT.data)
if not may_hold_data(VOLMACHT):
    make_key_file(KEY_FILE)
VOLMACHT_KEYS = followed_key_file(KEY_FILE)
if VOLMACHT.demo:
    clock.use_offset_file(VOLMACHT.data / "clock-offset")

SECRET_KEY = VOLMACHT_KEYS.django
DEBUG = False
OWN_NAME = urlsplit(VOLMACHT.base_url).hostname or ""
# By these a page is found too, which sends on to the base address. Django's test client calls itself "testserver".
OTHER_NAMES = {"localhost", "127.0.0.1", "::1"} - {OWN_NAME} if VOLMACHT.demo else set()
BACK_NAMES = [
    urlsplit(url).hostname or ""
    for url in (VOLMACHT.back_channel_url, VOLMACHT.preproduction_back_channel_url)
    if VOLMACHT.back_channel
]
ALLOWED_HOSTS = [
    f"[{name}]" if ":" in name else name
    for name in (OWN_NAME, *sorted(OTHER_NAMES), *BACK_NAMES, *(["testserver"] if VOLMACHT.demo else []))
]
DATABASES = {"default": database(VOLMACHT.database_url, VOLMACHT.data)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "volmacht.audit",
    "volmacht.installation",
    "volmacht.limits",
    "volmacht.parties",
    "volmacht.notifications",
    "volmacht.catalogue",
    "volmacht.mandates",
    "volmacht.logins",
    "volmacht.onboarding",
    "volmacht.portals.shared",
    "volmacht.portals.public",
    "volmacht.portals.citizen.entering",
    "volmacht.portals.citizen.granting",
    "volmacht.portals.citizen.mandates",
    "volmacht.portals.choosing",
    "volmacht.portals.accounts",
    "volmacht.portals.organisation",
    "volmacht.portals.staff",
    "volmacht.interfaces.saml",
    *(["volmacht.standins.trying_out"] if VOLMACHT.demo else []),
]

MIDDLEWARE = [
    "volmacht.portals.shared.request_log.RequestLog",
    "volmacht.portals.shared.environments.OwnEnvironment",
    "django.middleware.security.SecurityMiddleware",
    "volmacht.portals.shared.headers.SecurityHeaders",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "volmacht.portals.shared.environments.EnvironmentSessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "volmacht.portals.shared.refusing.ClearAnswers",
    "volmacht.portals.shared.own_address.OwnAddress",
    "volmacht.portals.shared.login_session.LoginSession",
    "volmacht.portals.shared.account_session.AccountSession",
    "volmacht.portals.shared.audience.AudienceGate",
]

BACK_CHANNEL_MIDDLEWARE = [  # machines have no cookies, no language, no page to protect
    "volmacht.portals.shared.request_log.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "volmacht.portals.shared.headers.SecurityHeaders",
    "volmacht.portals.shared.refusing.ClearAnswers",
    "volmacht.portals.shared.audience.AudienceGate",
]
if VOLMACHT.back_channel:
    MIDDLEWARE = BACK_CHANNEL_MIDDLEWARE

ROOT_URLCONF = "volmacht.config.back_channel_urls" if VOLMACHT.back_channel else "volmacht.config.urls"
PREPRODUCTION_URLCONF = "volmacht.config.preproduction_urls"
WSGI_APPLICATION = "volmacht.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "volmacht.portals.shared.context.page_frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

FORM_RENDERER = "volmacht.portals.shared.forms.FormRenderer"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS: list[str] = []
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VOLMACHT.data / "static"
STATIC_ROOT.mkdir(exist_ok=True)
NODE_MODULES = PROJECT_ROOT / "node_modules"
STATICFILES_DIRS = [
    ("fonts", NODE_MODULES / "@fontsource" / "atkinson-hyperlegible" / "files"),
    ("utrecht", NODE_MODULES / ".volmacht"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "volmacht.config.static_files.HashedFiles"},
}
VOLMACHT_FONT_FOLDERS = [NODE_MODULES / "@expo-google-fonts" / "atkinson-hyperlegible"]

# --- security ---
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]
SESSION_ENGINE = "volmacht.portals.shared.sealed_sessions"
SESSION_COOKIE_NAME = "__Host-volmacht"
PREPRODUCTION_COOKIES = "-preprod"  # behind the names of its own cookies
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # Strict would log people out when they come back from the log-in service
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_END = timedelta(minutes=15)
SESSION_IDLE_WARNING = timedelta(minutes=13)
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "volmacht.portals.shared.refusing.form_expired"
LANGUAGE_COOKIE_NAME = "__Host-taal"
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer a browser posts our own forms with "Origin: null"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# On http://localhost a browser ignores HSTS; behind https it holds for two years.
SECURE_HSTS_SECONDS = 63072000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if VOLMACHT.trusted_proxies else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
PAGES_THAT_TAKE_FILES = ("/organisatie/", "/en/organisatie/", "/bureau/", "/en/bureau/")
LARGEST_UPLOAD = 11 * 1024 * 1024  # a file of 10 MB, with the form around it
DOORS_THAT_READ = (
    "/saml/",
    "/preprod/saml/",
    "/bvd-proxy/",
    "/preprod/bvd-proxy/",
)  # a message may be larger than a form of ours: limits of their own
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],  # a page whose form leads elsewhere names that site itself
        "frame-ancestors": [NONE],
    }
}

# --- rules of the domain that no service sets (docs/rules, each a decision that an operator may change) ---
ACTIVATION_LIMITS = ActivationLimits(  # DM-22
    code_tries=5,
    representative_tries=10,
    window=timedelta(hours=24),
    block=timedelta(hours=24),
)
OPEN_REQUESTS = 20  # DM-25, at the same time by one represented person
REPRESENTATIVE_AGE = 16  # DM-04
# DM-02. People log in with DigiD, organisations with eHerkenning: see portals/shared/who_logs_in.py.
REPRESENTATIVES_THAT_LOG_IN = frozenset(PartyKind) if VOLMACHT.eherkenning else frozenset({PartyKind.PERSON})
RETENTION = {  # DM-44, days after the end of what they are about
    "requests": 365,
    "mandates": 7 * 365,
    "uses": 7 * 365,
    "outbox": 90,
    "tries": 2,
}

AUTOMATIC_CONNECTION_DATA = VOLMACHT.automatic_connection_data  # CN-2

# --- neighbours ---
# AD-14: the invented OINs of the stand-ins for DigiD and eHerkenning; in production for profile demo only. Written out,
# for where people really log in no code of a stand-in is loaded.
SIMULATED_OINS = frozenset({"00000009000000002000", "00000009000000003000"})
# Websites of the catalogue that really run, at another address: in the demo that of Gemeente Voorbeeld beside us.
RUNNING_WEBSITES = (
    {"https://www.gemeente-voorbeeld.example": VOLMACHT.sample_provider_url} if VOLMACHT.demo else {}
)
POPULATION_REGISTER = "volmacht.parties.adapters.haal_centraal.HaalCentraalRegister"
OIN_REGISTER = "volmacht.parties.adapters.organisation_registers.CorOinRegister"
ALB_REGISTER = "volmacht.parties.adapters.organisation_registers.HttpAlbRegister"
MAIL_CHANNEL = (
    "volmacht.notifications.adapters.smtp.SmtpMail"
    if VOLMACHT.smtp_host
    else "volmacht.notifications.adapters.folder.FolderMail"
)

LOGGING_CONFIG = None
configure_logging()
