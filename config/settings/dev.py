"""Development and the demonstration: one machine, plain HTTP, the demo province allowed."""

import secrets

from config.settings.base import *  # noqa: F403 - a settings overlay
from config.settings.base import ALLOWED_HOSTS, BASE_DIR, DATA_DIR, PUBLIC_URL, SECRET_KEY

ALLOW_DEMO = True
ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
PUBLIC_URL = PUBLIC_URL or "http://127.0.0.1:8000"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
INTERNAL_IPS = ["127.0.0.1"]

if not SECRET_KEY:
    # Kept between runs, so that a restart of the development server logs nobody out; never in the repository.
    _key = DATA_DIR / "dev-secret-key"
    if not _key.exists():
        _key.write_text(secrets.token_urlsafe(64), encoding="utf-8")
        _key.chmod(0o600)
    SECRET_KEY = _key.read_text(encoding="utf-8")

STATICFILES_DIRS = [path for path in [BASE_DIR / "static"] if path.exists()]
