"""The outbox: ask for work inside the business transaction, claim it and carry it out afterwards."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from orgs import bell
from orgs.models import QueuedItem, QueuedJob, QueueState, User

logger = logging.getLogger(__name__)
Work = Callable[[QueuedJob], None]
HANDLERS: dict[str, Work] = {}
LEASE = timedelta(minutes=15)
MAX_ATTEMPTS = 5


def register_handler(kind: str, work: Work) -> None:
    """Name the function that carries out jobs of `kind`; called from `AppConfig.ready`."""
    HANDLERS[kind] = work


def answer_the_bell() -> None:
    """Let this process drain the outbox when no broker is there; called from `AppConfig.ready`."""
    bell.drain_with(drain)


@transaction.atomic
def enqueue(
    *,
    kind: str,
    dedup_key: str,
    payload: dict[str, object] | None = None,
    owner: User | None = None,
    title: str = "",
    total: int = 0,
) -> QueuedJob:
    """Write a job into the outbox, once for each `dedup_key`; ring after the commit."""
    job, _created = QueuedJob.objects.get_or_create(
        dedup_key=dedup_key,
        defaults={
            "kind": kind,
            "payload": payload or {},
            "owner": owner,
            "title": title,
            "total": total,
            "next_at": timezone.now(),
        },
    )
    transaction.on_commit(bell.ring, robust=True)
    return job


def drain(limit: int = 1000) -> int:
    """Carry out due jobs one after another until none is left; answers how many were tried."""
    tried = 0
    while tried < limit and (job := claim()):
        run(job)
        tried += 1
    return tried


@transaction.atomic
def claim() -> QueuedJob | None:
    """Take the next due job, or one whose lease ran out because its worker died."""
    now = timezone.now()
    due = QueuedJob.objects.filter(
        Q(status=QueueState.WAITING, next_at__lte=now) | Q(status=QueueState.RUNNING, lease_until__lt=now)
    ).order_by("next_at", "id")
    skip = connection.features.has_select_for_update_skip_locked
    job = due.select_for_update(skip_locked=skip).first()
    while job and job.status == QueueState.RUNNING and job.attempts >= MAX_ATTEMPTS:
        # Its workers died each time: that is a failure of the job, not bad luck.
        QueuedJob.objects.filter(pk=job.pk).update(
            status=QueueState.FAILED, lease_until=None, error="WorkerLost", finished_at=now
        )
        job = due.select_for_update(skip_locked=skip).first()
    if job is None:
        return None
    QueuedJob.objects.filter(pk=job.pk).update(
        status=QueueState.RUNNING, attempts=F("attempts") + 1, lease_until=now + LEASE
    )
    job.refresh_from_db()
    return job


def run(job: QueuedJob) -> None:
    """Carry out a claimed job; a failure is kept with its message and tried again later, at most five times."""
    try:
        HANDLERS[job.kind](job)
    except Exception as error:
        logger.exception("Job %s failed", job.pk)
        _put_back(job, f"{type(error).__name__}: {error}")
    else:
        QueuedJob.objects.filter(pk=job.pk, status=QueueState.RUNNING).update(
            status=QueueState.DONE, finished_at=timezone.now(), lease_until=None, error=""
        )


def _put_back(job: QueuedJob, error: str) -> None:
    is_last = job.attempts >= MAX_ATTEMPTS
    QueuedJob.objects.filter(pk=job.pk, status=QueueState.RUNNING).update(
        status=QueueState.FAILED if is_last else QueueState.WAITING,
        next_at=timezone.now() + timedelta(seconds=30 * 2**job.attempts),
        lease_until=None,
        error=error[:2000],
        finished_at=timezone.now() if is_last else None,
    )


@transaction.atomic
def cancel(*, job: QueuedJob) -> None:
    """Stop a job: one that waits never starts, one that runs stops before its next item."""
    QueuedJob.objects.filter(pk=job.pk, status__in=[QueueState.WAITING, QueueState.RUNNING]).update(
        status=QueueState.CANCELLED, lease_until=None, finished_at=timezone.now()
    )


@transaction.atomic
def resume(*, job: QueuedJob) -> None:
    """Start a cancelled or failed job again; what it has done stays done."""
    QueuedJob.objects.filter(pk=job.pk, status__in=[QueueState.CANCELLED, QueueState.FAILED]).update(
        status=QueueState.WAITING, next_at=timezone.now(), attempts=0, error="", finished_at=None
    )
    transaction.on_commit(bell.ring, robust=True)


@transaction.atomic
def retry_failed(*, job: QueuedJob) -> None:
    """Start a finished batch again for the items that failed; those that are done stay done, and so does their result.

    Pressed twice, or on a job that runs or has no failed item, it changes nothing.
    """
    failed = QueuedItem.objects.filter(job=job, status=QueueState.FAILED)
    again = QueuedJob.objects.filter(pk=job.pk, status=QueueState.DONE, failed__gt=0)
    if again.update(status=QueueState.WAITING, next_at=timezone.now(), attempts=0, failed=0, finished_at=None):
        failed.update(status=QueueState.WAITING, error="")
        transaction.on_commit(bell.ring, robust=True)
