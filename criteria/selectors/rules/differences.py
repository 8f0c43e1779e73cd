"""What one text of a regulation changes in another, in the words of a reader: part, row, value, from, to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from criteria.models import Regulation
from criteria.regulation import Regulation as Law
from criteria.regulation.difference import ADDED, CHANGED, REMOVED, Change, between, newest_text
from criteria.selectors.rules.law_words import PARTS, name_of, value_of
from criteria.selectors.rules.regulations import parsed

# What a derived text must differ in, and what the page says elsewhere.
OWN = ("key", "derived_from", "illustration")
ROWS = (
    "rules",
    "requires",
    "milestones",
    "common_items",
    "results_ways",
    "forms",
    "person_forms",
    "guidance",
    "groups",
)


@dataclass(frozen=True)
class ChangeLine:
    """One difference: the row and the value that it is about, what it was, what it is; empty texts where there is none.

    `anchor` is the place in the law browser, empty for a row that is gone or has none.
    """

    row: str
    name: str
    kind: str
    before: str
    after: str
    anchor: str = ""


@dataclass(frozen=True)
class ChangePart:
    """The differences of one part of the text."""

    title: str
    lines: tuple[ChangeLine, ...]


def from_parent(row: Regulation, parent: Regulation) -> tuple[ChangePart, ...]:
    """How the regulation differs from the one it was derived from, both in their newest text."""
    return _parts(newest_text(parsed(parent)), newest_text(parsed(row)))


def of_version(law: Law, place: int) -> tuple[ChangePart, ...]:
    """What the text of this place among the versions changes in the one before it."""
    return _parts(law.versions[place - 1].regulation.data, law.versions[place].regulation.data)


def _parts(below: Mapping[str, Any], above: Mapping[str, Any]) -> tuple[ChangePart, ...]:
    found: dict[str, list[ChangeLine]] = {}
    for change in between(below, above):
        if change.path[0] not in OWN:
            table = change.path[0] if change.path[0] in PARTS and change.path[0] != "head" else "head"
            found.setdefault(table, []).append(_line(change, below, above))
    order = list(PARTS)
    return tuple(ChangePart(str(PARTS[table]), tuple(found[table])) for table in sorted(found, key=order.index))


def _line(change: Change, below: Mapping[str, Any], above: Mapping[str, Any]) -> ChangeLine:
    table, *rest = change.path
    row = _row_words(change, above if change.kind != REMOVED else below)
    names = rest[1:] if table in ROWS or (table == "procedure" and rest) else rest
    labels = above.get("subjects", {})
    return ChangeLine(
        row=row,
        name=" › ".join(name_of(name) for name in names) if table in PARTS else name_of(table),
        kind=change.kind,
        before="" if change.kind == ADDED else value_of(change.before, labels),
        after="" if change.kind == REMOVED else value_of(change.after, labels),
        anchor=_anchor(change) if change.kind in (ADDED, CHANGED) else "",
    )


def _row_words(change: Change, data: Mapping[str, Any]) -> str:
    table, *rest = change.path
    if not rest or table not in (*ROWS, "procedure"):
        return ""
    below = data.get(table, {})
    row = below.get(rest[0]) if isinstance(below, Mapping) else _called(below, rest[0])
    words = value_of(row) if isinstance(row, Mapping) else rest[0]
    return words if table in ("rules", "procedure", "guidance") else f"{rest[0]}: {words}"


def _called(rows: Any, key: str) -> Any:
    return next((row for row in rows if str(row.get("key") or row.get("number")) == key), None)


def _anchor(change: Change) -> str:
    table, *rest = change.path
    prefix = {"rules": "rule", "milestones": "milestone", "forms": "form", "procedure": "procedure"}.get(table)
    return f"{prefix}-{rest[0]}" if prefix and rest else ""
