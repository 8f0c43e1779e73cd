"""The compiled matrix: who was asked against the clauses, a page of each at a time, with the sums of all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from criteria.models import Addressee, Clause, Consultation, Remark, RemarkKind
from criteria.selectors.consulting.consultations import REPLIED
from criteria.selectors.consulting.remarks import ClauseHeat, heats_of
from orgs.models.names import fold

# As many bodies as a list shows, and as many clauses as a wide screen can be scrolled through.
ROWS, COLUMNS = 50, 40


@dataclass(frozen=True)
class Mark:
    """One remark in a cell: what it asks for and what became of it ("" while nobody answered)."""

    kind: str
    verdict: str

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return not self.verdict and self.kind != RemarkKind.KEEP


@dataclass(frozen=True)
class MatrixRow:
    """One who was asked: a cell for each clause of the part, in its order."""

    addressee: Addressee
    cells: tuple[tuple[Mark, ...], ...]


@dataclass(frozen=True)
class MatrixPart:
    """The clauses that stand on one page, with their sums; `number` from 1 to `parts`."""

    columns: tuple[ClauseHeat, ...]
    number: int
    parts: int

    @property
    def clauses(self) -> list[Clause]:
        """The clauses in order."""
        return [column.clause for column in self.columns]


def bodies(consultation: Consultation, *, status: str = "", text: str = "") -> QuerySet[Addressee]:
    """Those asked, by name: `status` answered (with remarks), agreed, late, silent, or empty for all."""
    rows = Addressee.objects.filter(consultation=consultation).select_related("unit", "person")
    replied = Q(state=REPLIED)
    wanted = {
        "answered": replied & Q(is_without_remarks=False),
        "agreed": replied & Q(is_without_remarks=True),
        "late": replied & Q(is_late=True),
        "silent": ~replied,
    }
    rows = rows.filter(wanted.get(status, Q()))
    if text.strip():
        rows = rows.filter(Q(unit__search__contains=fold(text)) | Q(person__search__contains=fold(text)))
    return rows.order_by(F("unit__sort_key").asc(nulls_last=True), "person__sort_key", "pk")


def part_of(consultation: Consultation, number: int) -> MatrixPart:
    """The clauses of the part `number` (the nearest there is) with their sums over everybody who answered."""
    heats = heats_of(consultation)
    parts = max(1, -(-len(heats) // COLUMNS))
    here = min(max(number, 1), parts)
    return MatrixPart(tuple(heats[(here - 1) * COLUMNS : here * COLUMNS]), here, parts)


def rows_of(addressees: Sequence[Addressee], part: MatrixPart) -> list[MatrixRow]:
    """The rows of one page, by one query whatever their number."""
    clauses = [clause.pk for clause in part.clauses]
    # By body alone: asked by clause as well, an engine may walk through every remark of every body.
    sent = Remark.objects.filter(addressee__in=[row.pk for row in addressees if row.state == REPLIED])
    cells: Mapping[tuple[int, int], list[Mark]] = defaultdict(list)
    found = sent.order_by("id").values_list("addressee_id", "clause_id", "kind", "answer__verdict")
    for addressee, clause, kind, verdict in found:
        cells[addressee, clause].append(Mark(kind, verdict or ""))
    return [MatrixRow(row, tuple(tuple(cells.get((row.pk, pk), ())) for pk in clauses)) for row in addressees]
