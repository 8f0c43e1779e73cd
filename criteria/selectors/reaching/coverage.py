"""Coverage: whether every reviewed collective and every post has a framework of its own for a cycle (CV 1823-CV/TU, 3).

A framework counts where the one function of `framework_choice` says that it applies and it is concrete: of the body, of
one above it, or made for the position, job or collective. The general framework of the province, which every cycle must
have, is what is to be made concrete: who has only that is shown apart and counts as lacking. Positions and jobs are
counted beside each other: what covers the one says nothing about the other.

Everything is read in a fixed number of queries, posts grouped by the database; the rest happens in memory.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from criteria.models import Cycle, Framework
from criteria.selectors.frameworks.framework_choice import in_force
from criteria.selectors.plain_tree import PlainTree, PlainUnit
from criteria.selectors.reaching.coverage_choice import (
    COLLECTIVE,
    CONCRETE,
    GENERAL,
    JOB,
    KINDS,
    NONE,
    POSITION,
    Resolver,
)
from orgs.models import Appointment, Collective, Job, Position

WHOLE = 100


@dataclass(frozen=True)
class Count:
    """Of how many things of a kind how many are covered."""

    covered: int = 0
    total: int = 0

    @property
    def percent(self) -> int | None:
        """The share, rounded down so that 100 means all; None where there is nothing to cover."""
        return self.covered * WHOLE // self.total if self.total else None

    @property
    def tone(self) -> str:
        """Ok when all are covered, warn from one half on, bad below, quiet where there is nothing to cover."""
        if self.percent is None:
            return "quiet"
        return "ok" if self.covered == self.total else "warn" if self.percent * 2 >= WHOLE else "bad"


@dataclass(frozen=True)
class Tally:
    """Collectives, positions and jobs, each by themselves; `whole` is all three."""

    collective: Count
    position: Count
    job: Count

    @property
    def whole(self) -> Count:
        """All three kinds together."""
        kinds = (self.collective, self.position, self.job)
        return Count(sum(row.covered for row in kinds), sum(row.total for row in kinds))


class Lack(NamedTuple):
    """One collective or post without a concrete framework: of what unit, what it is; `grade` GENERAL or NONE."""

    unit: PlainUnit
    kind: str
    name: str
    grade: int

    @property
    def has_general(self) -> bool:
        """Whether at least the general framework of the province applies."""
        return self.grade == GENERAL


@dataclass(frozen=True)
class CoverageRow:
    """A unit at its depth, with what stands in it and below it; `has_below` when one can go further down."""

    unit: PlainUnit
    depth: int
    tally: Tally
    has_below: bool


class CoverageBook:
    """The coverage of a cycle on a day; `within` are the ids of the units that count, None for all."""

    def __init__(self, cycle: Cycle, *, within: Iterable[int] | None = None) -> None:
        self.day = day_of(cycle)
        self.tree = PlainTree()
        self._within = self._scope(cycle, within)
        self._resolve = Resolver(frameworks_of(cycle, self.day), self.tree)
        self._names: dict[str, dict[int, str]] = {}
        self._own: dict[int, list[int]] = {}
        self._lacking: dict[int, list[tuple[str, int, int]]] = {}
        self._read_collectives()
        self._read_posts()
        self._sums = self._summed()

    def rows(self, focus: PlainUnit | None, depth: int = 1) -> list[CoverageRow]:
        """The unit and what stands below it down to `depth`; the topmost units of the scope without a `focus`."""
        found: list[CoverageRow] = []
        queue = [(pk, 0) for pk in reversed([focus.pk] if focus else self.roots)]
        while queue:
            pk, level = queue.pop()
            if (sums := self._sums.get(pk)) and sums[1] + sums[3] + sums[5]:
                below = [child for child in self.tree.children.get(pk, ()) if child in self._sums]
                filled = [child for child in below if any(self._sums[child])]
                found.append(CoverageRow(self.tree.units[pk], level, _tally(sums), bool(filled)))
                if level < depth:
                    queue.extend((child, level + 1) for child in reversed(below))
        return found

    def total(self, focus: PlainUnit | None = None) -> Tally:
        """Of `focus` with all below it, or of the whole scope."""
        sums = [self._sums[pk] for pk in ([focus.pk] if focus else self.roots) if pk in self._sums]
        return _tally([sum(column) for column in zip(*sums, strict=True)] or [0] * 6)

    def lacking(self, focus: PlainUnit | None = None, kind: str = "") -> list[Lack]:
        """What lacks a concrete framework in `focus` and below, in the order of the tree; of one `kind` or of all."""
        return [
            Lack(self.tree.units[pk], found, self._names[found][about], grade)
            for pk in self._in_order([focus.pk] if focus else self.roots)
            for found, about, grade in sorted(self._lacking.get(pk, ()), key=self._place)
            if kind in ("", found)
        ]

    @property
    def roots(self) -> list[int]:
        """The topmost units of the scope."""
        scope = self._within
        if scope is None:
            return self.tree.children.get(None, [])
        return [pk for pk, unit in self.tree.units.items() if pk in scope and unit.parent_id not in scope]

    def _place(self, lack: tuple[str, int, int]) -> tuple[int, str]:
        return KINDS.index(lack[0]), self._names[lack[0]][lack[1]]

    def _scope(self, cycle: Cycle, within: Iterable[int] | None) -> set[int] | None:
        narrowed = list(cycle.units.without_tree_fields().values_list("pk", flat=True))
        scope = self.tree.subtree(narrowed) if narrowed else None
        if within is None:
            return scope
        return set(within) if scope is None else scope & set(within)

    @property
    def is_whole(self) -> bool:
        """Whether every unit counts here."""
        return self._within is None

    def holds(self, unit_id: int) -> bool:
        """Whether the unit counts here."""
        return self._within is None or unit_id in self._within

    def _read_collectives(self) -> None:
        rows = Collective.objects.current(self.day).filter(is_reviewed=True).order_by()
        names = self._names.setdefault(COLLECTIVE, {})
        for pk, name, unit_id in rows.values_list("pk", "name", "unit_id"):
            if self.holds(unit_id):
                names[pk] = name
                self._note(unit_id, COLLECTIVE, pk, self._resolve.collective(pk, unit_id))

    def _read_posts(self) -> None:
        """Each pair of unit and position, and of unit and job, once; the worst of the levels of who holds it."""
        positions = {row.pk: row for row in Position.objects.order_by()}
        jobs = {row.pk: row for row in Job.objects.order_by()}
        self._names |= {POSITION: {pk: row.name for pk, row in positions.items()}}
        self._names |= {JOB: {pk: row.name for pk, row in jobs.items()}}
        worst: dict[tuple[int, str, int], int] = {}
        for unit_id, position_id, job_id, level in posts_on(self.day):
            if not self.holds(unit_id):
                continue
            for kind, pk, known in ((POSITION, position_id, positions), (JOB, job_id, jobs)):
                if pk is not None and worst.get((unit_id, kind, pk), CONCRETE) < NONE:
                    grade = self._resolve.post(kind, known[pk], unit_id, level)
                    worst[unit_id, kind, pk] = max(grade, worst.get((unit_id, kind, pk), CONCRETE))
        for (unit_id, kind, pk), grade in worst.items():
            self._note(unit_id, kind, pk, grade)

    def _note(self, unit_id: int, kind: str, pk: int, grade: int) -> None:
        counts = self._own.setdefault(unit_id, [0] * 6)
        place = KINDS.index(kind) * 2
        counts[place + 1] += 1
        if grade == CONCRETE:
            counts[place] += 1
        else:
            self._lacking.setdefault(unit_id, []).append((kind, pk, grade))

    def _summed(self) -> dict[int, list[int]]:
        """The counts of each unit of the scope together with all below it."""
        ordered = list(self._in_order(self.roots))
        sums = {pk: list(self._own.get(pk, [0] * 6)) for pk in ordered}
        for pk in reversed(ordered):
            parent = self.tree.units[pk].parent_id
            if parent in sums:
                sums[parent] = [above + own for above, own in zip(sums[parent], sums[pk], strict=True)]
        return sums

    def _in_order(self, roots: Iterable[int]) -> Iterator[int]:
        queue = list(reversed(list(roots)))
        while queue:
            pk = queue.pop()
            if self.holds(pk):
                yield pk
            queue.extend(reversed(self.tree.children.get(pk, ())))


def day_of(cycle: Cycle) -> date:
    """The day on which the coverage of `cycle` is looked at: today, of a closed one the day of its end."""
    return timezone.localdate(cycle.closed_at) if cycle.closed_at else timezone.localdate()


def frameworks_of(cycle: Cycle, day: date) -> list[Framework]:
    """What is in force for the cycle: issued under its regulation and not superseded, and whatever it has frozen."""
    rows = Framework.objects.filter(Q(state="issued", regulation=cycle.regulation_id) | Q(uses__cycle=cycle))
    read = rows.distinct().select_related("issuer", "managing_authority").prefetch_related("covers").order_by("pk")
    used = set(cycle.frameworks.values_list("framework_id", flat=True))
    found = list(read.defer("legal_basis"))
    standing = {row.pk for row in in_force(found, day)}
    return [row for row in found if row.pk in standing or row.pk in used]


def posts_on(day: date) -> QuerySet:
    """(unit, position, job, level of management) of everybody in post on the day, each once: one GROUP BY."""
    present = Q(person__ended_on__isnull=True) | Q(person__ended_on__gt=day)
    rows = Appointment.objects.current(day).filter(present, unit__isnull=False).order_by()
    return rows.values_list("unit_id", "position_id", "job_id", "person__managing_authority_id").distinct()


def _tally(sums: list[int]) -> Tally:
    return Tally(Count(*sums[0:2]), Count(*sums[2:4]), Count(*sums[4:6]))
