"""Everything an operator can set; each value comes from the environment and has a default that works alone."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from redis.asyncio.retry import Retry as PatientRetry
from redis.backoff import NoBackoff
from redis.retry import Retry

from tts_project import environment as env
from tts_project import sentry

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# -- Django ----------------------------------------------------------------------------------------------------------
DEBUG = env.flag("DEBUG", default=False)


def _secret_key() -> str:
    """The key signatures hang on: given, or made once for this machine and kept readable by its owner only."""
    given = env.text("SECRET_KEY")
    if given:
        return given
    kept = VAR_DIR / "secret_key"
    if not kept.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        made = kept.with_suffix(f".{secrets.token_hex(4)}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(50))
        made.replace(kept)
    return kept.read_text()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.names("CSRF_TRUSTED_ORIGINS", "")
CORS_ALLOWED_ORIGINS = env.origins("CORS_ALLOWED_ORIGINS")
"""Whose pages may speak with us, with a key of ours: docs/embedding.md."""

ROOT_URLCONF = "tts_project.urls"
ASGI_APPLICATION = "tts_project.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

INSTALLED_APPS = [
    "accounts",
    "voice",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "waffle",
]

# Django's own middlewares, run without a thread hop each (tts_project/middleware.py says why and which).
MIDDLEWARE = [
    "tts_project.middleware.request_id",
    "tts_project.middleware.Security",
    "tts_project.middleware.ContentSecurityPolicy",
    "tts_project.middleware.Sessions",
    "tts_project.middleware.Common",
    "tts_project.page_limits.PageLimits",
    "tts_project.middleware.Csrf",
    "tts_project.middleware.Authentication",
    "tts_project.middleware.Messages",
    "tts_project.middleware.Clickjacking",
    "allauth.account.middleware.AccountMiddleware",
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
            ],
        },
    },
]

# -- Database --------------------------------------------------------------------------------------------------------


def _database() -> dict[str, Any]:
    """Where rows lie. SQLite gets what lets many threads read while one writes."""
    database: dict[str, Any] = environ.Env().db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
    if not database.get("ENGINE", "").startswith("django.db.backends."):
        raise ImproperlyConfigured("DATABASE_URL is not a database address, like postgres://user@host/name.")
    if database["ENGINE"] == "django.db.backends.sqlite3":
        Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;",
        }
    return {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True, **database}


DATABASES = {"default": _database()}
DATABASE_THREADS = env.whole("DATABASE_THREADS", 4, least=1)
"""Threads that keep a database connection each (tts_project/threads.py)."""

# -- What processes share --------------------------------------------------------------------------------------------


def _redis_url() -> str:
    """Where processes count together; none: one process counts for itself."""
    url = env.text("REDIS_URL")
    if url and not url.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured("REDIS_URL is not the address of a Redis, like redis://host:6379/0.")
    return url


REDIS_PATIENCE = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "retry": Retry(NoBackoff(), 1)}
"""Redis answers at once or not at all, and whoever waits for it is to be told."""


def _limits() -> dict[str, Any]:
    """Where tries are counted."""
    if not REDIS_URL:
        backend = "django.core.cache.backends.locmem.LocMemCache"
        return {"BACKEND": backend, "LOCATION": "limits", "OPTIONS": {"MAX_ENTRIES": 100_000}}
    backend = "django.core.cache.backends.redis.RedisCache"
    return {"BACKEND": backend, "LOCATION": REDIS_URL, "OPTIONS": REDIS_PATIENCE}


def _channel_layer() -> dict[str, Any]:
    """What carries notices between processes."""
    if not REDIS_URL:
        endless = {"capacity": 10_000, "group_expiry": 10**9}  # of one channel a process; a tab may be open for weeks
        return {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": endless}
    hosts = [{"address": REDIS_URL, **REDIS_PATIENCE, "retry": PatientRetry(NoBackoff(), 1)}]
    return {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": hosts, "prefix": "aloud"}}


REDIS_URL = _redis_url()
CHANNEL_LAYERS = {"default": _channel_layer()}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "flags": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    "limits": _limits(),
}
"""What the flags come to is believed for seconds (accounts/known.py), so waffle keeps nothing of them itself."""

RATELIMIT_USE_CACHE = "limits"
RATELIMIT_IP_META_KEY = "accounts.page_limits.address_of"
RATE_LIMIT_PAGES = env.rate("RATE_LIMIT_PAGES", "600/m")
RATE_LIMIT_SIGN_IN = env.rate("RATE_LIMIT_SIGN_IN", "30/m")
RATE_LIMIT_SIGN_IN_FAILURES = env.rate("RATE_LIMIT_SIGN_IN_FAILURES", "5/5m")

# -- People ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
WAFFLE_FLAG_MODEL = "accounts.Flag"
WAFFLE_CACHE_NAME = "flags"
WAFFLE_ENABLE_ADMIN_PAGES = False
"""Flags have a page of their own (accounts/admin/flag.py); of switches and samples there are none."""
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_REDIRECT_URL = "calls"
LOGIN_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = False  # accounts/page_limits.py has them, for the admin's sign-in as well
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.flag("HTTPS", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None
EMAIL_BACKEND = (
    "django.core.mail.backends.console.EmailBackend"
    if DEBUG
    else env.text("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
)
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.whole("EMAIL_PORT", 25, least=1)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL", "aloud@localhost")

# -- What a page may load --------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"

# -- Files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = env.folder("STATIC_ROOT", VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]

# -- Speech ----------------------------------------------------------------------------------------------------------
TTS_ENABLED = env.flag("TTS_ENABLED", default=True)
TTS_PROVIDER = env.names("TTS_PROVIDER", "local")
"""The chain: providers in the order they are asked."""

TTS_DEFAULT_VOICE = env.text("TTS_DEFAULT_VOICE")
"""Written provider:name; the first provider's first voice when empty."""

