"""Points and sheet of a rating in the words of the grading contract: what the subject filled in, or a paper states."""

from collections.abc import Mapping
from typing import Any

from criteria.regulation import Form
from criteria.regulation.counted import Content, counted_facts

# Which parts of a sheet give the points of which group.
PARTS = {"common": ("common_items",), "results": ("axes", "shares", "products")}


def points_facts(form: Form, content: Content, stated: Mapping[str, str]) -> dict[str, Any]:
    """`points` and `sheet`; a group of which a paper states the points is not counted from the subject's own words."""
    found = counted_facts(form, content)
    points = found.get("points", {}) | dict(stated)
    left_out = {part for group in stated for part in PARTS[group]}
    sheet = {name: rows for name, rows in found.get("sheet", {}).items() if name not in left_out}
    return ({"points": points} if points else {}) | ({"sheet": sheet} if sheet else {})
