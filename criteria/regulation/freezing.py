"""A form as it is frozen into a review: its own data, with the rows, labels, points and marks that the law gave it."""

from copy import deepcopy
from typing import Any

from criteria.regulation.form import Form
from criteria.regulation.model import Regulation


def frozen_forms(regulation: Regulation) -> dict[str, dict[str, Any]]:
    """Every form of the regulation by its key as plain data that `read_form` understands without the regulation."""
    # Only a single version has the data that its forms were read from; the whole has its overlays apart.
    text = regulation.versions[-1].regulation if regulation.versions else regulation
    forms = {form.key: form for form in text.forms}
    return {data["key"]: _frozen(data, forms[data["key"]]) for data in text.data.get("forms", ())}


def _frozen(data: dict[str, Any], form: Form) -> dict[str, Any]:
    whole = deepcopy(data)
    for section in whole["sections"]:
        for item in section["items"]:
            if item["kind"] == "checklist":
                found = form.item(item["key"])
                item["rows"] = [{"key": row.key, "label": row.label, "points": row.points} for row in found.rows]
                item["marks"] = [
                    {"key": mark.key, "label": mark.label, "percent": mark.percent} for mark in found.marks
                ]
    return whole
