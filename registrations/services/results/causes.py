"""The superior says whether what made a result late was objective; nobody says it of his own."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from orgs.models import Forbidden, Refusal, User
from orgs.services.messages import Letter, tell
from registrations.models import YearResult
from registrations.selectors.results import results as selectors
from registrations.services.results.results import locked_row, record


@transaction.atomic
def answer_cause(
    *, row: YearResult, is_objective: bool, answer: str, version: int, actor: User, document: str = ""
) -> YearResult:
    """Confirm or decline an objective cause; declining needs words. An answer may be changed while the row stands.

    Refuses: who is not the superior, the own case, a row that names no cause.
    """
    locked = locked_row(row, version)
    if reason := selectors.reason_against_answering(actor, locked, fresh=True):
        raise Forbidden(reason)
    if not locked.cause:
        raise Refusal(_("No cause is named here: there is nothing to confirm."))
    if not is_objective and not answer.strip():
        raise Refusal(_("Say why the cause is not objective."), field="answer")
    locked.is_cause_objective, locked.cause_answer = is_objective, answer.strip()
    locked.cause_document, locked.cause_answered_at = document.strip(), timezone.now()
    locked.cause_answered_by, locked.version = actor, version + 1
    locked.save()
    record(locked, "result.confirm_cause" if is_objective else "result.decline_cause", actor, answer=answer)
    _tell(locked)
    return locked


def _tell(row: YearResult) -> None:
    url = reverse("registrations:result_detail", args=[row.uuid])
    letters = []
    for user in User.objects.filter(person__isnull=False, person=row.person_id, is_active=True):
        with override("vi"):
            words = _("Your objective cause was confirmed") if row.is_cause_objective else _("Your cause was declined")
        letters.append(Letter(user, words, f"result:{row.uuid}:{row.version}", url=url))
    tell(letters)
