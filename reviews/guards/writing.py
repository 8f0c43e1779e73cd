"""Before a self-review is submitted: everything required is answered, and a closing day has not passed."""

from orgs.guards import register_guard
from orgs.models import User
from reviews.models import Review
from reviews.selectors.writing import answers, deadlines


def every_item_answered(review: Review, user: User) -> str:
    """Names the sections with gaps."""
    return answers.missing_words(answers.missing_items(review))


def not_past_closing_milestone(review: Review, user: User) -> str:
    """A milestone marks lateness; only a closing one refuses."""
    return deadlines.deadline_of(review).reason


def register() -> None:
    """Make both guards known; called from `AppConfig.ready`."""
    register_guard("every_item_answered", every_item_answered)
    register_guard("not_past_closing_milestone", not_past_closing_milestone)
