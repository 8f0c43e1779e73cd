"""Dated amendments: what a later document changes in a regulation, laid over its plain data."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from criteria.regulation.refusals import RegulationRefused

OWN_KEYS = ("from", "number", "title", "remove")


def amended(data: Mapping[str, Any], overlay: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The data as it reads under the overlay: rows are replaced by key, new ones added, named ones removed."""
    return _amended(data, overlay, name, OWN_KEYS)


def derived(data: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a regulation of its own, which says only what it changes in its parent."""
    return _amended(data, own, "file", ("remove",))


def _amended(data: Mapping[str, Any], above: Mapping[str, Any], name: str, left_out: Iterable[str]) -> dict[str, Any]:
    changes = {key: value for key, value in above.items() if key not in left_out}
    merged = _merged_table(data, changes)
    for path in above.get("remove", ()):
        _remove(merged, str(path), name, str(path))
    return merged


def _merged_table(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(deepcopy(dict(below)))
    for key, value in above.items():
        merged[key] = _merged_value(merged.get(key), value)
    return merged


def _merged_value(below: Any, above: Any) -> Any:
    if isinstance(below, Mapping) and isinstance(above, Mapping):
        return _merged_table(below, above)
    if _are_rows(below) and _are_rows(above):
        return _merged_rows(below, above)
    return deepcopy(above)


def _are_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, Mapping) and "key" in row for row in value) and bool(value)


def _merged_rows(below: Iterable[Mapping[str, Any]], above: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    rows = {row["key"]: dict(row) for row in below}
    for row in above:
        rows[row["key"]] = _merged_table(rows[row["key"]], row) if row["key"] in rows else deepcopy(dict(row))
    return list(rows.values())


def _remove(data: dict[str, Any], path: str, name: str, whole: str) -> None:
    table, _, key = path.partition(".")
    below = data.get(table)
    if isinstance(below, dict) and key:
        _remove(below, key, name, whole)
    elif _are_rows(below) and key in {row["key"] for row in below or ()}:
        data[table] = [row for row in below or () if row["key"] != key]
    elif path != whole and not key and table in data:
        del data[table]
    else:
        raise RegulationRefused(name, "remove", f"names {whole!r}, which the text before does not have")
