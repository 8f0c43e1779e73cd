"""A scheduled reminder fires: a real beat asks, a real worker carries it out, the person finds it in the app."""

import pytest
from django.urls import reverse
from django_celery_beat.models import IntervalSchedule, PeriodicTask, PeriodicTasks

from orgs.models import Message
from tests.processes import wait_until
from tests.reviews.deciding import rounds

pytestmark = [pytest.mark.processes, pytest.mark.servers, pytest.mark.django_db(transaction=True)]


def test_scheduled_reminder_reaches_the_author(province, celery_worker_process, beat_process, client):
    rounds.start_round(province)
    chi = province.users["chi"]
    every_second = IntervalSchedule.objects.create(every=1, period=IntervalSchedule.SECONDS)
    PeriodicTask.objects.create(name="tests: reminders", task="reviews.tasks.send_reminders", interval=every_second)
    PeriodicTasks.update_changed()
    assert not Message.objects.exists()
    beat_process()
    wait_until(lambda: Message.objects.filter(recipient=chi).exists(), what="the reminder of Chi")
    # Beat asks again every second; nobody is told the same twice.
    wait_until(lambda: "succeeded" in celery_worker_process.read_text(), what="the worker to say so")
    keys = list(Message.objects.values_list("dedup_key", flat=True))
    assert len(keys) == len(set(keys))
    client.force_login(chi)
    assert "còn 6 ngày" in client.get(reverse("orgs:message_list")).text
