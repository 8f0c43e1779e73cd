"""What is written in the items of a form: the flat dict of each kind, its spelling, and what is wrong or open.

text {"text"} · level {"level"} · grade_choice {"grade"} · attestation {"attested": "yes"}
points {"points": "27.5"}; by axes {"1.weight": "40", "1.points": "36"}; by shares {"d.points": "95"} (percent)
checklist {"1.1": "ensured", "1.1.note": "..."} · signs {"S1": "none"} or {"S1": "yes", "S1.note": "..."}
tasks {"1.task": "...", "1.due": "2026-09-30", "1.points": "12.5"}, rows numbered from 1
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from criteria.regulation.form import Item, TaskColumn
from criteria.regulation.parsing import canonical_of, decimal_of, is_readable
from criteria.regulation.vocabulary import GRADES, LEVELS

SINGLE = {"text": "text", "level": "level", "grade_choice": "grade", "attestation": "attested"}
CHOICES = {"level": LEVELS, "grade_choice": GRADES, "attestation": ("yes",)}
SIGN_ANSWERS = ("none", "yes")
TASK_NAME = re.compile(r"([1-9][0-9]{0,2})\.([a-z_]+)")
MOST_TASKS = 200
# Of the faults and causes of a product, which may not be more than which.
AT_MOST = {"failed_objective": "failed_checks", "delays_objective": "delays"}
Value = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong or open at one place of an item.

    `name` is the name in the answer ("" for the whole item), `row` the number or key of the row and `label` what the
    row or column is called; `reason` is one of unreadable_decimal, unreadable_whole, unreadable_day, above, weights,
    no_weight, above_other, no_task (wrong), open, no_mark, no_answer, no_note, no_points (still open); `limit` the
    figure that goes with it.
    """

    reason: str
    name: str = ""
    row: str = ""
    label: str = ""
    limit: str = ""


OPEN = frozenset({"open", "no_mark", "no_answer", "no_note", "no_points"})


def holds_of(item: Item, name: str) -> str | None:
    """What the place `name` of an answer holds: text, choice, decimal, whole, day; None where it is no place of it."""
    if item.kind in SINGLE:
        return ("choice" if item.kind in CHOICES else "text") if name == SINGLE[item.kind] else None
    if item.kind == "tasks":
        found = TASK_NAME.fullmatch(name)
        column = _column(item, found[2]) if found else None
        return column.holds if column else None
    if item.kind == "points":
        return "decimal" if name in _point_names(item) else None
    if item.row(name):
        return "choice"
    return "text" if name.endswith(".note") and item.row(name.removesuffix(".note")) else None


def options_of(item: Item, name: str) -> tuple[str, ...]:
    """The codes that the place `name` may hold, where it holds a choice."""
    if item.kind in CHOICES:
        return CHOICES[item.kind]
    if item.kind == "checklist":
        return tuple(mark.key for mark in item.marks)
    return SIGN_ANSWERS if item.kind == "signs" else tuple(row.key for row in item.rows)


def canonical(item: Item, value: Value) -> dict[str, str]:
    """The answer as it is kept: nothing empty, numbers and days canonical where they can be read, tasks from 1 on."""
    kept = {name: canonical_of(text, holds_of(item, name) or "text") for name, text in value.items() if text.strip()}
    if item.kind != "tasks":
        return kept
    rows = sorted({int(name.partition(".")[0]) for name in kept})
    places = {str(row): str(place) for place, row in enumerate(rows, start=1)}
    named = {f"{places[row]}.{name}": text for (row, _, name), text in _split(kept)}
    return dict(sorted(named.items(), key=lambda pair: (int(pair[0].partition(".")[0]), _place(item, pair[0]))))


def _split(kept: Mapping[str, str]) -> Iterator[tuple[tuple[str, str, str], str]]:
    for name, text in kept.items():
        yield name.partition("."), text


def _place(item: Item, name: str) -> int:
    keys = [column.key for column in item.columns]
    return keys.index(name.partition(".")[2])


def has_answer(value: Value) -> bool:
    """Whether anything at all is written."""
    return any(str(text).strip() for text in value.values())


def task_rows(value: Value) -> list[int]:
    """The numbers of the tasks in an answer, in their order."""
    return sorted({int(name.partition(".")[0]) for name, text in value.items() if TASK_NAME.fullmatch(name) and text})


