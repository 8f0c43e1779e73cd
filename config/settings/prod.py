"""Production: TLS only, secrets from files, PostgreSQL and Redis by their addresses."""

from config import environment
from config.settings.base import *  # noqa: F403 - a settings overlay
from config.settings.base import BEHIND_PROXY, DATABASES, ENVIRONMENT, STORAGES

environment.required(ENVIRONMENT, "SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL")

DEBUG = False
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.public_url]
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
STORAGES["staticfiles"]["BACKEND"] = "whitenoise.storage.CompressedManifestStaticFilesStorage"
vars().update(environment.email(ENVIRONMENT.email_url or "dummymail://"))

# __Host- binds a cookie to this very host over TLS: no neighbour under the same domain can set it.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_SECURE = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = ENVIRONMENT.hsts_seconds
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
