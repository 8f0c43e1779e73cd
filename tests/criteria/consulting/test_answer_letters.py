"""Reminders of opinions: before, on and after the last day, once for each threshold, to whoever holds the pen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from criteria.selectors.rounds.thresholds import due_threshold
from criteria.services.consulting import answer_letters, consultations
from criteria.tasks import send_reminders
from orgs.models import Message, QueuedJob
from orgs.services import outbox
from tests.criteria.consulting import asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(province):
    made = asking.opened(province)
    outbox.drain()
    Message.objects.all().delete()
    return made


def told(row, days_left):
    """Who is told what with so many days left."""
    Message.objects.all().delete()
    answer_letters.send_reminders(today=row.due_on - timedelta(days=days_left))
    return {message.recipient.username: message.subject for message in Message.objects.select_related("recipient")}


@pytest.mark.parametrize(
    ("left", "expected"), [(15, None), (14, 14), (10, 14), (7, 7), (5, 7), (1, 1), (0, 0), (-1, -1)]
)
def test_threshold_reached_last_counts(left, expected):
    assert due_threshold(left, [14, 7, 3, 1, 0, -1]) == expected


def test_nobody_is_reminded_long_before_the_last_day(row):
    assert told(row, 15) == {}


def test_who_holds_the_pen_is_reminded_before_and_the_head_too_afterwards(province, row):
    before = told(row, 7)
    assert set(before) == {"nga", "khanh", "binh"}
    assert before["nga"] == f"Trả lời lấy ý kiến “{row}”: còn 7 ngày"
    assert told(row, 0)["khanh"].endswith("hôm nay là hạn cuối")
    after = told(row, -1)
    assert set(after) == {"nga", "an", "khanh", "dung", "binh"}
    assert after["an"].endswith("quá hạn 1 ngày")


def test_each_threshold_is_told_once_and_a_moved_day_anew(province, row):
    day = row.due_on - timedelta(days=7)
    assert answer_letters.send_reminders(today=day) == 3
    assert answer_letters.send_reminders(today=day) == 0
    assert answer_letters.send_reminders(today=day + timedelta(days=1)) == 0
    assert answer_letters.send_reminders(today=row.due_on - timedelta(days=3)) == 3
    moved = consultations.move_last_day(
        consultation=row,
        due_on=row.due_on + timedelta(days=1),
        document="CV 2-CV/TU",
        version=asking.fresh(row).version,
        actor=province.users["giang"],
    )
    assert answer_letters.send_reminders(today=moved.due_on - timedelta(days=3)) == 3


def test_who_has_answered_and_who_was_let_off_are_not_reminded(province, row):
    asking.answered(province, row)
    assert set(told(row, 3)) == {"khanh", "binh"}
    asking.move(province, row, "withdraw", note="Dừng")
    assert told(row, 3) == {}


def test_prepared_answer_reminds_the_head(province, row):
    reply = asking.reply_of(row, "SKH")
    asking.write(province, reply, "nga", "Điều 1", "keep")
    asking.move(province, reply, "prepare", "nga")
    assert set(told(row, 3)) == {"an", "khanh", "binh"}


def test_draft_reminds_nobody(province):
    asking.ready(province, due_on=timezone.localdate() + timedelta(days=1))
    assert send_reminders() == 0


def test_job_of_the_day_sends_these_reminders_too(province):
    asking.opened(province, due_on=timezone.localdate() + timedelta(days=3))
    outbox.drain()
    Message.objects.all().delete()
    outbox.enqueue(kind="daily", dedup_key="daily:test")
    outbox.drain()
    assert not QueuedJob.objects.filter(status="failed").exists()
    assert Message.objects.filter(subject__contains="còn 3 ngày").count() == 3


def test_consultation_withdrawn_before_the_job_ran_invites_nobody(province):
    row = asking.opened(province)
    asking.move(province, row, "withdraw", note="Nhầm")
    outbox.drain()
    assert not Message.objects.filter(subject__startswith="Xin ý kiến").exists()


def test_body_that_is_asked_again_is_told(province, row):
    reply = asking.answered(province, row)
    Message.objects.all().delete()
    asking.move(province, reply, "reopen", note="Nêu rõ giải pháp")
    messages = Message.objects.filter(subject__startswith="Đề nghị trả lời lại")
    assert set(messages.values_list("recipient__username", flat=True)) == {"an", "nga"}