def problems(item: Item, value: Value, *, required: bool) -> tuple[Problem, ...]:
    """Everything wrong in the answer and, where it is required (or begun), everything still open; () when complete."""
    found = list(_unreadable(item, value))
    found += PROBLEMS[item.kind](item, value) if item.kind in PROBLEMS else _single(item, value)
    # A table that may be left alone is not asked for; one that is begun still may not contradict itself.
    return tuple(problem for problem in found if required or problem.reason not in OPEN)


def _unreadable(item: Item, value: Value) -> Iterator[Problem]:
    for name, text in value.items():
        holds = holds_of(item, name) or "text"
        if not is_readable(text, holds):
            row, label = _called(item, name)
            yield Problem(f"unreadable_{holds}", name, row, label)


def _called(item: Item, name: str) -> tuple[str, str]:
    key, _, below = name.rpartition(".")
    if item.kind == "tasks":
        column = _column(item, below)
        return key, column.label if column else ""
    row = item.row(key)
    return (row.key, row.label) if row else ("", "")


def _single(item: Item, value: Value) -> Iterable[Problem]:
    return () if value.get(SINGLE[item.kind], "").strip() else (Problem("open"),)


def _checklist(item: Item, value: Value) -> Iterator[Problem]:
    for row in item.rows:
        if not value.get(row.key):
            yield Problem("no_mark", row.key, row.key, row.label)


def _signs(item: Item, value: Value) -> Iterator[Problem]:
    for row in item.rows:
        answer = value.get(row.key)
        if not answer:
            yield Problem("no_answer", row.key, row.key, row.label)
        elif answer == "yes" and not value.get(f"{row.key}.note", "").strip():
            yield Problem("no_note", f"{row.key}.note", row.key, row.label)


def _points(item: Item, value: Value) -> Iterator[Problem]:
    if item.counts == "axes":
        yield from _axes(item, value)
        return
    most = item.maximum if item.counts == "total" else "100"
    for name in _point_names(item):
        row, label = _called(item, name)
        number = number_of(value.get(name, ""))
        if number is None and not value.get(name, "").strip():
            yield Problem("no_points", name, row, label)
        elif number is not None and number > Decimal(most):
            yield Problem("above", name, row, label, most)


def _axes(item: Item, value: Value) -> Iterator[Problem]:
    weights = Decimal(0)
    for row in item.rows:
        weight, points = number_of(value.get(f"{row.key}.weight", "")), value.get(f"{row.key}.points", "")
        weights += weight or 0
        reached = number_of(points)
        if weight and not points.strip():
            yield Problem("no_points", f"{row.key}.points", row.key, row.label)
        if not weight and points.strip():
            yield Problem("no_weight", f"{row.key}.weight", row.key, row.label)
        if weight and reached is not None and reached > weight:
            yield Problem("above", f"{row.key}.points", row.key, row.label, f"{weight.normalize():f}")
    if not has_answer(value):
        yield Problem("open")
    elif weights != 100:
        yield Problem("weights", limit=f"{weights.normalize():f}")


def _tasks(item: Item, value: Value) -> Iterator[Problem]:
    rows = task_rows(value)
    if not rows:
        yield Problem("open")
    for row in rows:
        if not value.get(f"{row}.task", "").strip():
            yield Problem("no_task", f"{row}.task", str(row))
        for name, other in AT_MOST.items():
            part, whole = number_of(value.get(f"{row}.{name}", "")), number_of(value.get(f"{row}.{other}", "")) or 0
            if part is not None and part > whole:
                yield Problem("above_other", f"{row}.{name}", str(row), _called(item, f"{row}.{name}")[1], str(whole))


PROBLEMS = {"checklist": _checklist, "signs": _signs, "points": _points, "tasks": _tasks}


def number_of(text: str) -> Decimal | None:
    """The decimal in a kept value; None where there is none or it cannot be read."""
    read = decimal_of(text)
    return None if read is None else Decimal(read)


def _point_names(item: Item) -> tuple[str, ...]:
    if item.counts == "total":
        return ("points",)
    names = ("weight", "points") if item.counts == "axes" else ("points",)
    return tuple(f"{row.key}.{name}" for row in item.rows for name in names)


def _column(item: Item, key: str) -> TaskColumn | None:
    return next((column for column in item.columns if column.key == key), None)
