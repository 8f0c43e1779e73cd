"""Nobody is judge in his own case."""

from orgs.guards import reason_of_own, register_guard
from orgs.models import User
from reviews.models import Prompt, Rating, Review


def nobody_judges_himself(document: Review | Rating | Prompt, user: User) -> str:
    """Postponing, returning, closing, revoking and the like are for others than the subject (and his stand-in)."""
    subject = document.review if isinstance(document, Prompt) else document
    return reason_of_own(subject.person_id, user)


def register() -> None:
    """Register under the name of the workflow rows; called from `AppConfig.ready`."""
    register_guard("nobody_judges_himself", nobody_judges_himself)
