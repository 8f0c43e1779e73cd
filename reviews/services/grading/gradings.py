"""The grades before the decision: proposed by the collective, cell or head; appraised by the organisation body."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from orgs import access
from orgs.guards import reason_of_own
from orgs.models import Forbidden, Refusal, Stale, User
from orgs.services import audit
from reviews.models import Grade, Rating

PROPOSAL, APPRAISAL = "proposal", "appraisal"
MOVE = {PROPOSAL: "propose", APPRAISAL: "appraise"}
FIELDS = {
    PROPOSAL: ("proposed_grade", "proposal_comment"),
    APPRAISAL: ("appraised_grade", "appraisal_comment"),
}


@dataclass(frozen=True)
class Opinion:
    """A grade and the comment that carries it."""

    grade: str
    comment: str
    given_on: date | None = None


@transaction.atomic
def write_grade(*, rating: Rating, step: str, opinion: Opinion, version: int, actor: User) -> Rating:
    """Write the grade and comment of `step` (proposal or appraisal) while the rating is there; the move comes after.

    Refuses: a stale version, a rating that is elsewhere, an actor without the pen, one's own rating, an unknown grade.
    """
    row = Rating.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=rating.pk)
    if row.version != version:
        raise Stale(_("Somebody else has changed this rating since you opened it."))
    if row.state != step:
        raise Stale(_("This rating is now in the state “%s”.") % _(row.state_row.label))
    held = access.roles_on(actor, row, fresh=True) & row.workflow.transition(step, MOVE[step]).by
    if not held:
        raise Forbidden(_("You do not hold the pen for this rating now."))
    if reason := reason_of_own(row.person_id, actor):
        raise Forbidden(reason)
    if opinion.grade not in Grade.values:
        raise Refusal(_("Choose one of the four grades."), field="grade")
    grade_field, comment_field = FIELDS[step]
    setattr(row, grade_field, opinion.grade)
    setattr(row, comment_field, opinion.comment)
    if step == PROPOSAL:
        row.proposed_on = opinion.given_on
    row.version += 1
    row.save(update_fields=[grade_field, comment_field, "proposed_on", "version"])
    audit.record_event(
        actor=actor,
        action=f"rating.write_{step}",
        object_type=row._meta.label,
        object_id=str(row.uuid),
        chain=row.chain,
        role=sorted(held)[0],
        by=row.workflow.transition(step, MOVE[step]).by,
        facts={"grade": opinion.grade},
        texts={"comment": opinion.comment},
    )
    return row
