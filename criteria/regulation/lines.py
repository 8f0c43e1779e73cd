"""One line of a regulation in its plain data: where its authority is written, and how it reads once confirmed."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from criteria.regulation.refusals import RegulationRefused
from criteria.regulation.vocabulary import STANDINGS, TO_BE_CONFIRMED

# Rows that carry their authority themselves; each is found by its key.
ROWS = ("rules", "milestones", "results_ways", "person_forms")
QUOTA_OWN = ("percent", "exception_percent", "relative_to_party", "cites", "standing", "question")
FIRM = tuple(standing for standing in STANDINGS if standing != TO_BE_CONFIRMED)


def read_line(data: Mapping[str, Any], table: str, key: str) -> dict[str, Any]:
    """The line as the newest text that speaks of its standing writes it, with `layer`: empty, or the overlay's day."""
    layer, found = _newest(data, table, key)
    return {"layer": layer, "line": deepcopy(_own(found, table, key))}


def confirm(data: Mapping[str, Any], table: str, key: str, *, standing: str, cites: str) -> dict[str, Any]:
    """The data in which this line stands firm on `cites`; RegulationRefused where there is no such line."""
    if standing not in FIRM:
        raise RegulationRefused(table, "standing", f"is {standing!r}, must be one of {', '.join(FIRM)}")
    whole = deepcopy(dict(data))
    _, found = _newest(whole, table, key)
    found.update(standing=standing, cites=cites)
    found.pop("question", None)
    return whole


def write_line(data: Mapping[str, Any], table: str, key: str, kept: Mapping[str, Any]) -> dict[str, Any]:
    """The data in which the line reads as `read_line` once gave it; a row that is no longer there comes back."""
    whole = deepcopy(dict(data))
    layer = _layer(whole, str(kept["layer"]), table, key)
    found = _find(layer, table, key)
    if found is None and table in ROWS:
        layer.setdefault(table, []).append(deepcopy(dict(kept["line"])))
        return whole
    if found is None:
        raise RegulationRefused(table, key, "is no longer there")
    for name in _own(found, table, key):
        del found[name]
    found.update(deepcopy(dict(kept["line"])))
    return whole


def _newest(data: Mapping[str, Any], table: str, key: str) -> tuple[str, dict[str, Any]]:
    overlays = sorted(data.get("overlays", ()), key=lambda overlay: str(overlay["from"]), reverse=True)
    for layer in (*overlays, data):
        found = _find(layer, table, key)
        if found is not None and "standing" in found:
            return ("" if layer is data else str(layer["from"])), found
    raise RegulationRefused(table, key, "is no line of this regulation")


def _layer(data: dict[str, Any], day: str, table: str, key: str) -> dict[str, Any]:
    if not day:
        return data
    for overlay in data.get("overlays", ()):
        if str(overlay["from"]) == day:
            found: dict[str, Any] = overlay
            return found
    raise RegulationRefused(table, key, f"stood in the text from {day}, which is no longer there")


def _find(layer: Mapping[str, Any], table: str, key: str) -> dict[str, Any] | None:
    if table in ROWS:
        return _row(layer.get(table), key)
    if table == "forms":
        return (_row(layer.get("forms"), key) or {}).get("mapping")
    quota = layer.get("quota", {})
    if table == "quota.groups":
        return _row(quota.get("groups"), key)
    if table == "quota":
        return (quota or None) if key == "percent" else quota.get(key)
    found: dict[str, Any] | None = layer.get(table, {}).get(key) if table in ("points", "procedure") else None
    return found


def _row(rows: Any, key: str) -> dict[str, Any] | None:
    return next((row for row in rows or () if row.get("key") == key), None)


def _own(found: Mapping[str, Any], table: str, key: str) -> dict[str, Any]:
    # The quota's own line holds the lines of base, rounding and groups below it.
    is_quota = (table, key) == ("quota", "percent")
    return {name: value for name, value in found.items() if not is_quota or name in QUOTA_OWN}
