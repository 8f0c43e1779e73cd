"""The worker and beat of the tests work on the very database of the test."""

import pytest
from django.test import override_settings
from django_celery_beat.models import IntervalSchedule, PeriodicTask, PeriodicTasks

from orgs.models import QueuedJob, QueueState
from orgs.services import outbox
from tests.processes import run_manage, wait_until

pytestmark = [pytest.mark.processes, pytest.mark.servers, pytest.mark.django_db(transaction=True)]


def attempts(job):
    return QueuedJob.objects.get(pk=job.pk).attempts


def test_worker_carries_out_a_job_when_the_bell_rings(celery_worker_process):
    """A kind that nobody handles: the worker takes it, keeps the error, and puts it back for later."""
    job = outbox.enqueue(kind="tests.unknown", dedup_key="tests:1")
    wait_until(lambda: attempts(job) == 1, what="the worker to take the job")
    wait_until(lambda: QueuedJob.objects.get(pk=job.pk).status == QueueState.WAITING, what="the job to be put back")
    assert "tests.unknown" in QueuedJob.objects.get(pk=job.pk).error


def test_beat_finds_what_was_never_rung_for(celery_worker_process, beat_process):
    with override_settings(REDIS_URL=""):  # nobody to ring when the job was written
        job = outbox.enqueue(kind="tests.unknown", dedup_key="tests:2")
    every_second = IntervalSchedule.objects.create(every=1, period=IntervalSchedule.SECONDS)
    PeriodicTask.objects.create(name="tests: sweep", task="orgs.tasks.drain_outbox", interval=every_second)
    PeriodicTasks.update_changed()
    assert attempts(job) == 0
    beat_process()
    wait_until(lambda: attempts(job) == 1, what="beat to have the outbox swept")


def test_command_in_a_process_of_its_own_sees_the_database_of_the_test():
    job = outbox.enqueue(kind="tests.unknown", dedup_key="tests:3")
    ran = run_manage("run_jobs")
    assert ran.returncode == 0, ran.stderr
    assert attempts(job) == 1
