"""Sheets as XLSX: tables as tables, the words around them above and below, to be counted and sorted further.

The first table sets the columns of the first worksheet and stands among the document's text; every further table has
a worksheet of its own with its caption. Texts never become formulas, see ``cells``.
"""

import io
import textwrap
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from .cells import HEAD_FILL, LONGEST_CELL, put, put_text, style
from .grid import Grid, Line, grid_of
from .html import field_words, option_words, text_lines
from .sheet import (
    Addressees,
    Align,
    Blank,
    Block,
    Choice,
    Fields,
    Head,
    Heading,
    HeadKind,
    PageBreak,
    Paragraph,
    Section,
    Sheet,
    Signature,
    Signatures,
    Table,
)
from .words import fair_copy, number_line, place_and_day

CHOSEN, OPEN = "☒", "☐"
FULL_WIDTH = 110
TITLE_LENGTH = 31
FORBIDDEN_IN_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
TEXT_WIDTHS = (25, 25, 25, 25)
# A frozen head further down would leave no room to scroll on a small screen.
FREEZE_ABOVE = 16


class Page:
    """One worksheet being filled from the top: `row` is the next free row, `columns` how wide the document is."""

    def __init__(self, worksheet: Worksheet, widths: Sequence[int]) -> None:
        self.worksheet = worksheet
        self.row = 1
        self.widths = [max(5, FULL_WIDTH * width // 100) for width in widths]
        self.columns = len(widths)
        for place, width in enumerate(self.widths, start=1):
            worksheet.column_dimensions[get_column_letter(place)].width = width

    def text(
        self,
        text: str,
        *,
        first: int = 1,
        last: int = 0,
        align: Align = Align.LEFT,
        size: int = 12,
        is_bold: bool = False,
        is_italic: bool = False,
        advance: bool = True,
    ) -> None:
        """One line of words merged over columns `first` to `last` (to the end by default)."""
        last = last or self.columns
        cell = self.worksheet.cell(self.row, first)
        put_text(cell, text)
        style(cell, align=align, size=size, is_bold=is_bold, is_italic=is_italic)
        if last > first:
            self.worksheet.merge_cells(start_row=self.row, end_row=self.row, start_column=first, end_column=last)
        room = sum(self.widths[first - 1 : last])
        self.raise_row(lines_needed(text, room), size)
        if advance:
            self.row += 1

    def raise_row(self, lines: int, size: int) -> None:
        """Make the present row high enough for `lines`: merged cells do not grow by themselves."""
        wanted = min(409, lines * size * 1.35 + 3)
        present = self.worksheet.row_dimensions[self.row].height or 0
        self.worksheet.row_dimensions[self.row].height = max(present, wanted)


def lines_needed(text: str, room: int) -> int:
    """How many lines `text` takes in a cell of `room` characters."""
    return sum(max(1, -(-len(line) * 11 // (10 * max(1, room)))) for line in text.split("\n"))


def render_xlsx(sheet: Sheet) -> bytes:
    """The sheet as an XLSX workbook."""
    sheet = fair_copy(sheet)
    tables = [block for section in sheet.sections for block in section.blocks if isinstance(block, Table)]
    on_main = tables[:1] if tables and len(tables[0].columns) > 1 else []
    book = Workbook()
    book.active.title = worksheet_title(sheet.title or "Văn bản", [])
    page = Page(book.active, grid_of(on_main[0]).widths if on_main else TEXT_WIDTHS)
    set_print(page.worksheet, sheet)
    write_top(page, sheet)
    write_sections(page, sheet.sections, skip=tables[len(on_main) :])
    if sheet.signatures or sheet.recipients:
        write_block(page, Signatures(sheet.signatures, sheet.recipients))
    for table in tables[len(on_main) :]:
        write_own_worksheet(book, table, sheet)
    book.properties.title, book.properties.creator = sheet.title, sheet.author
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The workbook as bytes."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def worksheet_title(text: str, taken: Sequence[str]) -> str:
    """A title that spreadsheets accept: at most 31 characters, none of the forbidden ones, used once."""
    title = " ".join(text.translate(FORBIDDEN_IN_TITLE).split())[:TITLE_LENGTH].strip() or "Trang"
    if title.casefold() not in {other.casefold() for other in taken}:
        return title
    suffix = f" ({len(taken) + 1})"
    return title[: TITLE_LENGTH - len(suffix)] + suffix


def set_print(worksheet: Worksheet, sheet: Sheet) -> None:
    """A4 with the document's margins, one page wide, the version code at the foot."""
    worksheet.page_setup.paperSize = worksheet.PAPERSIZE_A4
    worksheet.page_setup.orientation = "landscape" if sheet.is_landscape else "portrait"
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = worksheet.page_margins
    margins.top = margins.bottom = 20 / 25.4
    margins.left, margins.right = 30 / 25.4, 15 / 25.4
    worksheet.oddFooter.left.text = sheet.code.replace("&", "&&") or None
    worksheet.oddFooter.right.text = "&P/&N"


def write_top(page: Page, sheet: Sheet) -> None:
    """Marks, head, title and the lines under it."""
    for line in filter(None, (sheet.watermark, sheet.form_label)):
        page.text(line, align=Align.RIGHT, is_bold=True)
    if sheet.head:
        write_head(page, sheet.head)
    for line in sheet.title.splitlines():
        page.text(line, align=Align.CENTER, size=15, is_bold=True)
    for line in sheet.subtitles:
        page.text(line, align=Align.CENTER, is_bold=True)
    if sheet.code:
        page.text(sheet.code, align=Align.CENTER, size=9)
    page.row += 1


def write_head(page: Page, head: Head) -> None:
    """The two columns of the head, line by line."""
    is_party = head.kind == HeadKind.PARTY
    left = [(line, place == len(head.body) - 1, False) for place, line in enumerate(head.body)]
    left += [("*", False, False)] if is_party else []
    left += [(number_line(head), False, False)] if head.number else []
    left += [(head.subject, False, True)] if head.subject else []
    state = [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, False), ("Độc lập - Tự do - Hạnh phúc", True, False)]
    right = [("ĐẢNG CỘNG SẢN VIỆT NAM", True, False)] if is_party else state
    right += [(place_and_day(head), False, True)] if head.place else []
    middle = page.columns - page.columns // 2
    for place in range(max(len(left), len(right))):
        for side, first, last in ((left, 1, middle), (right, middle + 1, page.columns)):
            if place < len(side) and first <= last:
                text, is_bold, is_italic = side[place]
                page.text(
                    text, first=first, last=last, align=Align.CENTER, is_bold=is_bold, is_italic=is_italic, advance=False
                )
        page.row += 1
    page.row += 1


def write_sections(page: Page, sections: Sequence[Section], *, skip: Sequence[Table]) -> None:
    """Every block of every section but the tables in `skip`, which get worksheets of their own."""
    for section in sections:
        if section.title:
            write_block(page, Heading(section.title, section.level))
        for block in section.blocks:
            if not any(block is table for table in skip):
                write_block(page, block)


def write_own_worksheet(book: Workbook, table: Table, sheet: Sheet) -> None:
    """A further table on a worksheet named by its caption."""
    title = worksheet_title(table.caption or f"Bảng {len(book.worksheets) + 1}", book.sheetnames)
    page = Page(book.create_sheet(title), grid_of(table).widths)
    set_print(page.worksheet, sheet)
    write_table(page, grid_of(table))


def write_block(page: Page, block: Block) -> None:
    """One block as rows."""
    match block:
        case Table():
            write_table(page, grid_of(block))
        case Signatures():
            write_signatures(page, block)
        case PageBreak():
            page.worksheet.row_breaks.append(Break(id=page.row - 1))
        case Blank():
            page.row += block.lines
        case Heading():
            page.text(block.text, is_bold=True, is_italic=block.level > 2)
        case Paragraph():
            for text in paragraph_rows(block):
                page.text(text, align=block.align, is_bold=block.is_bold, is_italic=block.is_italic)
        case _:
            for text in plain_rows(block):
                page.text(text)


def paragraph_rows(block: Paragraph) -> Iterator[str]:
    """The lines of a paragraph, the lead before the first; lines longer than a cell go on in the next row."""
    for place, line in enumerate(text_lines(block)):
        text = f"{block.lead} {line}" if block.lead and not place else line
        yield from textwrap.wrap(text, LONGEST_CELL, replace_whitespace=False, break_on_hyphens=False) or [text]


def plain_rows(block: Fields | Choice | Addressees) -> list[str]:
    """The rows of the blocks that are lines of plain words."""
    match block:
        case Fields():
            return [f"{label}: {value}" for label, value in field_words(block)]
        case Choice():
            options = option_words(block).options
            boxes = "    ".join(f"{CHOSEN if is_chosen else OPEN} {option}" for option, is_chosen in options)
            return [block.label, boxes] if block.label else [boxes]
        case Addressees(lines=(only,)):
            return [f"{block.label} {only}"]
    return [block.label, *(f"- {line}" for line in block.lines)]


def write_table(page: Page, grid: Grid) -> None:
    """Caption, head and rows; the head is frozen when it stands near enough to the top to leave room below."""
    if grid.caption:
        page.text(grid.caption, align=Align.CENTER, is_bold=True, size=13)
    top = page.row
    write_table_head(page, grid)
    if page.row <= FREEZE_ABOVE and not page.worksheet.freeze_panes:
        page.worksheet.freeze_panes = f"A{page.row}"
        page.worksheet.print_title_rows = f"{top}:{page.row - 1}"
    for line in grid.lines:
        write_line(page, line)
    page.row += 1


def write_table_head(page: Page, grid: Grid) -> None:
    """The head rows with their merged cells."""
    top = page.row
    for level, head in enumerate(grid.head):
        for place in range(1, page.columns + 1):
            style(page.worksheet.cell(top + level, place), align=Align.CENTER, is_bold=True, is_ruled=True)
        for cell in head:
            target = page.worksheet.cell(top + level, cell.column + 1)
            put_text(target, cell.text)
            target.fill = HEAD_FILL
            if cell.colspan > 1 or cell.rowspan > 1:
                page.worksheet.merge_cells(
                    start_row=top + level,
                    end_row=top + level + cell.rowspan - 1,
                    start_column=cell.column + 1,
                    end_column=cell.column + cell.colspan,
                )
            room = sum(page.widths[cell.column : cell.column + cell.colspan])
            if cell.rowspan == 1:
                page.raise_row(lines_needed(cell.text, room), 12)
        page.row += 1


def write_line(page: Page, line: Line) -> None:
    """One body or footer row."""
    for cell in line.cells:
        for place in range(cell.column + 1, cell.column + cell.colspan + 1):
            style(page.worksheet.cell(page.row, place), align=cell.align, is_bold=line.is_strong, is_ruled=True)
        put(page.worksheet.cell(page.row, cell.column + 1), cell.value)
        if cell.colspan > 1:
            page.worksheet.merge_cells(
                start_row=page.row,
                end_row=page.row,
                start_column=cell.column + 1,
                end_column=cell.column + cell.colspan,
            )
        room = sum(page.widths[cell.column : cell.column + cell.colspan])
        page.raise_row(lines_needed(cell.text, room), 12)
    page.row += 1


def write_signatures(page: Page, block: Signatures) -> None:
    """Recipients at the left, then the signatures side by side, with rows left free for the pen."""
    page.row += 1
    parts = list(block.blocks)
    shares = max(1, len(parts) + (1 if block.recipients or len(parts) == 1 else 0))
    top = page.row
    if block.recipients:
        write_stack(page, ["Nơi nhận:", *(f"- {line}" for line in block.recipients)], 0, shares, is_left=True)
    deepest = page.row
    for place, signature in enumerate(parts, start=shares - len(parts)):
        page.row = top
        write_stack(page, signature_rows(signature), place, shares)
        deepest = max(deepest, page.row)
    page.row = deepest


def signature_rows(signature: Signature) -> list[str]:
    """The lines of one signature from top to bottom, free rows for the pen among them."""
    above = [signature.place_date, signature.authority, signature.title, signature.note]
    return [*(line for line in above if line), "", "", "", signature.name]


def write_stack(page: Page, lines: Sequence[str], place: int, shares: int, *, is_left: bool = False) -> None:
    """Lines under one another in share `place` of `shares` of the width; narrow documents stack all in one."""
    first = 1 + page.columns * place // shares
    last = max(first, page.columns * (place + 1) // shares)
    for line in lines:
        page.text(
            line,
            first=first,
            last=last,
            align=Align.LEFT if is_left else Align.CENTER,
            is_bold=not is_left and line == lines[-1],
        )