TTS_MAX_CHARACTERS = env.whole("TTS_MAX_CHARACTERS", 20_000, least=1)
TTS_MAX_SECONDS = env.seconds("TTS_MAX_SECONDS", 1800.0, least=1.0)
TTS_LEASE_SECONDS = env.seconds("TTS_LEASE_SECONDS", 60.0, least=1.0)
"""How long what a request has set aside of a quota outlives its process."""

TTS_PROVIDER_TIMEOUT = env.seconds("TTS_PROVIDER_TIMEOUT", 10.0, least=0.1)
TTS_RESPONSE_TIMEOUT = env.seconds("TTS_RESPONSE_TIMEOUT", 3.0)
TTS_URL_LIFETIME_SECONDS = env.whole("TTS_URL_LIFETIME_SECONDS", 24 * 3600, least=1)

TTS_STORAGE = env.choice("TTS_STORAGE", "file", ("file", "s3", "memory", "off"))
TTS_STORAGE_TIMEOUT = env.seconds("TTS_STORAGE_TIMEOUT", 3.0, least=0.1)
"""How long somebody waits to hear what is stored; what takes longer is sooner made anew."""

TTS_CACHE_DIR = env.folder("TTS_CACHE_DIR", VAR_DIR / "cache")
TTS_CACHE_TTL_SECONDS = env.whole("TTS_CACHE_TTL_SECONDS", 7 * 24 * 3600, least=1)
TTS_CACHE_MAX_BYTES = env.whole("TTS_CACHE_MAX_BYTES", 500_000_000)
TTS_RECORDS_KEPT_DAYS = env.whole("TTS_RECORDS_KEPT_DAYS", 90, least=1)
"""How long it is remembered that a provider was called, or the cache pruned."""

TTS_HOT_BYTES = env.whole("TTS_HOT_BYTES", 64_000_000)
"""How much audio the signed route keeps in memory."""

AWS_STORAGE_BUCKET_NAME = env.text("AWS_STORAGE_BUCKET_NAME")
AWS_S3_REGION_NAME = env.text("AWS_S3_REGION_NAME", env.text("AWS_DEFAULT_REGION", "us-east-1"))
AWS_S3_ENDPOINT_URL = env.address("AWS_S3_ENDPOINT_URL", f"https://s3.{AWS_S3_REGION_NAME}.amazonaws.com")
"""Listeners fetch audio there: it has to be an address that they reach too."""

TTS_S3_ACCESS_KEY_ID = env.text("TTS_S3_ACCESS_KEY_ID", env.text("AWS_ACCESS_KEY_ID"))
TTS_S3_SECRET_ACCESS_KEY = env.text("TTS_S3_SECRET_ACCESS_KEY", env.text("AWS_SECRET_ACCESS_KEY"))
"""Those of AWS are Polly's too; one that may do no more than these files need is better."""

TTS_STORAGES = {
    "file": {"BACKEND": "voice.cache.storages.AtomicFileStorage", "OPTIONS": {"location": TTS_CACHE_DIR}},
    "s3": {
        "BACKEND": "voice.cache.s3.storage.S3AudioStorage",
        "OPTIONS": {
            "bucket_name": AWS_STORAGE_BUCKET_NAME,
            "region_name": AWS_S3_REGION_NAME,
            "endpoint_url": AWS_S3_ENDPOINT_URL,
            "access_key": TTS_S3_ACCESS_KEY_ID,
            "secret_key": TTS_S3_SECRET_ACCESS_KEY,
        },
    },
    "memory": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "off": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / "media"}},
    "staticfiles": {"BACKEND": "tts_project.static.HashedStatic"},
    "audio": TTS_STORAGES[TTS_STORAGE],
}
if TTS_STORAGE == "s3":
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["media-src"].append(env.origin_of(AWS_S3_ENDPOINT_URL))

