"""Where the round stands for one person: seven steps with their dates."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from criteria.selectors.rounds.milestones import MilestoneBook
from orgs.models import Unit
from reviews.models import Rating, Review

STEPS = (
    ("plan", gettext_lazy("Plan")),
    ("self_review", gettext_lazy("Self-review")),
    ("meeting", gettext_lazy("Meeting")),
    ("proposal", gettext_lazy("Proposal")),
    ("appraisal", gettext_lazy("Appraisal")),
    ("decision", gettext_lazy("Decision")),
    ("notice", gettext_lazy("Result published")),
)
NAMES = [name for name, _label in STEPS]
STEP_OF_REVIEW = {
    "self_review": "self_review",
    "postponed": "self_review",
    "meeting": "meeting",
    "finishing": "meeting",
}
ENDED = len(STEPS)


@dataclass(frozen=True)
class StepRow:
    """One step as templates/includes/steps.html draws it; `state` is done, now, late or next."""

    label: str
    state: str
    note: str = ""


def steps_for(
    book: MilestoneBook, unit: Unit | None, review: Review | None = None, rating: Rating | None = None
) -> list[StepRow]:
    """The seven steps of a review and its rating; without a review, where the calendar stands for the unit."""
    today = timezone.localdate()
    dates = [book.due_on(name, unit) for name in NAMES]
    here = _place_of(review, rating) if review else _place_by_date(dates, today)
    return [_row(number, here, dates[number], str(label)) for number, (_name, label) in enumerate(STEPS)]


def _row(number: int, here: int, due_on: object, label: str) -> StepRow:
    if number < here:
        return StepRow(label, "done")
    if number > here:
        return StepRow(label, "next", f"{due_on:%d/%m}" if due_on else "")
    left = (due_on - timezone.localdate()).days if due_on else None
    if left is not None and left < 0:
        words = ngettext("%(count)s day overdue", "%(count)s days overdue", -left) % {"count": -left}
        return StepRow(label, "late", words)
    return StepRow(label, "now", _left(left))


def _left(days: int | None) -> str:
    if days is None:
        return ""
    return _("today") if days == 0 else ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}


def _place_of(review: Review, rating: Rating | None) -> int:
    if review.state in STEP_OF_REVIEW:
        return NAMES.index(STEP_OF_REVIEW[review.state])
    if rating is None or rating.is_final:
        return ENDED
    if rating.state in NAMES:
        return NAMES.index(rating.state)
    return NAMES.index("proposal" if rating.state == "postponed" else "notice")


def _place_by_date(dates: list[object], today: object) -> int:
    return next((number for number, day in enumerate(dates) if number and day and day >= today), ENDED)
