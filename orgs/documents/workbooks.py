"""Workbooks that are not documents: lists to take away, templates to fill in, uploads marked with their errors.

`mark_errors` opens what somebody sent: call it only with a file that has passed the upload limits of size and ratio.
"""

import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell as XlsxCell
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from .cells import HEAD_FILL, HEAD_LOOK, Look, put, put_text, wear
from .grid import grid_of
from .sheet import Align, Column, Table, Value
from .words import clean, fair_copy
from .xlsx_blocks import write_block
from .xlsx_page import Page, saved, set_print, worksheet_title

ERRORS_TITLE = "Lỗi"
LISTS_TITLE = "Danh mục"
AUTHOR = "Tự Soi"
ERROR_FILL = PatternFill("solid", fgColor="FFF8C9CE")
ERROR_COLUMNS = (("Trang tính", 18), ("Dòng", 8), ("Cột", 20), ("Giá trị", 30), ("Lỗi", 70))
ROWS_TO_FILL = 10_000
HEADER_WITHIN = 20


@dataclass(frozen=True)
class TemplateColumn:
    """A column to be filled in: allowed `choices` become a drop-down, `note` is shown when a cell is entered."""

    title: str
    width: int = 18
    choices: tuple[str, ...] = ()
    note: str = ""
    is_date: bool = False
    is_required: bool = False


@dataclass(frozen=True)
class TemplateSheet:
    """A worksheet to be filled in, with example rows that show how."""

    title: str
    columns: tuple[TemplateColumn, ...]
    examples: tuple[tuple[Value, ...], ...] = ()


@dataclass(frozen=True)
class CellError:
    """An error found in an uploaded workbook. `row` counts from 1; `column` is the head's title or a letter, or ""."""

    sheet: str
    row: int
    column: str
    message: str


def table_workbook(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], *, lines: Sequence[str] = ()
) -> bytes:
    """A list as a workbook: title, `lines` under it, bold frozen head with filter, ruled rows."""
    table = fair_copy(Table(tuple(columns), tuple(rows)))
    book = Workbook()
    book.active.title = worksheet_title(clean(title), [])
    page = Page(book.active, grid_of(table).widths)
    set_print(page.worksheet, is_landscape=len(columns) > 6, code="")
    page.text(clean(title), align=Align.CENTER, size=15, is_bold=True)
    for line in lines:
        page.text(clean(line), align=Align.CENTER)
    page.row += 1
    head = page.row + len(grid_of(table).head) - 1
    write_block(page, table)
    last = get_column_letter(len(columns))
    page.worksheet.auto_filter.ref = f"A{head}:{last}{max(head, page.row - 2)}"
    return saved(book)


def template_workbook(sheets: Sequence[TemplateSheet]) -> bytes:
    """A workbook to be filled in: heads, notes, drop-downs fed from a list worksheet, example rows in italics."""
    book = Workbook()
    book.remove(book.active)
    worksheets = [book.create_sheet(worksheet_title(sheet.title, book.sheetnames)) for sheet in sheets]
    lists = book.create_sheet(LISTS_TITLE)
    for worksheet, sheet in zip(worksheets, sheets, strict=True):
        fill_template(worksheet, fair_copy(sheet), lists)
    lists.sheet_state = "hidden"
    if lists.max_row == 1 and lists["A1"].value is None:
        book.remove(lists)
    return saved(book)


def fill_template(worksheet: Worksheet, sheet: TemplateSheet, lists: Worksheet) -> None:
    """One worksheet of a template: the head in row 1, so that the file can be imported as it is."""
    for place, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(place)
        head = worksheet.cell(1, place)
        wear(head, HEAD_LOOK)
        put_text(head, column.title)
        head.fill = HEAD_FILL
        worksheet.column_dimensions[letter].width = column.width
        validation = validation_of(column, lists)
        if validation:
            worksheet.add_data_validation(validation)
            validation.add(f"{letter}2:{letter}{ROWS_TO_FILL}")
    for number, example in enumerate(sheet.examples, start=2):
        for place, value in enumerate(example, start=1):
            cell = worksheet.cell(number, place)
            wear(cell, Look(is_italic=True))
            put(cell, value)
    worksheet.freeze_panes = "A2"