# -- Vendors: a key each, and where they are (an address comes from here, never from a request) -----------------------
OPENAI_API_KEY = env.text("OPENAI_API_KEY")
OPENAI_BASE_URL = env.text("OPENAI_BASE_URL", "https://api.openai.com/v1")
OPENAI_REALTIME_MODEL = env.text("OPENAI_REALTIME_MODEL", "gpt-realtime-1.5")
"""The newest that does not think before it speaks: reading aloud takes none, and thought is waited and paid for."""

ELEVENLABS_API_KEY = env.text("ELEVENLABS_API_KEY")
ELEVENLABS_BASE_URL = env.text("ELEVENLABS_BASE_URL", "https://api.elevenlabs.io")
ELEVENLABS_MAX_CALLS = env.whole("ELEVENLABS_MAX_CALLS", 3, least=1)
"""At once: what its smaller plans allow."""

AZURE_SPEECH_KEY = env.text("AZURE_SPEECH_KEY")
AZURE_SPEECH_REGION = env.text("AZURE_SPEECH_REGION")
AZURE_SPEECH_BASE_URL = env.text("AZURE_SPEECH_BASE_URL") or (
    f"https://{AZURE_SPEECH_REGION}.tts.speech.microsoft.com" if AZURE_SPEECH_REGION else ""
)

GOOGLE_APPLICATION_CREDENTIALS = env.text("GOOGLE_APPLICATION_CREDENTIALS")
GOOGLE_TTS_BASE_URL = env.text("GOOGLE_TTS_BASE_URL", "https://texttospeech.googleapis.com")

AWS_ACCESS_KEY_ID = env.text("AWS_ACCESS_KEY_ID")
AWS_SECRET_ACCESS_KEY = env.text("AWS_SECRET_ACCESS_KEY")
AWS_DEFAULT_REGION = env.text("AWS_DEFAULT_REGION", "us-east-1")
POLLY_BASE_URL = env.text("POLLY_BASE_URL")
"""Empty: Amazon's own, by region."""

PLAYHT_USER_ID = env.text("PLAYHT_USER_ID")
PLAYHT_API_KEY = env.text("PLAYHT_API_KEY")
PLAYHT_BASE_URL = env.text("PLAYHT_BASE_URL")
"""Its hosted service has closed: a server that speaks its last public API."""

KOKORO_BASE_URL = env.text("KOKORO_BASE_URL")
KOKORO_MODEL_DIR = env.text("KOKORO_MODEL_DIR")
PIPER_BASE_URL = env.text("PIPER_BASE_URL")
COQUI_BASE_URL = env.text("COQUI_BASE_URL")

ASSISTANT = env.choice("ASSISTANT", "demo", ("demo",))

# -- API -------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "voice.api.errors.from_rest_framework",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Aloud",
    "DESCRIPTION": "Speech for chat applications: press the icon, hear the reply at once.",
    "VERSION": "0.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "voice.api.schema.complete"],
}

# -- Watching --------------------------------------------------------------------------------------------------------
METRICS_TOKEN = env.text("METRICS_TOKEN")
"""What a Prometheus server proves itself with, as a bearer; empty: none does."""

METRICS_ALLOW = env.networks("METRICS_ALLOW")
"""Where one may come from without it."""

SENTRY_DSN = env.text("SENTRY_DSN")
"""Empty: faults are in the log alone."""

SENTRY_ENVIRONMENT = env.text("SENTRY_ENVIRONMENT", "production")
if SENTRY_DSN:
    sentry.start(SENTRY_DSN, release=f"aloud@{SPECTACULAR_SETTINGS['VERSION']}", environment=SENTRY_ENVIRONMENT)

# -- Logs ------------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "tts_project.logs.formatter"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "sentry": {"class": "tts_project.sentry.Reporter" if SENTRY_DSN else "logging.NullHandler"},
    },
    "root": {
        "handlers": ["stderr", "sentry"],
        "level": env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
    },
    "loggers": {
        "django.server": {"handlers": [], "propagate": True},
        # At their lower levels these write down what is sent to a vendor: the words, and the address with its token.
        "channels_redis": {"level": "CRITICAL"},  # that Redis is away we say ourselves, without a stack trace a second
        **{name: {"level": "WARNING"} for name in ("aiohttp", "botocore", "httpx", "httpx2", "openai")},
    },
}
