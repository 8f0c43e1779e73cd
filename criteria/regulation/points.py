"""How a regulation counts points: common items and their marks, the ways to the points of results, the rounding."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from criteria.regulation.parts import Authority
from criteria.regulation.rule_reader import Binding, read_authority
from criteria.regulation.table import Table
from criteria.regulation.vocabulary import MARKS, POINT_GROUPS, ROUNDINGS, SHARES, WAYS


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """One common item, its greatest points, and the subjects that are marked on it."""

    key: str
    label: str
    points: int
    subjects: frozenset[str]


@dataclass(frozen=True, slots=True)
class Marking:
    """What each mark is worth, in percent of the item's points."""

    marks: Mapping[str, int]
    authority: Authority


@dataclass(frozen=True, slots=True)
class ResultsWay:
    """How the points of results come about for some subjects: the mean of these shares, or the sum of the axes."""

    key: str
    way: str
    shares: tuple[str, ...]
    subjects: frozenset[str]
    label: str
    authority: Authority


@dataclass(frozen=True, slots=True)
class Deduction:
    """What each failed check or delay without a confirmed cause takes of a product, in percent."""

    percent: int
    authority: Authority


@dataclass(frozen=True, slots=True)
class PointRounding:
    """How many decimals the total keeps and how the rest is dropped; applied once, at the end."""

    places: int
    mode: str
    authority: Authority


@dataclass(frozen=True, slots=True)
class Counting:
    """Everything about points; without maxima the regulation counts none."""

    maxima: Mapping[str, int] = field(default_factory=dict)
    items: tuple[ScoredItem, ...] = ()
    marking: Marking | None = None
    ways: tuple[ResultsWay, ...] = ()
    rounding: PointRounding | None = None
    deduction: Deduction | None = None

    def items_of(self, subject: str) -> dict[str, ScoredItem]:
        """The common items on which this kind of subject is marked, by key."""
        return {item.key: item for item in self.items if subject in item.subjects}

    def way_of(self, subject: str) -> ResultsWay | None:
        """How the points of results of this kind of subject are counted; None where only the points are stated."""
        return next((way for way in self.ways if subject in way.subjects), None)


def read_counting(table: Table, binding: Binding) -> Counting:
    """The tables [points], [[common_items]] and [[results_ways]]; an empty counting where no points are counted."""
    if not table.has("points"):
        return Counting()
    points = table.table("points")
    counting = Counting(
        maxima=_read_maxima(points),
        items=table.rows("common_items", lambda row: _read_item(row, binding)),
        marking=_read_marking(points.table("marking")) if points.has("marking") else None,
        ways=table.rows("results_ways", lambda row: _read_way(row, binding)),
        rounding=_read_rounding(points.table("rounding")) if points.has("rounding") else None,
        deduction=_read_deduction(points.table("deduction")) if points.has("deduction") else None,
    )
    points.finish()
    _refuse_loose_items(table, counting, binding)
    return counting


def _read_maxima(points: Table) -> dict[str, int]:
    maxima = {key: points.integer(key, 1, 100) for key in POINT_GROUPS}
    if sum(maxima.values()) != 100:
        points.refuse("common", "and results must sum to 100")
    return maxima


def _read_marking(table: Table) -> Marking:
    worth = table.table("percents")
    read = {mark: worth.optional_integer(mark, 0, 100) for mark in MARKS}
    marks = {mark: percent for mark, percent in read.items() if percent is not None}
    worth.finish()
    marking = Marking(marks, read_authority(table))
    table.finish()
    return marking


def _read_rounding(table: Table) -> PointRounding:
    rounding = PointRounding(table.integer("places", 0, 6), table.choice("mode", ROUNDINGS), read_authority(table))
    table.finish()
    return rounding


def _read_deduction(table: Table) -> Deduction:
    deduction = Deduction(table.integer("percent", 1, 100), read_authority(table))
    table.finish()
    return deduction


def _read_item(table: Table, binding: Binding) -> ScoredItem:
    key, label, points = table.text("key"), table.text("label"), table.integer("points", 1, 100)
    return ScoredItem(key, label, points, binding.read(table)[1])


def _read_way(table: Table, binding: Binding) -> ResultsWay:
    way = table.choice("way", WAYS)
    shares = table.choices("shares", SHARES, ())
    if bool(shares) is not (way == "shares"):
        table.refuse("shares", "are named where the way is shares, and only there")
    return ResultsWay(
        table.text("key"), way, shares, binding.read(table)[1], table.text("label"), read_authority(table)
    )


def _refuse_loose_items(table: Table, counting: Counting, binding: Binding) -> None:
    if counting.items and counting.marking is None:
        table.refuse("common_items", "need [points.marking], which says what a mark is worth")
    for subject in binding.subjects:
        most = sum(item.points for item in counting.items_of(subject).values())
        if most not in (0, counting.maxima["common"]):
            table.refuse("common_items", f"give {subject} {most} points, must sum to {counting.maxima['common']}")
