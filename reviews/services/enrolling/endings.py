"""How a review and a rating end without a result: each with its ground, none left behind."""

from django.db.models import F
from django.utils.translation import gettext as _

from orgs.models import User
from orgs.services.transitions import advance, register_consequence
from reviews.models import Rating, Review
from reviews.selectors.enrolling import gates
from reviews.services import announcements
from reviews.workflow import RATING


def when_closed(review: Review, *, actor: User, note: str, document_ref: str, **data: object) -> None:
    """A closed review takes its ratings with it: no rating without a finished review (Điều 11 QĐ 124-QĐ/TW)."""
    ground = _("The review was closed without result: %(reason)s (%(document)s).") % {
        "reason": note.strip(),
        "document": document_ref.strip(),
    }
    end_ratings(review=review, ground=ground, actor=actor)


def end_ratings(*, review: Review, ground: str, actor: User) -> list[Rating]:
    """Give every open rating of `review` the `ground` and end it, whichever body appraises it; answers which.

    A rating that is already with the appraising or deciding body goes on: its review was finished.
    """
    rows = Rating.objects.select_for_update(of=("self",)).select_related("review").filter(review=review).order_by("id")
    ended = [rating for rating in rows if RATING.transition(rating.state, "exempt")]
    for rating in ended:
        end_rating(rating=rating, ground=ground, actor=actor, follows="review.close")
    return ended


def end_rating(*, rating: Rating, ground: str, actor: User, follows: str) -> None:
    """Give one open, locked rating its `ground` and end it as the consequence of the act `follows`.

    No body has anything to decide here: the rule ends the rating, so the act reaches those of other bodies too, and
    their officers are told.
    """
    Rating.objects.filter(pk=rating.pk).update(not_rated_ground=ground, version=F("version") + 1)
    moved = advance(rating, "exempt", actor=actor, version=None, note=ground, follows=follows)
    announcements.tell_ended(moved, ground, actor)


def when_exempted(rating: Rating, *, actor: User, note: str, document_ref: str, **data: object) -> None:
    """Keep on the rating the ground by which it ended: the regulation's reason and clause, and the document."""
    if not rating.not_rated_ground:
        rating.not_rated_ground = gates.ground_of(rating)
        rating.save(update_fields=["not_rated_ground"])


def register() -> None:
    """Let closing and exempting have their consequences; called from `AppConfig.ready`."""
    register_consequence("review.close", when_closed)
    register_consequence("rating.exempt", when_exempted)
