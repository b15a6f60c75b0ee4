"""Settings: every choice comes from the environment; README.md has the table."""

import os
from datetime import timedelta
from pathlib import Path

from banenafspraak.config import cluster, logs

PROJECT_VERSION = "0.1.0"
ROOT = Path(__file__).resolve().parents[3]
OMGEVING = os.environ.get("BANENAFSPRAAK_ENV", "ontwikkeling")
PRODUCTIE = OMGEVING == "productie"
DEMO = os.environ.get("BANENAFSPRAAK_DEMO", "") == "1"
VAR_DIR = Path(os.environ.get("BANENAFSPRAAK_VAR", ROOT / "var"))
DATA_DIR = VAR_DIR / "data"
SLEUTELBESTAND = Path(os.environ.get("BANENAFSPRAAK_SLEUTELS", VAR_DIR / "sleutels.json"))

ZEGELSLEUTEL = Path(os.environ.get("BANENAFSPRAAK_ZEGELSLEUTEL", VAR_DIR / "zegelsleutel.pem"))
LOGBOEK_KOPIE = Path(os.environ.get("BANENAFSPRAAK_LOGBOEK_KOPIE", VAR_DIR / "logboek"))
# How long a row of the logboek may wait for its seal before nothing may be changed any more: as long as in X-Road.
ZEGEL_UITERLIJK = timedelta(hours=4)

# The terms of docs/verwerkingsregister.toml come with the package; an organisation may have a register of its own.
VERWERKINGSREGISTER = Path(
    os.environ.get(
        "BANENAFSPRAAK_VERWERKINGSREGISTER", Path(__file__).resolve().parents[1] / "access" / "verwerkingsregister.toml"
    )
)

if OMGEVING not in ("ontwikkeling", "test", "productie"):
    raise SystemExit(f"BANENAFSPRAAK_ENV is '{OMGEVING}'; kies ontwikkeling, test of productie.")
if PRODUCTIE and DEMO:
    raise SystemExit("De demo (BANENAFSPRAAK_DEMO=1) kan niet aan staan in productie.")

SECRET_KEY = os.environ.get("BANENAFSPRAAK_SECRET_KEY", "")
if not SECRET_KEY:
    if PRODUCTIE:
        raise SystemExit("Zet BANENAFSPRAAK_SECRET_KEY: in productie hoort de sleutel bij de omgeving.")
    SECRET_KEY = cluster.kept_secret(VAR_DIR / "django-sleutel")
DEBUG = False
ALLOWED_HOSTS = [
    h for h in os.environ.get("BANENAFSPRAAK_HOSTS", "" if PRODUCTIE else "127.0.0.1,localhost,[::1]").split(",") if h
]
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("BANENAFSPRAAK_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "csp",
    "banenafspraak.access",
    "banenafspraak.register",
    "banenafspraak.bemiddeling",
    "banenafspraak.dienstverlening",
    "banenafspraak.metingen",
    "banenafspraak.adapters",
    "banenafspraak.web",
]
AUTH_USER_MODEL = "access.Gebruiker"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {"default": cluster.database_settings(os.environ, VAR_DIR)}

ROOT_URLCONF = "banenafspraak.config.urls"
WSGI_APPLICATION = "banenafspraak.config.wsgi.application"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "web" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "banenafspraak.web.middleware.HeadersMiddleware",
    "banenafspraak.web.middleware.CompressionMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "banenafspraak.web.middleware.OwnSessionMiddleware",
    "banenafspraak.web.middleware.LanguageMiddleware",
    "banenafspraak.web.middleware.AddressMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "banenafspraak.web.middleware.ActorMiddleware",
    "banenafspraak.adapters.vum_api.middleware.VumMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# The letters of documents on paper stand with the other files of others; only they have the rarer letters of a name.
