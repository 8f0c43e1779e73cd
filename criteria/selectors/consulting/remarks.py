"""Remarks as the asking body reads them: by clause, in numbers, and as the strip of each clause."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from criteria.models import Clause, Consultation, Remark, RemarkKind
from criteria.selectors.consulting import consultations
from orgs.models import User

REPLIED = "replied"
STRIP_WIDTH = 120
HEATS = 4


@dataclass(frozen=True)
class Band:
    """One piece of a strip: the kind of remark, from where it begins and how wide it is, in units of the drawing."""

    kind: str
    start: int
    width: int


@dataclass(frozen=True)
class ClauseHeat:
    """One clause in numbers: remarks by kind, those that ask for something (`total` without keep), strip and heat.

    `heat` is 0 for a clause that nobody touched, up to 4 for the most remarked one.
    """

    clause: Clause
    keep: int
    amend: int
    add: int
    drop: int
    heat: int
    bands: tuple[Band, ...]
    place: int

    @property
    def total(self) -> int:
        """Remarks that ask for a change."""
        return self.amend + self.add + self.drop

    @property
    def x(self) -> int:
        """Where the cell of the clause begins in the strip of the whole text."""
        return self.place * 14


def sent_remarks(consultation: Consultation) -> QuerySet[Remark]:
    """The remarks of answers that were sent; those of a reply under preparation belong to the body alone."""
    # An addressee remarks on clauses of his own consultation only: one join less over every remark.
    return Remark.objects.filter(addressee__consultation=consultation, addressee__state=REPLIED)


def heats_of(consultation: Consultation) -> list[ClauseHeat]:
    """Every clause with its numbers, in the order of reading; two queries, whatever the number of remarks."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    rows = sent_remarks(consultation).order_by().values_list("clause", "kind").annotate(found=Count("pk"))
    for clause, kind, found in rows:
        counts[clause][kind] = found
    clauses = list(consultations.clauses_of(consultation))
    asking = {row.pk: sum(n for kind, n in counts[row.pk].items() if kind != RemarkKind.KEEP) for row in clauses}
    most, widest = max(asking.values(), default=0), max((c.total() for c in counts.values()), default=0)
    places: Counter[int] = Counter()
    found = []
    for clause in clauses:
        numbers = counts[clause.pk]
        found.append(
            ClauseHeat(
                clause=clause,
                **{kind: numbers[kind] for kind in RemarkKind.values},
                heat=_heat(asking[clause.pk], most),
                bands=bands_of(numbers, widest),
                place=places[clause.text_id],
            )
        )
        places[clause.text_id] += 1
    return found


def bands_of(numbers: Counter[str], widest: int) -> tuple[Band, ...]:
    """The strip of a clause, so wide as its remarks are to those of the most remarked one; whole units that add up."""
    bands, before = [], 0
    for kind in (RemarkKind.AMEND, RemarkKind.ADD, RemarkKind.DROP, RemarkKind.KEEP):
        after = before + numbers[kind]
        start, end = (place * STRIP_WIDTH // widest if widest else 0 for place in (before, after))
        if end > start:
            bands.append(Band(str(kind.value), start, end - start))
        before = after
    return tuple(bands)


def _heat(number: int, most: int) -> int:
    return -(-number * HEATS // most) if most else 0


def of_clause(clause: Clause, *, kind: str = "") -> QuerySet[Remark]:
    """The sent remarks on one clause, by the name of who made them."""
    rows = Remark.objects.filter(clause=clause, addressee__state=REPLIED)
    rows = rows.select_related("addressee__unit", "addressee__person")
    rows = rows.filter(kind=kind) if kind in RemarkKind.values else rows
    return rows.order_by("addressee__unit__sort_key", "addressee__person__sort_key", "id")


def clauses_asked_by(user: User) -> QuerySet[Clause]:
    """The clauses of the consultations that `user` asks."""
    rows = Clause.objects.select_related("text__consultation__issuer")
    return rows.filter(text__consultation__in=consultations.asked_by(user).values("pk"))
