"""What may stand in the way of submitting what came out of a consultation, and of ending it."""

from django.utils.translation import gettext as _

from criteria.models import Consultation
from criteria.selectors.consulting import synthesis
from orgs.guards import register_guard
from orgs.models import User


def every_remark_is_answered(consultation: Consultation, user: User) -> str:
    """No remark goes up without an answer; the first clause that waits is named."""
    clause = synthesis.next_open(consultation)
    if clause is None:
        return ""
    return _("Not every remark has an answer yet; the first that waits is on “%(clause)s”.") % {"clause": clause}


def submission_is_addressed(consultation: Consultation, user: User) -> str:
    """A submission goes to somebody."""
    return "" if consultation.submitted_to.strip() else _("Say to whom the result is submitted.")


def submission_is_numbered(consultation: Consultation, user: User) -> str:
    """What was submitted is found again by its number and day."""
    if consultation.submission_number.strip() and consultation.submitted_on:
        return ""
    return _("The submission has no number or no date yet.")


def register() -> None:
    """Register the guards; called from `AppConfig.ready`."""
    for guard in (every_remark_is_answered, submission_is_addressed, submission_is_numbered):
        register_guard(guard.__name__, guard)
