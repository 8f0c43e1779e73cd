"""Shortcomings that were named of a subject before this round, with which its review opens; and those named in it."""

from dataclasses import dataclass

from orgs.models import User
from registrations.models import Shortcoming
from registrations.selectors.remedies import remedies
from reviews.models import Review


@dataclass(frozen=True)
class NamedRow:
    """One shortcoming; `is_open_to_me` says whether the reader may open its page."""

    row: Shortcoming
    is_open_to_me: bool


@dataclass(frozen=True)
class Named:
    """What stood before the round and is not closed yet, and what the round named itself."""

    before: tuple[NamedRow, ...]
    here: tuple[NamedRow, ...]

    @property
    def mended(self) -> int:
        """How many of those from before are verified as mended."""
        return sum(named.row.remedied_on is not None for named in self.before)


def named_of(review: Review, user: User) -> Named:
    """Both lists of one review, as its readers see them; two queries, one where nothing was named."""
    subject = {"person": review.person_id} if review.person_id else {"collective": review.collective_id}
    rows = list(remedies.of_subject(subject))
    before = [
        row
        for row in rows
        if row.cycle_id != review.cycle_id
        and row.state in remedies.STANDING
        and row.document_on <= review.cycle.period_end_on
    ]
    here = [row for row in rows if row.cycle_id == review.cycle_id]
    shown = [row.pk for row in (*before, *here)]
    mine = set(remedies.visible_to(user).filter(pk__in=shown).values_list("pk", flat=True)) if shown else set()
    return Named(*(tuple(NamedRow(row, row.pk in mine) for row in part) for part in (before, here)))
