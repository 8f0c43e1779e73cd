"""What follows a move of a rating or a conclusion, in its transaction."""

from orgs.services.transitions import register_consequence, register_prelude
from reviews.services import announcements
from reviews.services.grading import conclusions, decisions, quotas
from reviews.services.meeting import explanations, meetings, prompt_lists
from reviews.services.writing import finishing


def register() -> None:
    """Register under the names of the moves; called from `AppConfig.ready`."""
    register_consequence("prompt.issue", announcements.tell_prompted)
    register_consequence("prompt.return", announcements.tell_explanation_returned)
    register_consequence("prompt.send", explanations.send_explanation)
    register_consequence("prompt_list.confirm", prompt_lists.issue_prompts)
    register_consequence("prompt_list.withdraw", prompt_lists.withdraw_decision)
    register_consequence("review.conclude", meetings.after_conclude)
    register_consequence("review.return", meetings.after_return)
    register_consequence("review.finish", finishing.after_finish)
    register_consequence("meeting.close", meetings.after_close)
    register_consequence("rating.decide", decisions.freeze_decision)
    register_consequence("rating.revoke", decisions.reopen_decision)
    register_consequence("rating.regrade", decisions.reopen_decision)
    register_consequence("rating.return", decisions.leave_decision)
    register_consequence("rating.postpone", decisions.leave_decision)
    for move in ("rating.return", "rating.postpone"):
        register_prelude(move, quotas.lock_ledger_of)
    register_consequence("conclusion.confirm", conclusions.issue_decisions)
