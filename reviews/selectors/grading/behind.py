"""What stands behind the facts of a rating: rows of the register with their documents, and running remarks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orgs.models import User
from registrations.models import Discipline, Finding, RunningRemark, Shortcoming
from registrations.selectors.register import remarks
from reviews.models import Rating
from reviews.selectors.grading.facts import registered_for


@dataclass(frozen=True)
class Behind:
    """Decisions and conclusions with whom they concern, shortcomings named before, remarks of the period."""

    concerning: tuple[tuple[Discipline | Finding, str], ...] = ()
    shortcomings: tuple[Shortcoming, ...] = ()
    remarks: tuple[RunningRemark, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there."""
        return not (self.concerning or self.shortcomings or self.remarks)


def behind(rating: Rating, facts: Mapping[str, Any], user: User, *, is_inside: bool) -> Behind:
    """As the reader may see it; rows about others than the subject only with `is_inside`. The register is asked again
    only where its facts say that something stands there.
    """
    named = any(facts.get(key) for key in ("discipline", "findings", "shortcomings"))
    concerning, shortcomings = registered_for(rating) if named else ([], [])
    return Behind(
        tuple((row, whom) for row, whom in concerning if is_inside or whom == "self"),
        tuple(row for row in shortcomings if not row.is_none),
        _remarks(rating, user),
    )


def _remarks(rating: Rating, user: User) -> tuple[RunningRemark, ...]:
    if not (rating.person_id or rating.collective_id):
        return ()
    subject = {"person": rating.person_id} if rating.person_id else {"collective": rating.collective_id}
    within = (rating.cycle.period_start_on, rating.cycle.period_end_on)
    rows = remarks.visible_to(user).filter(**subject, made_on__range=within, withdrawn_at=None)
    return tuple(rows.select_related("author__person"))
