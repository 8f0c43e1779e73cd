"""What a filled form says to the grading contract: points and sheet; and the sums that stand on its paper."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from criteria.regulation.answering import Value, number_of, problems, task_rows
from criteria.regulation.form import Form, Item

Content = Mapping[str, Mapping[str, Mapping[str, str]]]
PRODUCT_COLUMNS = ("failed_checks", "failed_objective", "delays", "delays_objective")


def counted_facts(form: Form, content: Content) -> dict[str, Any]:
    """`points` and `sheet` in the words of `suggest_grade`, as far as they are written and not contradictory.

    `content` is {section key: {item key: answer}}. Axes whose weights do not sum to 100 are not known yet.
    """
    points: dict[str, str] = {}
    sheet: dict[str, Any] = {}
    for item, value in _answers(form, content):
        if item.kind == "checklist":
            marked = [{"key": row.key, "mark": value[row.key]} for row in item.rows if value.get(row.key)]
            sheet.setdefault("common_items", []).extend(marked)
        elif item.kind == "tasks":
            sheet |= _products(item, value)
        elif item.kind == "points" and not problems(item, value, required=item.counts != "shares"):
            _add_points(item, value, points, sheet)
    sheet = {name: rows for name, rows in sheet.items() if rows}
    return ({"points": points} if points else {}) | ({"sheet": sheet} if sheet else {})


def _answers(form: Form, content: Content) -> Iterator[tuple[Item, Value]]:
    for section in form.sections:
        for item in section.items:
            yield item, content.get(section.key, {}).get(item.key, {})


def _add_points(item: Item, value: Value, points: dict[str, str], sheet: dict[str, Any]) -> None:
    if item.counts == "total":
        points[item.group] = value["points"]
    elif item.counts == "axes":
        sheet["axes"] = [
            {"key": row.key, "weight": value[f"{row.key}.weight"], "points": value[f"{row.key}.points"]}
            for row in item.rows
            if number_of(value.get(f"{row.key}.weight", ""))
        ]
    else:
        percents = {row.key: number_of(value.get(f"{row.key}.points", "")) for row in item.rows}
        sheet["shares"] = {key: plain(percent / 100) for key, percent in percents.items() if percent is not None}


def _products(item: Item, value: Value) -> dict[str, Any]:
    columns = {column.key for column in item.columns}
    if not columns.issuperset(PRODUCT_COLUMNS) or problems(item, value, required=True):
        return {}
    return {
        "products": [
            {"key": str(row), "done": bool(value.get(f"{row}.finished"))}
            | {name: int(value.get(f"{row}.{name}") or 0) for name in PRODUCT_COLUMNS}
            for row in task_rows(value)
        ]
    }


def row_points(item: Item, key: str, mark: str) -> Decimal | None:
    """The points of one common item under its mark; None without one."""
    row = item.row(key)
    found = next((each for each in item.marks if each.key == mark), None)
    return Decimal(row.points * found.percent) / 100 if row and found else None


def item_points(item: Item, value: Value) -> Decimal | None:
    """The points that an item adds to the form: a checklist when all is marked, points when they are written."""
    if item.kind == "checklist":
        found = [row_points(item, row.key, value.get(row.key, "")) for row in item.rows]
        return None if None in found else sum((each for each in found if each is not None), Decimal(0))
    if item.kind != "points" or problems(item, value, required=True):
        return None
    if item.counts == "axes":
        reached = sum((number_of(value.get(f"{row.key}.points", "")) or Decimal(0) for row in item.rows), Decimal(0))
        return reached * Decimal(item.maximum) / 100
    return number_of(value["points"]) if item.counts == "total" else None


def form_points(form: Form, content: Content) -> Decimal | None:
    """The sum of all points on the form; None while one of them is open, or where the form counts none."""
    counted = [
        item_points(item, value) for item, value in _answers(form, content) if item.kind in ("checklist", "points")
    ]
    return None if not counted or None in counted else sum((each for each in counted if each is not None), Decimal(0))


def plain(number: Decimal) -> str:
    """A decimal as plain text without needless zeros."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
