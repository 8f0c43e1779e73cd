"""An answer as lines of plain text, for comparing and for reading beside another; the words are those of the form."""

from collections.abc import Iterator, Mapping

from criteria.regulation.answering import SINGLE, task_rows
from criteria.regulation.form import Item
from criteria.regulation.parsing import shown_of

SIGNS = {"none": "không có", "yes": "có"}


def answer_lines(item: Item, value: Mapping[str, str]) -> list[str]:
    """One line for each row that holds anything; the text itself for an item without rows."""
    if name := SINGLE.get(item.kind):
        return [value[name]] if value.get(name) else []
    return [line for line in _lines(item, value) if line]


def _lines(item: Item, value: Mapping[str, str]) -> Iterator[str]:
    if item.kind == "tasks":
        for row in task_rows(value):
            yield f"{row}. {_task(item, value, row)}"
    elif item.counts == "total":
        yield shown_of(value.get("points", ""), "decimal")
    else:
        for row in item.rows:
            if found := _row(item, value, row.key):
                yield f"{row.key}. {row.label}: {found}"


def _task(item: Item, value: Mapping[str, str], row: int) -> str:
    pieces = []
    for column in item.columns:
        text = value.get(f"{row}.{column.key}", "")
        if text and column.holds == "choice":
            found = item.row(text)
            text = found.label if found else text
        if text:
            pieces.append(f"{column.label}: {shown_of(text, column.holds)}")
    return "; ".join(pieces)


def _row(item: Item, value: Mapping[str, str], key: str) -> str:
    if item.counts == "axes":
        weight, points = (shown_of(value.get(f"{key}.{name}", ""), "decimal") for name in ("weight", "points"))
        return f"{points or '…'}/{weight or '…'}" if weight or points else ""
    if item.counts == "shares":
        points = shown_of(value.get(f"{key}.points", ""), "decimal")
        return f"{points}%" if points else ""
    mark = value.get(key, "")
    words = {each.key: each.label for each in item.marks} | SIGNS
    note = value.get(f"{key}.note", "")
    return "; ".join(part for part in (words.get(mark, mark), note) if part)
