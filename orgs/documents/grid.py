"""A table as a grid of words: heads with their spans, body and footer rows, shared by all four writers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from .sheet import Align, Column, Row, Table, Value
from .words import shown

SHORT_ROW = 15


@dataclass(frozen=True)
class HeadCell:
    """One head cell: words, first column from 0, and how many columns and head rows it covers."""

    text: str
    column: int
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True)
class Cell:
    """One body cell: words as printed, the value behind them, first column from 0, columns covered, alignment."""

    text: str
    value: Value
    column: int
    colspan: int
    align: Align


@dataclass(frozen=True)
class Line:
    """One body or footer row; a short one is never broken over two pages."""

    cells: tuple[Cell, ...]
    is_strong: bool
    is_short: bool


@dataclass(frozen=True)
class Grid:
    """A whole table. `widths` are whole percents that add up to 100."""

    caption: str
    widths: tuple[int, ...]
    head: tuple[tuple[HeadCell, ...], ...]
    body: tuple[Line, ...]
    footer: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Body and footer rows in order."""
        return self.body + self.footer


def grid_of(table: Table) -> Grid:
    """The grid of `table`. Raises ValueError for a table without columns or a row longer than its columns."""
    if not table.columns:
        raise ValueError("A table needs at least one column")
    widths = percents([column.width for column in table.columns])
    return Grid(
        caption=table.caption,
        widths=widths,
        head=head_rows(table.columns),
        body=tuple(line_of(row, table.columns, widths) for row in table.rows),
        footer=tuple(line_of(row, table.columns, widths, is_footer=True) for row in table.footer),
    )


def percents(widths: Sequence[int]) -> tuple[int, ...]:
    """Whole percents in the proportion of `widths`, at least 1 each, adding up to 100 (largest remainder)."""
    total = sum(widths)
    shares = [max(1, width * 100 // total) for width in widths]
    by_remainder = sorted(range(len(widths)), key=lambda place: -(widths[place] * 100 % total))
    for place in by_remainder[: max(0, 100 - sum(shares))]:
        shares[place] += 1
    return tuple(shares)


def head_rows(columns: Sequence[Column]) -> tuple[tuple[HeadCell, ...], ...]:
    """One head row, or two where neighbouring columns share a group: the group above, the titles below."""
    if not any(column.group for column in columns):
        return (tuple(HeadCell(column.title, place) for place, column in enumerate(columns)),)
    upper: list[HeadCell] = []
    lower: list[HeadCell] = []
    for group, members in groupby(enumerate(columns), key=lambda placed: placed[1].group):
        placed = list(members)
        if group:
            upper.append(HeadCell(group, placed[0][0], colspan=len(placed)))
            lower.extend(HeadCell(column.title, place) for place, column in placed)
        else:
            upper.extend(HeadCell(column.title, place, rowspan=2) for place, column in placed)
    return tuple(upper), tuple(lower)


def line_of(
    row: Row | Sequence[Value], columns: Sequence[Column], widths: Sequence[int], *, is_footer: bool = False
) -> Line:
    """One row as cells; the last cell covers what columns are left."""
    values = row.cells if isinstance(row, Row) else tuple(row)
    if not values or len(values) > len(columns):
        raise ValueError(f"A row of {len(values)} cells does not fit {len(columns)} columns")
    spare = len(columns) - len(values)
    cells = []
    for place, value in enumerate(values):
        colspan = 1 + spare if place == len(values) - 1 else 1
        align = Align.LEFT if colspan > 1 else alignment(columns[place], value)
        cells.append(Cell(shown(value), value, place, colspan, align))
    return Line(
        tuple(cells),
        is_strong=is_footer or (isinstance(row, Row) and row.is_strong),
        is_short=all(lines_taken(cell, widths) <= SHORT_ROW for cell in cells),
    )


def lines_taken(cell: Cell, widths: Sequence[int]) -> int:
    """About how many lines a cell takes on paper: a hundred letters go over the whole width of an upright page."""
    room = sum(widths[cell.column : cell.column + cell.colspan])
    return sum(1 + len(line) // room for line in cell.text.split("\n"))


def alignment(column: Column, value: Value) -> Align:
    """The column's alignment; figures stand at the right where the column asks for nothing else."""
    if column.align == Align.LEFT and isinstance(value, int | Decimal):
        return Align.RIGHT
    return column.align
