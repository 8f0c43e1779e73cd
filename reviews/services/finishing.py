"""Finishing after the meeting: what was concluded is answered, the final text is frozen."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access
from orgs.models import Forbidden, Refusal, Stale, User
from reviews.models import Review, SectionNote
from reviews.services.snapshots import take_snapshot
from reviews.services.submission import copy_own_grades

FINISHED = "finished"


@transaction.atomic
def answer_note(*, note: SectionNote, answer: str, actor: User) -> SectionNote:
    """Say how a conclusion of the meeting was taken up; the pen of `finish` is needed."""
    review = Review.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=note.review_id)
    if review.state != "finishing":
        raise Stale(_("The review is now in the state “%s”.") % _(review.state_row.label))
    if not access.roles_on(actor, review, fresh=True) & review.workflow.transition("finishing", "finish").by:
        raise Forbidden(_("Only the author of the review answers."))
    if not answer.strip():
        raise Refusal(_("Write how the conclusion was taken up."), field=f"note-{note.uuid}")
    note.answer, note.answered_at = answer, timezone.now()
    note.save(update_fields=["answer", "answered_at"])
    return note


def after_finish(review: Review, *, actor: User, note: str = "", document_ref: str = "") -> None:
    """Consequence of `finish`: the final text is kept, its grades go to the ratings."""
    review.finished_at = timezone.now()
    review.save(update_fields=["finished_at"])
    copy_own_grades(review=review)
    take_snapshot(review=review, kind=FINISHED, actor=actor)
