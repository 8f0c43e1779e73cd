"""What every test stands on: the same language and clock zone, and uploads of its own."""

import os
from pathlib import Path

import pytest
from django.utils import translation

# Playwright's loop runs in the test's thread; without this Django refuses the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def _vietnamese():
    """Each test begins in the default language, whatever the one before left behind."""
    with translation.override("vi"):
        yield


@pytest.fixture(autouse=True)
def _own_uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    Path(settings.MEDIA_ROOT).mkdir()
