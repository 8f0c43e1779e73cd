"""Reads one item of a form: what its kind needs, and nothing that its kind does not know."""

from criteria.regulation.form import Item, ItemRow, Mark, TaskColumn
from criteria.regulation.parsing import decimal_of
from criteria.regulation.points import Counting
from criteria.regulation.table import Table
from criteria.regulation.vocabulary import COLUMNS, COUNTS, ITEM_KINDS, MARKS, RATINGS, SHARES

MEASURED = ("level", "points")
# The words of the paper for a mark, where the form does not say its own.
MARK_LABELS = {
    "ensured": "Đảm bảo",
    "not_ensured": "Không đảm bảo",
    "excellent": "Xuất sắc",
    "good": "Tốt",
    "average": "Trung bình",
    "poor": "Kém",
}
RESERVED = (".note", ".weight", ".points")


def read_item(table: Table, groups: tuple[str, ...], counting: Counting, subjects: tuple[str, ...]) -> Item:
    """One row of items; a checklist gets its rows and marks from `counting` where it does not carry them itself."""
    kind = table.choice("kind", ITEM_KINDS)
    counts = table.choice("counts", COUNTS, "total") if kind == "points" else ""
    heading = table.text("heading", "") if kind == "checklist" else ""
    item = Item(
        key=table.text("key"),
        number=table.text("number", ""),
        label=table.text("label"),
        kind=kind,
        group=table.choice("group", groups) if kind in MEASURED else "",
        required=table.flag("required", True),
        guidance=table.text("guidance", ""),
        max_words=table.optional_integer("max_words", 1, 100_000),
        rating=table.choice("rating", RATINGS) if kind == "grade_choice" else "",
        maximum=_read_maximum(table) if kind == "points" else "",
        counts=counts,
        heading=heading,
        caption=table.text("caption", "") if kind == "checklist" else "",
        rows=_read_rows(table, kind, counts, heading, counting, subjects),
        marks=_read_marks(table, counting) if kind == "checklist" else (),
        columns=table.rows("columns", _read_column, required=True) if kind == "tasks" else (),
    )
    if kind == "tasks" and "task" not in {column.key for column in item.columns}:
        table.refuse("columns", "must have the column 'task'")
    return item


def _read_maximum(table: Table) -> str:
    text = table.text("maximum")
    if decimal_of(text) != text:
        table.refuse("maximum", 'must be a plain decimal such as "70"')
    return text


def _read_rows(
    table: Table, kind: str, counts: str, heading: str, counting: Counting, subjects: tuple[str, ...]
) -> tuple[ItemRow, ...]:
    if kind == "checklist":
        return table.rows("rows", _read_row) if table.has("rows") else _common_rows(table, heading, counting, subjects)
    if kind in ("signs", "tasks"):
        return table.rows("rows", _read_row)
    if kind != "points" or counts == "total":
        return ()
    rows = table.rows("rows", _read_row, required=True)
    if counts == "shares" and not {row.key for row in rows} <= set(SHARES):
        table.refuse("rows", f"must have the keys {', '.join(SHARES)}")
    return rows


def _read_row(table: Table) -> ItemRow:
    key = table.text("key")
    if key.endswith(RESERVED):
        table.refuse("key", f"must not end in {', '.join(RESERVED)}")
    points = table.optional_integer("points", 1, 100)
    return ItemRow(key, table.text("label"), points or 0)


def _common_rows(table: Table, heading: str, counting: Counting, subjects: tuple[str, ...]) -> tuple[ItemRow, ...]:
    items = counting.items_of(subjects[0]).values() if subjects else ()
    rows = tuple(
        ItemRow(item.key, item.label, item.points)
        for item in items
        if not heading or item.key == heading or item.key.startswith(f"{heading}.")
    )
    if not rows:
        table.refuse("heading", "finds no common item of this regulation")
    return rows


def _read_marks(table: Table, counting: Counting) -> tuple[Mark, ...]:
    if table.has("marks"):
        return table.rows("marks", _read_mark, required=True)
    if counting.marking is None:
        table.refuse("kind", "is a checklist, but the regulation has no marking")
    return tuple(
        Mark(mark, MARK_LABELS[mark], percent)
        for mark, percent in sorted(counting.marking.marks.items(), key=lambda pair: MARKS.index(pair[0]))
    )


def _read_mark(table: Table) -> Mark:
    return Mark(table.choice("key", MARKS), table.text("label"), table.integer("percent", 0, 100))


def _read_column(table: Table) -> TaskColumn:
    key = table.choice("key", COLUMNS)
    return TaskColumn(key, table.text("label"), COLUMNS[key])
