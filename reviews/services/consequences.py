"""What follows a move of a rating or a conclusion, in its transaction."""

from orgs.services.transitions import register_consequence
from reviews.services import conclusions, decisions


def register() -> None:
    """Register under the names of the moves; called from `AppConfig.ready`."""
    register_consequence("rating.decide", decisions.freeze_decision)
    register_consequence("rating.revoke", decisions.reopen_decision)
    register_consequence("rating.regrade", decisions.reopen_decision)
    register_consequence("rating.return", decisions.leave_decision)
    register_consequence("rating.postpone", decisions.leave_decision)
    register_consequence("conclusion.confirm", conclusions.issue_decisions)
