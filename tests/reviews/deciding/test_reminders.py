"""Whoever's move it is is told: each threshold once, after an outage the last one alone, a moved date anew."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from criteria.models import Cycle, Milestone
from orgs.models import Message, Setting
from reviews.models import Rating, Review
from reviews.services.reminders import due_threshold, send_reminders, thresholds
from tests.reviews.deciding import rounds

pytestmark = pytest.mark.django_db
STEPS = [14, 7, 3, 1, 0, -1]


@pytest.fixture
def round_(province):
    return rounds.start_round(province)


def due(step="self_review"):
    return Milestone.objects.get(step=step).due_on


def told(round_, short):
    return list(
        Message.objects.filter(recipient=round_.users[short], dedup_key__contains=":due:")
        .order_by("id")
        .values_list("subject", flat=True)
    )


@pytest.mark.parametrize(
    ("left", "threshold"),
    [(15, None), (14, 14), (8, 14), (7, 7), (4, 7), (3, 3), (2, 3), (1, 1), (0, 0), (-1, -1), (-400, -1)],
)
def test_threshold_reached_last_counts(left, threshold):
    assert due_threshold(left, STEPS) == threshold


def test_thresholds_are_the_setting_of_the_installation():
    assert thresholds() == STEPS
    Setting.objects.create(key="reminder_days", value=[2, -3])
    assert thresholds() == [2, -3]


def test_each_threshold_tells_once_before_on_and_after(round_):
    day = due()
    for left in (20, 14, 14, 7, 3, 1, 0, 0, -1, -9):
        send_reminders(today=day - timedelta(days=left))
    assert [words.split(": ")[1] for words in told(round_, "chi")] == [
        "còn 14 ngày",
        "còn 7 ngày",
        "còn 3 ngày",
        "còn 1 ngày",
        "hôm nay là hạn cuối",
        "quá hạn 1 ngày",
    ]


def test_after_an_outage_only_the_last_threshold_is_told(round_):
    send_reminders(today=due() - timedelta(days=2))
    assert [words.split(": ")[1] for words in told(round_, "chi")] == ["còn 2 ngày"]


def test_moved_milestone_is_told_anew(round_):
    day = due()
    send_reminders(today=day - timedelta(days=7))
    Milestone.objects.filter(step="self_review").update(due_on=day + timedelta(days=3), edition=2)
    send_reminders(today=day - timedelta(days=4))
    assert len(told(round_, "chi")) == 2


def test_who_has_done_his_part_is_told_no_more(round_):
    Review.objects.filter(person=round_.people["chi"]).update(state="finished")
    send_reminders(today=due())
    assert told(round_, "chi") == []
    assert len(told(round_, "em")) == 1


def test_recipients_are_those_who_hold_the_next_step(round_):
    """A rating before the appraisal waits for its officer, one before the body for its confirmer alone."""
    Review.objects.update(state="finished")
    ratings = Rating.objects.filter(person=round_.people["chi"])
    ratings.update(state="appraisal")
    send_reminders(today=due("appraisal"))
    assert any("hôm nay" in words for words in told(round_, "tu"))
    ratings.update(state="decision")
    send_reminders(today=due("decision"))
    assert any("hôm nay" in words for words in told(round_, "minh"))
    assert told(round_, "chi") == told(round_, "em") == told(round_, "quan") == []


def test_locked_account_and_closed_cycle_are_left_alone(round_):
    round_.users["chi"].is_active = False
    round_.users["chi"].save()
    send_reminders(today=due())
    assert told(round_, "chi") == []
    Message.objects.all().delete()
    Cycle.objects.update(state="closed")
    assert send_reminders(today=due()) == 0


def test_command_says_what_was_new(round_, capsys):
    call_command("send_reminders")
    first = capsys.readouterr().out
    call_command("send_reminders")
    assert int(first.split()[0]) == Message.objects.count() > 3
    assert capsys.readouterr().out.startswith("0 messages")
    assert timezone.localdate() < due()
