"""By which regulation a rating is judged: the cycle's own, or on the State side the one that applies to the subject."""

from collections.abc import Iterable

from criteria.models import Cycle
from criteria.models import Regulation as RegulationRow
from criteria.regulation import Regulation
from criteria.selectors.rules.regulations import choose_row, parsed
from orgs.models import RatingKind
from reviews.models import PeerGroup, Rating

STATE = "state"


class LawBook:
    """The regulations of one cycle, by kind of rating and subject; each is looked for once."""

    def __init__(self, cycle: Cycle) -> None:
        self.cycle = cycle
        self.own = law_of(cycle)
        self._rows: dict[str, RegulationRow | None] = {}

    def row_for(self, kind: str, subject_kind: str) -> RegulationRow | None:
        """The State-side regulation of such a rating; None where the regulation of the cycle speaks, or none does."""
        if kind != RatingKind.STATE or self.own.side == STATE:
            return None
        if subject_kind not in self._rows:
            self._rows[subject_kind] = choose_row(STATE, subject_kind, self.cycle.period_kind, self.cycle.period_end_on)
        return self._rows[subject_kind]

    def law_for(self, kind: str, subject_kind: str) -> Regulation | None:
        """The text by which such a rating is judged; None where no regulation has it, so that nobody is rated."""
        row = self.row_for(kind, subject_kind)
        law = parsed(row).at(self.cycle.period_end_on) if row else self.own
        return law if law.rates(kind, subject_kind) else None


def law_of(cycle: Cycle) -> Regulation:
    """The regulation of a cycle as it stands at the end of its period."""
    return parsed(cycle.regulation).at(cycle.period_end_on)


def law_of_rating(rating: Rating) -> Regulation:
    """The regulation by which a rating is judged, as it stands at the end of the period."""
    return _law(rating)


def laws_of(ratings: Iterable[Rating]) -> dict[int, Regulation]:
    """The regulation of each of these ratings, by rating id, in one query."""
    rows = list(ratings)
    others = RegulationRow.objects.in_bulk({row.regulation_id for row in rows if row.regulation_id})
    return {
        row.pk: parsed(others.get(row.regulation_id) or row.cycle.regulation).at(row.cycle.period_end_on)
        for row in rows
    }


def law_of_group(group: PeerGroup) -> Regulation:
    """The regulation whose quota binds a peer group."""
    return _law(group)


def _law(row: Rating | PeerGroup) -> Regulation:
    return parsed(row.regulation or row.cycle.regulation).at(row.cycle.period_end_on)
