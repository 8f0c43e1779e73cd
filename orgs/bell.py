"""The bell: tells whoever drains the outbox that there is work. It never carries the work itself."""

import logging
import threading
from collections.abc import Callable

from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
_drain: Callable[[], int] | None = None
_busy = threading.Lock()
RETRY = {"max_retries": 2, "interval_start": 0, "interval_step": 0.2}


def drain_with(drain: Callable[[], int]) -> None:
    """Name the function that drains the outbox in this process, for installations without a broker."""
    global _drain
    _drain = drain


def ring() -> None:
    """Ring: over Celery where a broker is configured, else wake a thread of this process. Never raises."""
    if settings.REDIS_URL:
        try:
            current_app.send_task("orgs.tasks.drain_outbox", retry_policy=RETRY)
        except (OperationalError, OSError) as error:
            logger.warning("The broker cannot be reached; the sweep will find the work: %s", error)
    elif settings.JOBS_IN_THREAD and _drain is not None:
        threading.Thread(target=_drain_once, daemon=True, name="outbox").start()


def _drain_once() -> None:
    with _busy:
        if _drain is not None:
            _drain()
