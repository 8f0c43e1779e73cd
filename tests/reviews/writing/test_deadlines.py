"""Until when a review may be written: the milestone of its step, on the clock of Vietnam."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from criteria.models import Milestone
from reviews.models import Review
from reviews.selectors.writing.deadlines import deadline_of, due_on

DAY = date(2024, 11, 18)
# 18/11/2024 ends in Vietnam (UTC+7) at 17:00 UTC.
END = datetime(2024, 11, 18, 17, 0, tzinfo=UTC)


@pytest.fixture
def closing(round_of):
    Milestone.objects.filter(step="self_review").update(due_on=DAY, is_closing=True)
    Review.objects.update(state_since=END - timedelta(days=20))
    round_of.an.refresh_from_db()
    return round_of


@pytest.mark.parametrize(("moment", "is_over"), [(END - timedelta(seconds=1), False), (END, True)])
def test_the_last_day_ends_at_midnight_in_vietnam(closing, moment, is_over):
    found = deadline_of(closing.an, now=moment)
    assert (found.due_on, found.is_over, bool(found.reason)) == (DAY, is_over, is_over)


def test_the_reason_names_the_day(closing):
    assert deadline_of(closing.an, now=END).reason == "Bước này đã khóa từ cuối ngày 18/11/2024."


def test_a_milestone_that_does_not_close_only_marks(closing):
    Milestone.objects.update(is_closing=False)
    found = deadline_of(closing.an, now=END + timedelta(days=3))
    assert found.is_over
    assert found.reason == ""


@pytest.mark.parametrize(
    ("entered", "is_closed"), [(END - timedelta(seconds=1), True), (END, False), (END + timedelta(days=2), False)]
)
def test_a_step_entered_again_after_the_closing_day_is_open(closing, entered, is_closed):
    closing.an.state_since = entered
    assert bool(deadline_of(closing.an, now=END + timedelta(days=5)).reason) is is_closed


def test_each_step_has_its_own_milestone(closing):
    closing.an.state = "finishing"
    assert deadline_of(closing.an).due_on == timezone.localdate() + timedelta(days=20)
    assert not deadline_of(closing.an).is_over


def test_a_step_without_a_date_is_never_over(closing):
    Milestone.objects.filter(step="self_review").delete()
    found = deadline_of(closing.an)
    assert (found.due_on, found.is_over, found.reason) == (None, False, "")


def test_a_step_that_has_no_deadline_has_none(closing):
    closing.an.state = "postponed"
    assert deadline_of(closing.an).due_on is None


def test_the_own_unit_has_its_own_date(closing):
    plan = closing.cycle.plan
    Milestone.objects.create(plan=plan, step="self_review", due_on=DAY + timedelta(days=2), unit=closing.an.unit)
    assert deadline_of(closing.an).due_on == DAY + timedelta(days=2)
    assert deadline_of(closing.em).due_on == DAY


def test_due_on_answers_for_any_step(closing):
    assert due_on(closing.an, "meeting") == timezone.localdate() + timedelta(days=12)
    assert due_on(closing.an, "notice") is None
