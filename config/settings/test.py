"""Tests: either database, cheap passwords, letters kept in memory; everything else as in production."""

import os
from pathlib import Path

from config.settings.base import *  # noqa: F403 - a settings overlay
from config.settings.base import (
    CACHES,
    DATA_DIR,
    DATABASES,
    ENVIRONMENT,
    INSTALLED_APPS,
    IS_POSTGRESQL,
    MIDDLEWARE,
    REDIS_URL,
    STORAGES,
)

DEBUG = False
ALLOW_DEMO = True
SECRET_KEY = "tests-only-tests-only-tests-only-tests-only-tests-only"  # noqa: S105 - guards nothing
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PUBLIC_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
JOBS_IN_THREAD = False  # tests say themselves when jobs run
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True

_RUN = DATA_DIR / "tests"
_RUN.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = Path(ENVIRONMENT.upload_dir or _RUN / "uploads")
STATIC_ROOT = _RUN / "static"
STORAGES["import_export"]["OPTIONS"]["location"] = MEDIA_ROOT / "imports"

# Runs side by side share one Redis server, each in a database of its own: nobody answers another's doorbell.
_SIDE = os.environ.get("PYTEST_XDIST_WORKER", "")
if REDIS_URL and _SIDE:
    REDIS_URL = f"{REDIS_URL.rsplit('/', 1)[0]}/{1 + int(_SIDE.removeprefix('gw'))}"
    CELERY_BROKER_URL = CACHES["default"]["LOCATION"] = REDIS_URL

DATABASES["default"]["CONN_MAX_AGE"] = 0
if IS_POSTGRESQL:
    # Twenty processes on two cores wait longer for a lock than a province's users do.
    DATABASES["default"]["OPTIONS"]["options"] = "-c lock_timeout=20s -c statement_timeout=60s -c jit=off"
else:
    # A file, not memory: tests of concurrency open it from several processes. No test cuts the power, so no fsync.
    DATABASES["default"]["TEST"] = {"NAME": str(_RUN / f"test-{os.getpid()}.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )

# `make queries`: fail on pages that load related rows one by one. Not the rule: acts may lock row by row on purpose.
if os.environ.get("ZEAL"):
    INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
    MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
    ZEAL_RAISE = True
    ZEAL_ALLOWLIST = [{"model": "sessions.Session", "field": None}]