def validation_of(column: TemplateColumn, lists: Worksheet) -> DataValidation | None:
    """The drop-down or the note of a column, None where it has neither.

    Choices are written to the list worksheet: a list inside the rule itself may hold 255 characters only.
    """
    if not column.choices and not column.note:
        return None
    validation = DataValidation(allow_blank=not column.is_required)
    if column.choices:
        place = lists.max_column + 1 if lists["A1"].value is not None else 1
        for number, choice in enumerate(column.choices, start=1):
            put_text(lists.cell(number, place), choice)
        letter = get_column_letter(place)
        validation.type = "list"
        validation.formula1 = f"'{LISTS_TITLE}'!${letter}$1:${letter}${len(column.choices)}"
        validation.showErrorMessage, validation.errorTitle = True, column.title[:32]
        validation.error = "Chọn một giá trị trong danh sách."
    if column.note:
        validation.showInputMessage, validation.promptTitle = True, column.title[:32]
        validation.prompt = column.note[:255]
    return validation


def mark_errors(workbook: bytes, errors: Sequence[CellError]) -> bytes:
    """The uploaded workbook with its wrong cells red and commented, and a first worksheet that lists all errors.

    Marks of an earlier upload are taken away. An error whose cell cannot be found is listed all the same.
    """
    book = load_workbook(io.BytesIO(workbook))
    if ERRORS_TITLE in book.sheetnames:
        book.remove(book[ERRORS_TITLE])
    for worksheet in book.worksheets:
        remove_marks(worksheet)
    listing = book.create_sheet(ERRORS_TITLE, 0)
    for place, (title, width) in enumerate(ERROR_COLUMNS, start=1):
        head = listing.cell(1, place)
        wear(head, HEAD_LOOK)
        put_text(head, title)
        head.fill = HEAD_FILL
        listing.column_dimensions[get_column_letter(place)].width = width
    for number, error in enumerate(errors, start=2):
        cell = cell_of(book, error)
        list_error(listing, number, error, cell)
        if cell is not None:
            mark(cell, error.message)
    listing.freeze_panes = "A2"
    book.active = 0
    for worksheet in book.worksheets[1:]:
        worksheet.sheet_view.tabSelected = False
    return saved(book)


def remove_marks(worksheet: Worksheet) -> None:
    """Take away the comments and the colour of an earlier check."""
    for row in worksheet.iter_rows():
        for cell in row:
            if not isinstance(cell, MergedCell) and cell.comment and cell.comment.author == AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()


def cell_of(book: Workbook, error: CellError) -> XlsxCell | None:
    """The cell an error speaks of; the first column of the row where no column is named."""
    if error.sheet not in book.sheetnames or error.row < 1:
        return None
    worksheet = book[error.sheet]
    column = column_of(worksheet, error.column)
    cell = worksheet.cell(error.row, column or 1)
    if isinstance(cell, MergedCell):
        merged = next(area for area in worksheet.merged_cells.ranges if cell.coordinate in area)
        cell = worksheet.cell(merged.min_row, merged.min_col)
    return cell


def column_of(worksheet: Worksheet, column: str) -> int:
    """The number of the column with this title in one of the first rows, or with this letter; 0 when there is none."""
    wanted = folded(column)
    if not wanted:
        return 0
    for row in worksheet.iter_rows(max_row=HEADER_WITHIN):
        for cell in row:
            if folded(str(cell.value or "")) == wanted:
                return cell.column
    if column.isascii() and column.isalpha() and len(column) <= 3:
        return column_index_from_string(column)
    return 0


def folded(text: str) -> str:
    """`text` in one spelling, case and spacing."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def list_error(listing: Worksheet, number: int, error: CellError, cell: XlsxCell | None) -> None:
    """One row of the error list, its message linked to the cell."""
    value = "" if cell is None or cell.value is None or not error.column else str(cell.value)[:500]
    contents: tuple[Value, ...] = (error.sheet, error.row, error.column, value, error.message)
    for place, content in enumerate(contents, start=1):
        target = listing.cell(number, place)
        wear(target, Look(is_ruled=True))
        put(target, fair_copy(content))
    if cell is not None:
        sheet = error.sheet.replace("'", "''")
        target.hyperlink = Hyperlink(ref=target.coordinate, location=f"'{sheet}'!{cell.coordinate}")
        target.font = Font(name=target.font.name, size=12, color="FF1D4F91", underline="single")


def mark(cell: XlsxCell, message: str) -> None:
    """Make a cell red and add the message to its comment."""
    earlier = f"{cell.comment.text}\n" if cell.comment else ""
    cell.fill = ERROR_FILL
    cell.comment = Comment(f"{earlier}{clean(message)}", AUTHOR, width=320, height=110)
