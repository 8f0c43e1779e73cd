"""Readers of the blocks of facts: counts, discipline, findings, point sheets, quarters. Contradictions are refused."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from criteria.rating.facts import (
    FINDINGS,
    FORMS_OF_DISCIPLINE,
    FOUND_WITH,
    WHOM,
    Axis,
    CommonItem,
    Discipline,
    Finding,
    Points,
    Product,
    Sheet,
    Shortcomings,
    Work,
)
from criteria.rating.readers import Reader, decimal, fields, flag, many, share, text, whole, word
from criteria.rating.refusals import FactsRefused
from criteria.regulation.vocabulary import GRADES, MARKS, SHARES

GRADED: dict[str, Reader] = {"total": whole, "completed_or_better": whole, "good_or_better": whole}
COLLECTIVE_TASKS: dict[str, Reader] = {"assigned": whole, "done": whole, "force_majeure": flag}
TASKS: dict[str, Reader] = {
    **COLLECTIVE_TASKS,
    "on_time": whole,
    "beyond": whole,
    "quality_met": flag,
    "main_targets_missed": flag,
    "undone_objective": whole,
    "late_objective": whole,
}
UNITS_LED: dict[str, Reader] = {**TASKS, **GRADED}
# (smaller, larger): the first can never exceed the second; where done is not stated, what was assigned is the limit.
CHAINS = (
    ("done", "assigned"),
    ("on_time", "done"),
    ("beyond", "done"),
    ("on_time", "assigned"),
    ("beyond", "assigned"),
    ("completed_or_better", "total"),
    ("good_or_better", "completed_or_better"),
    ("good_or_better", "total"),
    ("remedied", "named"),
)
# (part, whole, already counted): the part cannot exceed what is left of the whole.
REMAINDERS = (("undone_objective", "assigned", "done"), ("late_objective", "done", "on_time"))
QUARTER = re.compile(r"[0-9]{4}-Q[1-4]")


def work(readers: Mapping[str, Reader]) -> Reader:
    """Reader of a block of counts with these keys."""

    def read(value: object) -> Work:
        found = fields(value, readers)
        _refuse_contradictions(found)
        return Work(**found)

    return read


def _refuse_contradictions(found: Mapping[str, Any]) -> None:
    for smaller, larger in CHAINS:
        if smaller in found and larger in found and found[smaller] > found[larger]:
            raise FactsRefused(smaller, f"is {found[smaller]}, more than {larger} ({found[larger]})")
    for part, base, counted in REMAINDERS:
        if part in found and base in found and found[part] > found[base] - found.get(counted, 0):
            raise FactsRefused(part, f"is {found[part]}, more than {base} less {counted}")


def levels(groups: tuple[str, ...], words: tuple[str, ...]) -> Reader:
    """Reader of the levels by group of criteria."""
    read_group = many(word(words))
    return lambda value: fields(value, dict.fromkeys(groups, read_group))


def discipline(value: object) -> Discipline:
    """One row of discipline; whom it concerns must be said."""
    readers = {
        "violation": text,
        "unit": text,
        "whom": word(WHOM),
        "form": word(FORMS_OF_DISCIPLINE),
        "self_detected": flag,
        "remedied": flag,
    }
    return Discipline(**fields(value, readers, ("whom",)))


def finding(value: object) -> Finding:
    """One row of findings; its kind and whom it concerns must be said."""
    readers = {"kind": word(FINDINGS), "whom": word(FOUND_WITH), "self_detected": flag, "remedied": flag}
    return Finding(**fields(value, readers, ("kind", "whom")))


def shortcomings(value: object) -> Shortcomings:
    """Shortcomings named and remedied."""
    found = fields(value, {"named": whole, "remedied": whole})
    _refuse_contradictions(found)
    return Shortcomings(**found)


def points(value: object) -> Points:
    """Points of the groups."""
    exact = fields(value, {"common": decimal, "results": decimal})
    return Points(**{group: Fraction(points) for group, points in exact.items()})


def sheet(value: object) -> Sheet:
    """A point sheet; keys stand once, axis points stay within their weight, weights sum to 100."""
    readers = {
        "common_items": many(_common_item),
        "shares": lambda block: fields(block, dict.fromkeys(SHARES, share)),
        "axes": many(_axis),
        "products": many(_product),
    }
    found = Sheet(**fields(value, readers))
    _refuse_twins("common_items", [item.key for item in found.common_items])
    _refuse_twins("axes", [axis.key for axis in found.axes])
    _refuse_twins("products", [product.key for product in found.products])
    if found.axes and sum(Fraction(axis.weight) for axis in found.axes) != 100:
        raise FactsRefused("axes", "have weights that do not sum to 100")
    return found


def _common_item(value: object) -> CommonItem:
    return CommonItem(**fields(value, {"key": text, "mark": word(MARKS)}, ("key", "mark")))


def _axis(value: object) -> Axis:
    axis = Axis(**fields(value, {"key": text, "weight": decimal, "points": decimal}, ("key", "weight", "points")))
    if axis.points > axis.weight:
        raise FactsRefused("points", f"are above the weight {axis.weight}")
    return axis


def _product(value: object) -> Product:
    counts = dict.fromkeys(("failed_checks", "failed_objective", "delays", "delays_objective"), whole)
    found = fields(value, {"key": text, "done": flag, **counts}, ("key", "done"))
    for smaller, larger in (("failed_objective", "failed_checks"), ("delays_objective", "delays")):
        if found.get(smaller, 0) > found.get(larger, 0):
            raise FactsRefused(smaller, f"is {found[smaller]}, more than {larger} ({found.get(larger, 0)})")
    return Product(**found)


def _refuse_twins(name: str, keys: list[str]) -> None:
    for place, key in enumerate(keys):
        if key in keys[:place]:
            raise FactsRefused(f"{name}[{place}].key", f"is {key!r}, which stands above already")


def quarters(value: object) -> dict[str, str | None]:
    """Grades by quarter; null is a quarter that is not rated yet."""
    if not isinstance(value, dict):
        raise FactsRefused("", "must be an object")
    for key in value:
        if not QUARTER.fullmatch(str(key)):
            raise FactsRefused(str(key), "must be a quarter such as 2026-Q1")
    return fields(value, dict.fromkeys(value, _quarter_grade))


def _quarter_grade(value: object) -> str | None:
    grade: str | None = None if value is None else word(GRADES)(value)
    return grade
