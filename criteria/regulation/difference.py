"""What one text of a regulation changes in another, value by value; rows of the same key are one row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from criteria.regulation.model import Regulation
from criteria.regulation.table import Path

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `kind` is added, removed or changed; a whole row that is new or gone is one change."""

    path: Path
    kind: str
    before: Any = None
    after: Any = None


def newest_text(regulation: Regulation) -> dict[str, Any]:
    """The plain data of the newest text, its dated overlays laid over it, without the overlays themselves."""
    newest = regulation.versions[-1].regulation if regulation.versions else regulation
    return {key: value for key, value in newest.data.items() if key != "overlays"}


def between(below: Mapping[str, Any], above: Mapping[str, Any]) -> tuple[Change, ...]:
    """Every change from `below` to `above`, in the order of `below`, what is new at the end."""
    return tuple(_tables(below, above, ()))


def _tables(below: Mapping[str, Any], above: Mapping[str, Any], path: Path) -> Iterator[Change]:
    for key, value in below.items():
        if key not in above:
            yield Change((*path, str(key)), REMOVED, before=value)
        else:
            yield from _values(value, above[key], (*path, str(key)))
    for key, value in above.items():
        if key not in below:
            yield Change((*path, str(key)), ADDED, after=value)


def _values(before: Any, after: Any, path: Path) -> Iterator[Change]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _tables(before, after, path)
    elif _are_rows(before) and _are_rows(after):
        yield from _tables(_named(before), _named(after), path)
    elif before != after:
        yield Change(path, CHANGED, before, after)


def _are_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, Mapping) for row in value)


def _named(rows: list[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    # Rows without a key of their own (the guidance) are known by their number.
    return {str(row.get("key") or row.get("number") or place): row for place, row in enumerate(rows, start=1)}
