"""What may stand in the way of putting out a consultation, and of a reply."""

from django.utils.translation import gettext as _

from criteria.models import Addressee, Consultation
from criteria.selectors.consulting import addressees, consultations
from orgs.guards import register_guard
from orgs.models import User


def consultation_is_complete(consultation: Consultation, user: User) -> str:
    """Everything that is missing, in one answer."""
    return " ".join(consultations.what_is_missing(consultation))


def answers_are_taken(addressee: Addressee, user: User) -> str:
    """Until the synthesis is closed; late answers are marked, not refused."""
    return addressees.reason_against_answers(addressee.consultation)


def reply_has_a_head(addressee: Addressee, user: User) -> str:
    """A cadre who was asked himself has nobody to hand the answer to."""
    return "" if addressee.unit_id else _("You were asked in person: send the answer yourself.")


def sender_leads(addressee: Addressee, user: User) -> str:
    """Whoever was named to prepare the answer of a body does not send it."""
    held = addressees.answering_roles(user, addressee)
    return "" if addressees.leads(held, addressee) else _("The head of the body sends its answer.")


def reply_says_something(addressee: Addressee, user: User) -> str:
    """Each remark complete, or agreed without remarks."""
    return " ".join(addressees.what_is_missing(addressee))


def register() -> None:
    """Register the guards; called from `AppConfig.ready`."""
    for guard in (consultation_is_complete, answers_are_taken, reply_has_a_head, sender_leads, reply_says_something):
        register_guard(guard.__name__, guard)
