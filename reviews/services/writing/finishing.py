"""Finishing after the meeting: what was concluded is answered, the final text is frozen."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orgs import access
from orgs.models import Forbidden, Refusal, Stale, User
from orgs.services import audit
from reviews.models import Review, SectionNote
from reviews.services.writing.snapshots import take_snapshot
from reviews.services.writing.submission import copy_own_grades
from reviews.workflow import PEN

FINISHED = "finished"


@dataclass(frozen=True)
class Answered:
    """An answer as it was typed, and the one that stood there when the page was opened."""

    text: str
    seen: str


@transaction.atomic
def answer_notes(*, review: Review, answers: Mapping[str, Answered], actor: User) -> list[SectionNote]:
    """Say how conclusions of the meeting were taken up, by uuid of the note; what stays empty waits.

    The pen of `finish` is needed. An answer that somebody changed since `seen` was read is refused, with all others.
    """
    row = Review.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=review.pk)
    _refuse_pen(row, actor)
    notes = SectionNote.objects.filter(review=row, source="meeting", uuid__in=answers)
    changed = []
    for note in notes:
        given = answers[str(note.uuid)]
        if given.text.strip() == note.answer:
            continue
        if note.answer != given.seen:
            raise Stale(_("Somebody else has changed an answer since you opened the page."))
        note.answer = given.text.strip()
        note.answered_at = timezone.now() if note.answer else None
        note.save(update_fields=["answer", "answered_at"])
        changed.append(note)
    if changed:
        _record(row, changed, actor)
    return changed


@transaction.atomic
def answer_note(*, note: SectionNote, answer: str, actor: User) -> SectionNote:
    """Answer one conclusion, whatever stood there."""
    if not answer.strip():
        raise Refusal(_("Write how the conclusion was taken up."), field=f"note-{note.uuid}")
    answer_notes(review=note.review, answers={str(note.uuid): Answered(answer, note.answer)}, actor=actor)
    note.refresh_from_db()
    return note


def _refuse_pen(review: Review, actor: User) -> None:
    if review.state != "finishing":
        raise Stale(_("The review is now in the state “%s”.") % _(review.state_row.label))
    if not access.roles_on(actor, review, fresh=True) & review.workflow.transition("finishing", "finish").by:
        raise Forbidden(_("Only the author of the review answers."))


def _record(review: Review, notes: list[SectionNote], actor: User) -> None:
    audit.record_event(
        actor=actor,
        action="review.answer_conclusion",
        object_type=review._meta.label,
        object_id=str(review.uuid),
        chain=review.chain,
        by=PEN,
        facts={"notes": [str(note.uuid) for note in notes]},
        texts={f"answer_{place}": note.answer for place, note in enumerate(notes, start=1)},
    )


def after_finish(review: Review, *, actor: User, note: str = "", document_ref: str = "") -> None:
    """Consequence of `finish`: the final text is kept, its grades go to the ratings."""
    review.finished_at = timezone.now()
    review.save(update_fields=["finished_at"])
    copy_own_grades(review=review)
    take_snapshot(review=review, kind=FINISHED, actor=actor)
