"""The reviews that a person writes, read once for a page, with how far each one is."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from criteria.models import Cycle
from criteria.selectors.rounds.milestones import MilestoneBook
from orgs import access, roles
from orgs.access import Viewer
from orgs.models import RatingKind, User
from reviews.models import Rating, Review, SectionAnswer, SectionNote
from reviews.selectors.writing.answers import TICK, SectionView, views_of
from reviews.selectors.writing.deadlines import Deadline, deadline_of
from reviews.workflow import PEN

ORDER = (RatingKind.CADRE, RatingKind.COLLECTIVE, RatingKind.STATE, RatingKind.PARTY_MEMBER)


@dataclass(frozen=True)
class OwnReview:
    """A review with its ratings, its sections and its deadline, all from rows that were read for many at once."""

    review: Review
    ratings: tuple[Rating, ...]
    sections: tuple[SectionView, ...]
    deadline: Deadline
    is_returned: bool

    @property
    def done(self) -> int:
        """How many sections are finished."""
        return sum(section.mark == TICK for section in self.sections)

    @property
    def saved_at(self) -> datetime | None:
        """When anything was saved last."""
        return max((section.updated_at for section in self.sections if section.updated_at), default=None)

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen: closed without result, or every rating filed away."""
        is_over = self.review.state == "closed" or (self.review.state == "finished" and bool(self.ratings))
        return is_over and all(rating.is_final for rating in self.ratings)

    @property
    def main_rating(self) -> Rating | None:
        """The rating that leads: as cadre, of the collective, on the State side, as Party member."""
        return min(self.ratings, key=lambda rating: ORDER.index(rating.kind), default=None)


class OwnBook:
    """The own reviews of one user in the cycles that are not closed, and the dates of those cycles.

    `own` in four queries; `milestones` of a cycle in three more, once.
    """

    def __init__(self, viewer: Viewer) -> None:
        self._books: dict[int, MilestoneBook] = {}
        self.own = self._read(viewer)

    def milestones(self, cycle: Cycle) -> MilestoneBook:
        """The dates of a cycle."""
        if cycle.pk not in self._books:
            self._books[cycle.pk] = MilestoneBook(cycle)
        return self._books[cycle.pk]

    def _read(self, viewer: Viewer) -> tuple[OwnReview, ...]:
        rows = list(_rows(viewer))
        ratings: dict[int, list[Rating]] = {row.pk: [] for row in rows}
        answers: dict[int, dict[str, SectionAnswer]] = {row.pk: {} for row in rows}
        if rows:
            for rating in Rating.objects.filter(review__in=rows).defer("facts", "suggestion"):
                ratings[rating.review_id].append(rating)
            for answer in SectionAnswer.objects.filter(review__in=rows):
                answers[answer.review_id][answer.section_key] = answer
        return tuple(self._own(row, ratings[row.pk], answers[row.pk]) for row in rows)

    def _own(self, row: Review, ratings: list[Rating], answers: dict[str, SectionAnswer]) -> OwnReview:
        kinds = frozenset(rating.kind for rating in ratings)
        return OwnReview(
            review=row,
            ratings=tuple(ratings),
            sections=tuple(views_of(row, answers, kinds)),
            deadline=deadline_of(row, self.milestones(row.cycle)),
            is_returned=row.is_returned,
        )


def own_book(user: User) -> OwnBook:
    """The book of `user`, read once for each request."""
    if not hasattr(user, "_own_book"):
        user._own_book = OwnBook(access.viewer_of(user))
    return user._own_book


def written_by(viewer: Viewer) -> Q:
    """The reviews that `viewer` writes: the own one, and the reports of the collectives whose author one is."""
    total = access.NOTHING
    for role in PEN:
        rows = access.reach_of("reviews.Review", role, viewer)
        total = total if rows is None else total | rows
    return total


def writes(viewer: Viewer, review: Review) -> bool:
    """Whether `viewer` holds the pen of this very review, as `written_by` has it; no query."""
    is_mine = review.person_id is not None and review.person_id == viewer.person_id
    return is_mine or review.collective_id in viewer.collectives_of(roles.AUTHOR)


def _rows(viewer: Viewer) -> QuerySet[Review]:
    notes = SectionNote.objects.filter(review=OuterRef("pk"), source="return", answered_at=None)
    return (
        Review.objects.filter(written_by(viewer), cycle__closed_at=None)
        .annotate(is_returned=Exists(notes))
        .select_related("cycle__plan", "unit", "collective", "person")
        .order_by("-cycle__period_end_on", F("collective_id").asc(nulls_first=True), "id")
    )
