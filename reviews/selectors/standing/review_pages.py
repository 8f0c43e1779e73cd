"""What the page of one review shows besides its text: venues, the chain of grades, who holds the pen next."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from criteria.selectors.rounds.milestones import MilestoneBook
from orgs.models import Membership, User
from orgs.selectors.history import HistoryRow, register_words
from reviews.models import Rating, Review, Venue
from reviews.selectors.grading import ratings as rating_rows
from reviews.selectors.grading.side_by_side import RELATED, RatingLine, in_order


def _(text: str) -> str:
    return text


WORDS = {
    "review.section_saved": _("Wrote in a section"),
    "review.tasks_stated": _("Stated the numbers of tasks"),
}


@dataclass(frozen=True)
class NextVenue:
    """Where the review is heard next, by when, and who leads there."""

    venue: Venue
    due_on: date | None
    heads: tuple[str, ...]


def venues_of(review: Review) -> list[Venue]:
    """The venues in their order."""
    return list(review.venues.select_related("collective").order_by("order"))


def rating_lines(review: Review, user: User) -> list[RatingLine]:
    """Every rating that follows from the review, in the order in which they are shown; two queries."""
    rows = Rating.objects.filter(review=review).select_related(*RELATED)
    seen = set(rating_rows.visible_to(user).filter(review=review).values_list("pk", flat=True))
    return in_order(RatingLine(row, row.pk in seen) for row in rows)


def next_venues(review: Review, book: MilestoneBook, on: date) -> list[NextVenue]:
    """The venues that still have to hear the review, in order, with those who lead them."""
    waiting = [venue for venue in venues_of(review) if venue.heard_at is None]
    seats = (
        Membership.objects.current(on)
        .filter(collective__in=[venue.collective_id for venue in waiting], part="head")
        .select_related("person")
    )
    heads: dict[int, list[str]] = {}
    for seat in seats:
        heads.setdefault(seat.collective_id, []).append(seat.person.full_name)
    due_on = book.due_on("meeting", review.unit)
    return [NextVenue(venue, due_on, tuple(heads.get(venue.collective_id, ()))) for venue in waiting]


def last_return(review: Review, rows: list[HistoryRow]) -> HistoryRow | None:
    """Who returned the review last and why, while it is with its author again; from its history, newest first."""
    if review.state != "self_review" or review.submitted_at is None:
        return None
    label = gettext(review.workflow.transition("meeting", "return").label)
    return next((row for row in rows if row.what == label), None)


def merged(rows: list[HistoryRow]) -> list[HistoryRow]:
    """The history with the same act of the same person in a row told once, as of its latest time."""
    found: list[HistoryRow] = []
    for row in rows:
        if not found or (row.who, row.what, row.note) != (found[-1].who, found[-1].what, found[-1].note):
            found.append(row)
    return found


def register() -> None:
    """Give the acts of writing their words in the history; called from `AppConfig.ready`."""
    register_words(WORDS)
