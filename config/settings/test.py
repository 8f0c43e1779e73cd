"""Tests: either database, cheap passwords, letters kept in memory; everything else as in production."""

import os

from config.settings.base import *  # noqa: F403 - a settings overlay
from config.settings.base import DATA_DIR, DATABASES, IS_POSTGRESQL, STORAGES

DEBUG = False
ALLOW_DEMO = True
SECRET_KEY = "tests-only-tests-only-tests-only-tests-only-tests-only"  # noqa: S105 - guards nothing
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PUBLIC_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True

_RUN = DATA_DIR / "tests"
_RUN.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = _RUN / "uploads"
STATIC_ROOT = _RUN / "static"
STORAGES["import_export"]["OPTIONS"]["location"] = MEDIA_ROOT / "imports"

DATABASES["default"]["CONN_MAX_AGE"] = 0
if IS_POSTGRESQL:
    # Twenty processes on two cores wait longer for a lock than a province's users do.
    DATABASES["default"]["OPTIONS"]["options"] = "-c lock_timeout=20s -c statement_timeout=60s"
else:
    # A file, not memory: tests of concurrency open it from several processes. No test cuts the power, hence no fsync.
    DATABASES["default"]["TEST"] = {"NAME": str(_RUN / f"test-{os.environ.get('TEST_RUN', 'one')}.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
