"""What every test stands on: the same language, uploads of its own, and the servers where a test names them."""

import os
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.utils import translation

# Playwright's loop runs in the test's thread; without this Django refuses the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

pytest_plugins = ["tests.processes"]


def pytest_collection_modifyitems(config, items):
    """Leave out what needs real servers where there are none, and the full sizes outside the nightly run.

    They are counted as deselected; the second run of `make test` has the servers and leaves nothing out for want of one.
    """
    left = []
    if not django_settings.REDIS_URL:
        left += [item for item in items if item.get_closest_marker("servers")]
    if not os.environ.get("NIGHTLY"):
        left += [item for item in items if item.get_closest_marker("nightly")]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


@pytest.fixture(autouse=True)
def _vietnamese():
    """Each test begins in the default language, whatever the one before left behind."""
    with translation.override("vi"):
        yield


@pytest.fixture(autouse=True)
def _own_uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    Path(settings.MEDIA_ROOT).mkdir()
