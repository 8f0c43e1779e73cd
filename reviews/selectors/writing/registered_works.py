"""The hard and new work that the subject of a review registered for its year, with its verified outcome."""

from dataclasses import dataclass

from orgs.models import User
from registrations.models import Work
from registrations.selectors.catalogue import verified
from registrations.selectors.works import works
from reviews.models import Review


@dataclass(frozen=True)
class RegisteredWork:
    """One work; `is_open_to_me` says whether the reader may open its page."""

    row: Work
    is_open_to_me: bool


def registered_works(review: Review, user: User) -> tuple[RegisteredWork, ...]:
    """The works in the catalogue of the subject and year, as readers of the review see them; two queries, or one."""
    people = [review.person_id] if review.person_id else []
    collectives = [] if review.person_id else [review.collective_id]
    rows = list(verified.works_of(people, collectives, review.cycle.period_end_on.year))
    shown = [row.pk for row in rows]
    mine = set(works.visible_to(user).filter(pk__in=shown).values_list("pk", flat=True)) if shown else set()
    return tuple(RegisteredWork(row, row.pk in mine) for row in rows)
