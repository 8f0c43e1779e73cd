"""Until when a review may be written: the milestone of its present step."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.selectors.rounds.milestones import MilestoneBook
from reviews.models import Review


@dataclass(frozen=True)
class Deadline:
    """The last day of a step for one review; `is_over` when that day has ended on the clock of Vietnam."""

    due_on: date | None
    is_over: bool
    is_closing: bool

    @property
    def reason(self) -> str:
        """Why nothing can be written or submitted any more; empty while it can."""
        if not (self.is_over and self.is_closing):
            return ""
        return _("This step was closed at the end of %(day)s.") % {"day": f"{self.due_on:%d/%m/%Y}"}


def deadline_of(review: Review, book: MilestoneBook | None = None, *, now: datetime | None = None) -> Deadline:
    """The deadline of the step in which `review` is, as of `now`. A book of milestones read before saves the queries.

    A closing day does not bind a review that was sent back or resumed after it: the superior who did that has opened
    the step again, and a review that nobody may write could never end.
    """
    step = review.state_row.due
    if not step:
        return Deadline(None, is_over=False, is_closing=False)
    book = book or MilestoneBook(review.cycle)
    due_on = book.due_on(step, review.unit)
    if due_on is None:
        return Deadline(None, is_over=False, is_closing=False)
    return Deadline(
        due_on,
        is_over=timezone.localdate(now) > due_on,
        is_closing=book.is_closing(step, review.unit) and timezone.localdate(review.state_since) <= due_on,
    )


def due_on(review: Review, step: str) -> date | None:
    """The last day of any step of the round for this review's unit."""
    return MilestoneBook(review.cycle).due_on(step, review.unit)
