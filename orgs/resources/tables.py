"""A workbook as a table: the header found wherever it stands, columns in any order, every row with its place."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from orgs.models import Refusal, names
from orgs.resources.limits import check_workbook
from orgs.resources.values import text_of

HEADER_WITHIN = 20
# Worksheets that our own templates and error reports carry.
OWN_SHEETS = {"danh muc", "loi", "huong dan"}


@dataclass(frozen=True)
class TableRow:
    """One row as it was filled in: its place, and its values by column title; a blank cell is not among them."""

    sheet: str
    number: int
    values: dict[str, Any]


@dataclass
class Table:
    """Every row that was found, with what was noticed on the way."""

    rows: list[TableRow] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)
    is_1904: bool = False


def read_table(content: bytes, *, columns: tuple[str, ...], required: tuple[str, ...]) -> Table:
    """Read every visible worksheet whose first rows hold a header with the `required` columns.

    Raises `Refusal` for a file that must not be parsed, and for one without such a header.
    """
    facts = check_workbook(content)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        table = Table(is_1904=facts.is_1904)
        for meta in book.sheets_metadata:
            if meta.typ == SheetTypeEnum.WorkSheet and meta.visible == SheetVisibleEnum.Visible:
                _read_sheet(table, book.get_sheet_by_name(meta.name), columns, required)
    except (CalamineError, ValueError, OSError):
        raise Refusal(_("The file is damaged and cannot be opened. Save it again in Excel."), field="file") from None
    if not table.columns:
        raise Refusal(
            _("No worksheet has a header with the columns %s in its first 20 rows. Use the template.")
            % ", ".join(f"“{title}”" for title in required),
            field="file",
        )
    if facts.has_formulas:
        table.warnings.append(_("Some cells hold formulas; their last computed values were read."))
    return table


def _read_sheet(table: Table, sheet: CalamineSheet, columns: tuple[str, ...], required: tuple[str, ...]) -> None:
    grid = sheet.to_python(skip_empty_area=False)
    known = {names.fold(title): title for title in columns}
    found = _header(grid, known, required)
    if found is None:
        if names.fold(sheet.name) not in OWN_SHEETS and any(any(cell != "" for cell in row) for row in grid):
            table.warnings.append(_("Worksheet “%s” has no such header and was left out.") % sheet.name)
        return
    start, places = found
    _note_strange_columns(table, sheet.name, grid, start, places)
    _fill_merged(grid, sheet, start)
    table.columns.update(places.values())
    for number, row in enumerate(grid[start + 1 :], start=start + 2):
        width = len(row)
        values = {title: row[place] for place, title in places.items() if place < width and not _is_blank(row[place])}
        if values:
            table.rows.append(TableRow(sheet.name, number, values))


def _header(
    grid: list[list[Any]], known: dict[str, str], required: tuple[str, ...]
) -> tuple[int, dict[int, str]] | None:
    """The row number (from 0) of the header, and the title at each of its places."""
    for number, row in enumerate(grid[:HEADER_WITHIN]):
        places = {place: title for place, cell in enumerate(row) if (title := known.get(_title(cell)))}
        if set(required) <= set(places.values()):
            titles = list(places.values())
            if twice := [title for title in known.values() if titles.count(title) > 1]:
                raise Refusal(_("The column “%s” stands twice in the header.") % twice[0], field="file")
            return number, places
    return None


def _title(cell: object) -> str:
    """A head as it is compared: folded, without the marks that templates add to required columns."""
    return names.fold(text_of(cell)).rstrip("*:() ").strip() if isinstance(cell, str) else ""


def _note_strange_columns(table: Table, sheet: str, grid: list[list[Any]], start: int, places: dict[int, str]) -> None:
    strange = [text_of(cell) for place, cell in enumerate(grid[start]) if place not in places and not _is_blank(cell)]
    if strange:
        table.warnings.append(
            _("Worksheet “%(sheet)s”: these columns are unknown and were left out: %(columns)s.")
            % {"sheet": sheet, "columns": ", ".join(strange)}
        )


def _fill_merged(grid: list[list[Any]], sheet: CalamineSheet, start: int) -> None:
    """A merged cell speaks for every row it covers, below the header."""
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        if top > start and bottom < len(grid) and left < len(grid[top]):
            for number in range(top + 1, bottom + 1):
                grid[number][left] = grid[top][left]


def _is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not text_of(cell))