FONT_DIR = Path(__file__).resolve().parents[1] / "web" / "static" / "vendor" / "source-sans-3-otf"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CACHES = {
    # Charts of a sealed meting never change, so a file per chart outlives the process and is shared by all of them.
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
if PRODUCTIE:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SILENCED_SYSTEM_CHECKS = ["security.W021"]  # the preload list is for the owner of the domain to decide
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessie", "__Host-csrf"
CSRF_FAILURE_VIEW = "banenafspraak.web.fouten.csrf_failure"
LOGIN_URL = "/inloggen/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# Signing in through an OpenID Connect provider; without these settings only the demo can sign in.
OIDC_RP_CLIENT_ID = os.environ.get("BANENAFSPRAAK_OIDC_CLIENT_ID", "")
OIDC_RP_CLIENT_SECRET = os.environ.get("BANENAFSPRAAK_OIDC_CLIENT_SECRET", "")
OIDC_OP_AUTHORIZATION_ENDPOINT = os.environ.get("BANENAFSPRAAK_OIDC_AUTHORIZATION_ENDPOINT", "")
OIDC_OP_TOKEN_ENDPOINT = os.environ.get("BANENAFSPRAAK_OIDC_TOKEN_ENDPOINT", "")
OIDC_OP_USER_ENDPOINT = os.environ.get("BANENAFSPRAAK_OIDC_USER_ENDPOINT", "")
OIDC_OP_JWKS_ENDPOINT = os.environ.get("BANENAFSPRAAK_OIDC_JWKS_ENDPOINT", "")
OIDC_RP_SIGN_ALGO = os.environ.get("BANENAFSPRAAK_OIDC_SIGN_ALGO", "RS256")
OIDC_RP_SCOPES = os.environ.get("BANENAFSPRAAK_OIDC_SCOPES", "openid")
OIDC_OP_ISSUER = os.environ.get("BANENAFSPRAAK_OIDC_ISSUER", "")
OIDC_ACR_VALUES_ACCEPTED = [a for a in os.environ.get("BANENAFSPRAAK_OIDC_ACR", "").split(",") if a]
OIDC_CLAIM_ORGANISATIE = os.environ.get("BANENAFSPRAAK_OIDC_CLAIM_ORGANISATIE", "organisatie")
OIDC_CLAIM_BSN = os.environ.get("BANENAFSPRAAK_OIDC_CLAIM_BSN", "")
OIDC_CLAIM_ROL = os.environ.get("BANENAFSPRAAK_OIDC_CLAIM_ROL", "")
OIDC_USE_PKCE = True
OIDC_CREATE_USER = False
OIDC_ENABLED = bool(OIDC_RP_CLIENT_ID)
AUTHENTICATION_BACKENDS = ["banenafspraak.access.oidc.OidcBackend"]

# Who may read the metrics from another machine, and where people can write to.
METRICS_TOKEN = os.environ.get("BANENAFSPRAAK_METRICS_TOKEN", "")
SECURITY_CONTACT = os.environ.get("BANENAFSPRAAK_SECURITY_CONTACT", "")
CONTACT_EMAIL = os.environ.get("BANENAFSPRAAK_CONTACT_EMAIL", "")

# Mail. Without a server a mail becomes a file, so that the demo shows it; in productie nothing is sent then.
EMAIL_HOST = os.environ.get("BANENAFSPRAAK_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("BANENAFSPRAAK_SMTP_PORT", 587))
EMAIL_HOST_USER = os.environ.get("BANENAFSPRAAK_SMTP_GEBRUIKER", "")
EMAIL_HOST_PASSWORD = os.environ.get("BANENAFSPRAAK_SMTP_WACHTWOORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
DEFAULT_FROM_EMAIL = os.environ.get("BANENAFSPRAAK_MAIL_AFZENDER", "noreply@banenafspraak.invalid")
MAIL_ENABLED = bool(EMAIL_HOST) or not PRODUCTIE
# Where a mail sends people back to.
ADRES = os.environ.get("BANENAFSPRAAK_ADRES", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}").rstrip("/")

# The sender of letters. Without a telephone number or address the letter points to the website.
BRIEF_AFZENDER = os.environ.get("BANENAFSPRAAK_BRIEF_AFZENDER", "UWV")
BRIEF_TELEFOON = os.environ.get("BANENAFSPRAAK_BRIEF_TELEFOON", "")
BRIEF_BEZWAARADRES = os.environ.get("BANENAFSPRAAK_BRIEF_BEZWAARADRES", "")
BRIEF_WEBSITE = os.environ.get("BANENAFSPRAAK_BRIEF_WEBSITE", "uwv.nl")

# Uploads: what a door refuses before it reads.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "banenafspraak.web.uploads.LimitedUpload",
    "banenafspraak.web.uploads.MemoryUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# What reads deliveries of profiles: a page may not import an adapter, so it asks for this one by name.
PROFIELLEZER = "banenafspraak.adapters.profielen"
VACATURELEZER = "banenafspraak.adapters.vacatures"
LOONAANGIFTELEZER = "banenafspraak.adapters.eigenaangiften"
# Where the proxy puts the OIN of the verified client certificate, or the name of that certificate; it must take away
# what a caller sends under this name itself (docs/vum.md).
VUM_CERTIFICAATKOP = os.environ.get("BANENAFSPRAAK_VUM_CERTIFICAATKOP", "X-Client-Cert-OIN")
MAX_XML_BYTES = int(os.environ.get("BANENAFSPRAAK_MAX_XML_BYTES", 200_000_000))
MAX_LEVERING_BYTES = int(os.environ.get("BANENAFSPRAAK_MAX_LEVERING_BYTES", 4_000_000_000))

LOGGING_CONFIG = None  # config.logs sets it up, in JSON and without personal data
logs.configure(os.environ.get("BANENAFSPRAAK_LOG", "WARNING"), human=not PRODUCTIE)
