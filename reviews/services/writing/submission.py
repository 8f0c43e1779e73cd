"""Submit a self-review, and what follows from it."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from orgs.models import RatingKind, User
from orgs.services.transitions import advance, register_consequence
from reviews.models import Rating, Review, SectionNote
from reviews.selectors.writing import answers, deadlines
from reviews.selectors.writing.forms import form_of
from reviews.services.writing.snapshots import SUBMITTED, take_snapshot

MAIN_KINDS = (RatingKind.CADRE, RatingKind.COLLECTIVE, RatingKind.PARTY_MEMBER)


def submit(*, review: Review, actor: User, version: int) -> Review:
    """Hand the review over to the meeting; raises `Blocked` with every reason while something is missing."""
    return advance(review, "submit", actor=actor, version=version)


@transaction.atomic
def copy_own_grades(*, review: Review) -> None:
    """Carry the grades that the text asks for over to the review and its ratings; after submitting and finishing.

    The form asks civil servants for one grade as cadre (02A, 02B, section VII.1): it is their own grade on the State
    side too, unless the form asks for that apart.
    """
    grades = answers.own_grades(form_of(review), answers.whole_text(review))
    grades.setdefault(RatingKind.STATE, grades.get(RatingKind.CADRE, ""))
    for rating in Rating.objects.select_for_update().filter(review=review).order_by("id"):
        Rating.objects.filter(pk=rating.pk).update(self_grade=grades.get(rating.kind, ""), version=F("version") + 1)
    review.self_grade = next((grades[kind] for kind in MAIN_KINDS if grades.get(kind)), "")
    review.self_state_grade = grades[RatingKind.STATE]
    review.save(update_fields=["self_grade", "self_state_grade"])


def when_submitted(review: Review, *, actor: User, note: str, document_ref: str) -> None:
    """Freeze the text, note the moment and whether the first submission was late, copy grades, settle return notes."""
    now = timezone.now()
    if review.submitted_at is None:
        review.is_late = _was_due_before(review)
    review.submitted_at = now
    review.save(update_fields=["submitted_at", "is_late"])
    copy_own_grades(review=review)
    take_snapshot(review=review, kind=SUBMITTED, actor=actor)
    SectionNote.objects.filter(review=review, source="return", answered_at=None).update(answered_at=now)


def _was_due_before(review: Review) -> bool:
    due_on = deadlines.due_on(review, "self_review")
    return due_on is not None and timezone.localdate() > due_on


def register() -> None:
    """Let submitting have its consequences; called from `AppConfig.ready`."""
    register_consequence("review.submit", when_submitted)
