"""Name a shortcoming in a self-review, a meeting or a decision: each where its own paper is the document behind it."""

from django.db import transaction
from django.utils.translation import gettext as _

from orgs import access
from orgs.guards import reason_of_own
from orgs.models import Forbidden, User
from registrations.models import Origin, Shortcoming
from registrations.services.remedies.naming import NamedIn, Plan, name_shortcoming
from reviews.models import AgendaItem, ConclusionLine, Rating, Review
from reviews.workflow import APPRAISING, PEN, VENUE

# A subject names its own once its text was heard; before that it is a draft.
HEARD = ("finishing", "finished")
IN_SESSION = ("open", "closed")


def reason_against_review(review: Review, user: User) -> str:
    """Why `user` names none in this self-review; empty where he does: its author, after the meeting."""
    if not access.roles_on(user, review, among=PEN):
        return _("Only the author names shortcomings in the own review.")
    return "" if review.state in HEARD else _("Shortcomings of the own review are named after its meeting.")


def reason_against_meeting(item: AgendaItem, user: User) -> str:
    """Why `user` names none at this item of the agenda; empty for who keeps the meeting, not in his own case."""
    if not access.roles_on(user, item.meeting, among=VENUE):
        return _("Only who keeps the meeting names what it found.")
    if item.meeting.state not in IN_SESSION or not item.is_heard:
        return _("What the meeting found is named once the review was heard.")
    return reason_of_own(item.review.person_id, user)


def reason_against_decision(rating: Rating, user: User) -> str:
    """Why `user` names none from the decision on this rating; empty for the officer, once it was decided."""
    if not access.roles_on(user, rating, among=APPRAISING):
        return _("Only the officer of the appraising body names what the decision found.")
    if decision_on(rating) is None:
        return _("Nothing is decided yet.")
    return reason_of_own(rating.person_id, user)


def decision_on(rating: Rating) -> ConclusionLine | None:
    """The decision in force on a rating."""
    return rating.decisions.filter(is_in_force=True).select_related("conclusion__collective").first()


@transaction.atomic
def name_in_review(*, review: Review, text: str, plan: Plan, actor: User) -> Shortcoming:
    """The subject names a shortcoming of its own; the finished self-review is the document."""
    _refuse(reason_against_review(review, actor))
    named_in = NamedIn(Origin.REVIEW, "reviews.Review", str(review.uuid), f"Bản tự kiểm điểm {review.code}")
    day = (review.finished_at or review.submitted_at).date()
    return name_shortcoming(
        subject=review.person or review.collective,
        text=text,
        named_in=named_in,
        document=named_in.title,
        document_on=day,
        actor=actor,
        cycle=review.cycle,
        plan=plan,
    )


@transaction.atomic
def name_in_meeting(*, item: AgendaItem, text: str, plan: Plan, actor: User) -> Shortcoming:
    """The meeting names a shortcoming; its minutes are the document."""
    _refuse(reason_against_meeting(item, actor))
    meeting, review = item.meeting, item.review
    title = f"Biên bản hội nghị kiểm điểm của {meeting.collective}, ngày {meeting.held_on:%d/%m/%Y}"
    return name_shortcoming(
        subject=review.person or review.collective,
        text=text,
        named_in=NamedIn(Origin.MEETING, "reviews.AgendaItem", str(item.uuid), title),
        document=title[:300],
        document_on=meeting.held_on,
        actor=actor,
        cycle=review.cycle,
        plan=plan,
    )


@transaction.atomic
def name_in_decision(*, rating: Rating, text: str, plan: Plan, actor: User) -> Shortcoming:
    """The decision on a grade names a shortcoming; the conclusion of the body is the document."""
    _refuse(reason_against_decision(rating, actor))
    conclusion = decision_on(rating).conclusion
    return name_shortcoming(
        subject=rating.person or rating.collective or rating.organisation,
        text=text,
        named_in=NamedIn(Origin.DECISION, "reviews.Rating", str(rating.uuid), f"{conclusion.number}"),
        document=conclusion.number,
        document_on=conclusion.concluded_on,
        actor=actor,
        cycle=rating.cycle,
        plan=plan,
    )


def _refuse(reason: str) -> None:
    if reason:
        raise Forbidden(reason)
