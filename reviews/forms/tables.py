"""The rows of a table on a writing page (common items, signs, axes, shares, tasks), and what the page sends of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from criteria.regulation.answering import TASK_NAME, holds_of, task_rows
from criteria.regulation.form import Item, TaskColumn
from criteria.regulation.parsing import shown_of
from reviews.selectors.writing.problem_words import field_name

# So many empty rows follow those that are written: without JavaScript too there is always room for more.
SPARE_ROWS = 2
LONG = ("task", "product", "evidence", "remark")


@dataclass(frozen=True)
class Option:
    """A choice of a cell: its code and how it is called."""

    code: str
    label: str


@dataclass(frozen=True)
class Cell:
    """One input of a row; `holds` is choice, text, decimal, whole or day, `value` as people read it."""

    name: str
    label: str
    value: str
    holds: str
    error: str = ""
    options: tuple[Option, ...] = ()
    is_long: bool = False
    unit: str = ""


@dataclass(frozen=True)
class FieldRow:
    """One row with its inputs; `number` is what the remove button of a task says."""

    key: str
    label: str
    cells: tuple[Cell, ...]
    number: str = ""
    is_new: bool = False

    @property
    def has_error(self) -> bool:
        """Whether some input of the row is to be mended."""
        return any(cell.error for cell in self.cells)


def rows_of(item: Item, value: Mapping[str, str], errors: Mapping[str, str]) -> tuple[FieldRow, ...]:
    """Every row of the item, filled from the answer; a table of tasks ends with rows to be written on."""
    if item.kind == "tasks":
        return tuple(_tasks(item, value, errors))
    if item.kind == "points" and item.counts == "total":
        cell = _cell(item, "points", _("Points"), value, errors, unit=f"/ {shown_of(item.maximum, 'decimal')}")
        return (FieldRow("", "", (cell,)),)
    return tuple(FieldRow(row.key, row.label, tuple(_cells(item, row.key, value, errors))) for row in item.rows)


def _cells(item: Item, key: str, value: Mapping[str, str], errors: Mapping[str, str]) -> Iterable[Cell]:
    if item.kind == "checklist":
        marks = tuple(Option(mark.key, mark.label) for mark in item.marks)
        yield _cell(item, key, _("Mark"), value, errors, options=marks)
        yield _cell(item, f"{key}.note", _("Note"), value, errors)
    elif item.kind == "signs":
        answers = (Option("none", _("None")), Option("yes", _("Yes")))
        yield _cell(item, key, _("Answer"), value, errors, options=answers)
        yield _cell(item, f"{key}.note", _("What it is"), value, errors, is_long=True)
    elif item.counts == "axes":
        yield _cell(item, f"{key}.weight", _("Weight"), value, errors, unit="%")
        yield _cell(item, f"{key}.points", _("Points"), value, errors)
    else:
        yield _cell(item, f"{key}.points", _("Share"), value, errors, unit="%")


def _tasks(item: Item, value: Mapping[str, str], errors: Mapping[str, str]) -> Iterable[FieldRow]:
    numbers = task_rows(value)
    first_new = (numbers[-1] if numbers else 0) + 1
    axes = tuple(Option(row.key, f"{row.key}. {row.label}") for row in item.rows)
    for row in (*numbers, *range(first_new, first_new + SPARE_ROWS)):
        cells = tuple(_task_cell(item, row, column, axes, value, errors) for column in item.columns)
        yield FieldRow(str(row), "", cells, str(row), row >= first_new)


def _task_cell(
    item: Item,
    row: int,
    column: TaskColumn,
    axes: tuple[Option, ...],
    value: Mapping[str, str],
    errors: Mapping[str, str],
) -> Cell:
    options = axes if column.holds == "choice" else ()
    name = f"{row}.{column.key}"
    return _cell(item, name, column.label, value, errors, options=options, is_long=column.key in LONG)


def _cell(
    item: Item,
    name: str,
    label: str,
    value: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    options: tuple[Option, ...] = (),
    is_long: bool = False,
    unit: str = "",
) -> Cell:
    holds = holds_of(item, name) or "text"
    field = field_name(item, name)
    shown = shown_of(value.get(name, ""), holds)
    return Cell(field, label, shown, holds, errors.get(field, ""), options, is_long, unit)


def read_table(item: Item, post: QueryDict, removed: str = "") -> dict[str, str]:
    """What the page sent of a table; names that the item does not have are not looked at, nor the task `removed`."""
    prefix = f"{item.key}-"
    sent = {key.removeprefix(prefix): post[key] for key in post if key.startswith(prefix)}
    found = {name: text for name, text in sent.items() if holds_of(item, name) is not None}
    if not removed:
        return found
    return {name: text for name, text in found.items() if not _is_of(name, removed)}


def _is_of(name: str, row: str) -> bool:
    matched = TASK_NAME.fullmatch(name)
    return bool(matched) and matched[1] == row
