"""The outbox: asked once, claimed by one, tried again later, given up after five, cancelled and resumed."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from orgs import bell
from orgs.models import QueuedJob, QueueState
from orgs.services import outbox

pytestmark = pytest.mark.django_db
done = []


@pytest.fixture(autouse=True)
def _handlers(monkeypatch):
    done.clear()

    def fail(job):
        raise ValueError("máy in hết giấy")

    monkeypatch.setitem(outbox.HANDLERS, "tests.good", lambda job: done.append(job.payload))
    monkeypatch.setitem(outbox.HANDLERS, "tests.bad", fail)


def ask(kind="tests.good", key="k", **more):
    return outbox.enqueue(kind=kind, dedup_key=key, **more)


def fresh(job):
    return QueuedJob.objects.get(pk=job.pk)


def test_job_asked_for_twice_is_done_once():
    assert ask(payload={"n": 1}).pk == ask(payload={"n": 2}).pk
    assert (outbox.drain(), outbox.drain()) == (1, 0)
    assert done == [{"n": 1}]


def test_done_job_has_no_lease_and_a_running_one_is_nobody_elses():
    job = ask()
    claimed = outbox.claim()
    assert (claimed.pk, claimed.attempts, claimed.status) == (job.pk, 1, QueueState.RUNNING)
    assert claimed.lease_until > timezone.now() + timedelta(minutes=14)
    assert outbox.claim() is None
    outbox.run(claimed)
    row = fresh(job)
    assert (row.status, row.lease_until, row.error) == (QueueState.DONE, None, "")
    assert row.finished_at


def test_lease_that_ran_out_is_claimed_again():
    job = ask()
    outbox.claim()
    QueuedJob.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert outbox.claim().attempts == 2


def test_job_whose_workers_keep_dying_fails_in_the_end():
    job = ask()
    for _attempt in range(outbox.MAX_ATTEMPTS):
        assert outbox.claim().pk == job.pk
        QueuedJob.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert outbox.claim() is None
    assert (fresh(job).status, fresh(job).error) == (QueueState.FAILED, "WorkerLost")


def test_failed_job_waits_longer_each_time_and_fails_after_five():
    job, waits = ask("tests.bad"), []
    for _attempt in range(outbox.MAX_ATTEMPTS):
        before = timezone.now()
        assert outbox.drain() == 1
        row = fresh(job)
        waits.append((row.next_at - before).total_seconds())
        assert row.error == "ValueError: máy in hết giấy"
        QueuedJob.objects.filter(pk=job.pk).update(next_at=timezone.now())
    assert [round(wait / 30) for wait in waits] == [2, 4, 8, 16, 32]
    assert (fresh(job).status, fresh(job).attempts) == (QueueState.FAILED, 5)
    assert outbox.drain() == 0


def test_one_failure_does_not_hold_up_the_others():
    ask("tests.bad", "a")
    ask(key="b", payload={"n": 2})
    assert outbox.drain() == 2
    assert done == [{"n": 2}]


def test_cancelled_job_is_not_started_and_goes_on_when_resumed():
    job = ask()
    outbox.cancel(job=job)
    assert outbox.drain() == 0
    outbox.resume(job=fresh(job))
    assert outbox.drain() == 1
    assert fresh(job).status == QueueState.DONE
    outbox.cancel(job=fresh(job))
    assert fresh(job).status == QueueState.DONE


def test_job_cancelled_while_it_runs_stays_cancelled():
    job = ask()
    claimed = outbox.claim()
    outbox.cancel(job=job)
    outbox.run(claimed)
    assert fresh(job).status == QueueState.CANCELLED


def test_bell_never_raises_when_the_broker_is_away(caplog):
    with override_settings(REDIS_URL="redis://127.0.0.1:1/0", CELERY_BROKER_URL="redis://127.0.0.1:1/0"):
        from celery import current_app

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(current_app.conf, "broker_url", "redis://127.0.0.1:1/0")
            bell.ring()


def test_job_pages_are_for_who_started_it(province, client):
    job = ask(owner=province.users["nga"], title="Bộ hồ sơ")
    page = reverse("orgs:job_detail", args=[job.uuid])
    for short, status in (("nga", 200), ("an", 404), ("phuc", 404)):
        client.force_login(province.users[short])
        assert client.get(page).status_code == status
        if status == 404:
            assert client.post(reverse("orgs:job_cancel", args=[job.uuid])).status_code == 404
    client.force_login(province.users["nga"])
    assert client.post(reverse("orgs:job_cancel", args=[job.uuid])).status_code == 302
    assert fresh(job).status == QueueState.CANCELLED
    assert client.post(reverse("orgs:job_resume", args=[job.uuid])).status_code == 302
    assert fresh(job).status == QueueState.WAITING
