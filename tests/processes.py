"""Real child processes of the product against the very database of the running test.

Fixtures for transactional tests (`@pytest.mark.django_db(transaction=True)`), loaded by tests/conftest.py:

* `celery_worker_process`: `celery -A config worker -c1`, already waiting for its first ring;
* `beat_process`: call it once the schedule rows are written; it starts `celery -A config beat`.

`run_manage(...)` runs one command to its end; `start_manage(...)` leaves it running, for tests of several at once.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db import connection

from tests.servers import stop

ROOT = Path(__file__).resolve().parents[1]
# How long a test waits for another process before it calls it dead; who answers is not waited for any longer.
PATIENCE = 180


def database_url() -> str:
    """Return the address of the test's own database, for another process."""
    kept = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{kept['NAME']}"
    return f"postgres://{kept['USER']}@{kept['HOST']}:{kept['PORT']}/{kept['NAME']}"


def child_environment(**more: str) -> dict[str, str]:
    """Return the environment in which a child process sees the test's database, Redis and uploads."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.REDIS_URL,
        "UPLOAD_DIR": str(settings.MEDIA_ROOT),
        "PYTHONUNBUFFERED": "1",
        **more,
    }


def start_manage(*arguments: str, **more: str) -> subprocess.Popen:
    """Start `manage.py ARGUMENTS` and return the running process, its output joined and piped as text."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        cwd=ROOT, env=child_environment(**more), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def run_manage(*arguments: str, seconds: int = 120, **more: str) -> subprocess.CompletedProcess:
    """Run `manage.py ARGUMENTS` to its end; the caller looks at returncode, stdout and stderr."""
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        cwd=ROOT, env=child_environment(**more), text=True, capture_output=True, timeout=seconds, check=False,
    )  # fmt: skip


def wait_until(is_true: Callable[[], bool], seconds: float = PATIENCE, what: str = "it") -> None:
    """Return as soon as the question is answered with yes; fail the test when no machine would take so long."""
    until = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > until:
            pytest.fail(f"waited {seconds} s in vain for: {what}")
        time.sleep(0.1)


@contextmanager
def celery_process(folder: Path, *arguments: str, ready: str, **more: str) -> Iterator[Path]:
    """Run `celery -A config ARGUMENTS` until the block ends; yield the path of its log once it has said `ready`."""
    if not settings.REDIS_URL:
        pytest.fail("This test needs real servers: run it by `make test`, or `python -m tests.run --servers -- FILE`.")
    log = folder / f"celery-{arguments[0]}.log"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "config", *arguments],
            cwd=ROOT, env=child_environment(**more), stdout=sink, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        until = time.monotonic() + PATIENCE
        while ready not in log.read_text(errors="replace"):
            if process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"celery {arguments[0]} did not start: {log.read_text(errors='replace')[-3000:]}")
            time.sleep(0.1)
        yield log
    finally:
        stop(process)


@pytest.fixture
def celery_worker_process(transactional_db, tmp_path):
    """Run a worker of one process; yields the path of its log. It hears no bell that rang before this test."""
    if settings.REDIS_URL:
        redis.Redis.from_url(settings.REDIS_URL).flushdb()
    arguments = ("worker", "-c1", "--loglevel=INFO", "--without-gossip", "--without-mingle")
    with celery_process(tmp_path, *arguments, ready=" ready.") as log:
        yield log


@pytest.fixture
def beat_process(transactional_db, tmp_path):
    """Yield a function that starts beat on the schedule as it then stands, for the rest of the test."""
    running = []

    def start() -> Path:
        pidfile, interval = f"--pidfile={tmp_path / 'beat.pid'}", "--max-interval=1"
        context = celery_process(tmp_path, "beat", "--loglevel=INFO", pidfile, interval, ready="beat: Starting")
        running.append(context)
        return context.__enter__()

    yield start
    for context in running:
        context.__exit__(None, None, None)
