"""How a review and a rating end without a result: each with its ground, none left behind."""

from django.db.models import F
from django.utils.translation import gettext as _

from orgs import access
from orgs.models import User
from orgs.services.transitions import advance, register_consequence
from reviews.models import Rating, Review
from reviews.selectors import gates
from reviews.workflow import RATING


def when_closed(review: Review, *, actor: User, note: str, document_ref: str, **data: object) -> None:
    """A closed review takes its ratings with it: no rating without a finished review (Điều 11 QĐ 124-QĐ/TW)."""
    ground = _("The review was closed without result: %(reason)s (%(document)s).") % {
        "reason": note.strip(),
        "document": document_ref.strip(),
    }
    end_ratings(review=review, ground=ground, actor=actor)


def end_ratings(*, review: Review, ground: str, actor: User) -> tuple[list[Rating], list[Rating]]:
    """Give the open ratings of `review` the `ground` and end them; answers (ended, left to another body's officer).

    A rating that is already with the appraising or deciding body goes on: its review was finished.
    """
    ended, left = [], []
    for rating in Rating.objects.select_for_update().filter(review=review).order_by("id"):
        if RATING.transition(rating.state, "exempt"):
            (ended if end_rating(rating=rating, ground=ground, actor=actor) else left).append(rating)
    return ended, left


def end_rating(*, rating: Rating, ground: str, actor: User) -> bool:
    """Give one open, locked rating its `ground` and end it; False where only another body's officer may do so."""
    Rating.objects.filter(pk=rating.pk).update(not_rated_ground=ground, version=F("version") + 1)
    move = RATING.transition(rating.state, "exempt")
    if not access.roles_on(actor, rating) & move.by:
        return False
    advance(rating, "exempt", actor=actor, version=None, note=ground)
    return True


def when_exempted(rating: Rating, *, actor: User, note: str, document_ref: str, **data: object) -> None:
    """Keep on the rating the ground by which it ended: the regulation's reason and clause, and the document."""
    if not rating.not_rated_ground:
        rating.not_rated_ground = gates.ground_of(rating)
        rating.save(update_fields=["not_rated_ground"])


def register() -> None:
    """Let closing and exempting have their consequences; called from `AppConfig.ready`."""
    register_consequence("review.close", when_closed)
    register_consequence("rating.exempt", when_exempted)
