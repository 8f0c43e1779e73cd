"""Places in the plain data of a regulation: a path names tables by their key and rows by theirs, or by their number."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from criteria.regulation.table import Path


def rows_of(value: Any) -> bool:
    """Whether this is a list of rows; an empty list is none."""
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) for row in value)


def named(rows: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each row with the name by which a path calls it: its key, or its number where it has none."""
    for number, row in enumerate(rows, start=1):
        yield str(row.get("key") or number), row


def value_at(data: Mapping[str, Any], path: Path) -> Any:
    """The value at this place, None where nothing is written there."""
    found: Any = data
    for step in path:
        if isinstance(found, Mapping):
            found = found.get(step)
        elif isinstance(found, list):
            found = next((row for name, row in named(found) if name == step), None)
        else:
            return None
    return found


def put(data: dict[str, Any], path: Path, value: Any) -> None:
    """Write the value there, in place; None takes it away, and with it a table that it leaves empty."""
    *above, last = path
    table = value_at(data, tuple(above))
    if table is None:
        if value is None:
            return
        put(data, tuple(above), {})
        table = value_at(data, tuple(above))
    if value is not None:
        table[last] = deepcopy(value)
    elif last in table:
        del table[last]
        if not table and len(above) > 1:
            put(data, tuple(above), None)


def row_path(data: Mapping[str, Any], path: Path) -> Path:
    """The place of the row in which this place lies, the innermost; empty where it lies in none."""
    found: Path = ()
    for depth in range(1, len(path)):
        if isinstance(value_at(data, path[:depth]), list):
            found = path[: depth + 1]
    return found


def drop_row(data: dict[str, Any], path: Path) -> None:
    """Take this row out of its list, in place."""
    rows = value_at(data, path[:-1])
    rows[:] = [row for name, row in list(named(rows)) if name != path[-1]]
