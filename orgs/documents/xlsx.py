"""Sheets as XLSX: tables as tables, the words around them above and below, to be counted and sorted further.

The first table sets the columns of the first worksheet and stands among the document's text; every further table has
a worksheet of its own with its caption. Texts never become formulas, see ``cells``.
"""

from collections.abc import Sequence

from openpyxl import Workbook

from .grid import grid_of
from .sheet import Align, Head, Heading, HeadKind, Section, Sheet, Signatures, Table
from .words import fair_copy, number_line, place_and_day
from .xlsx_blocks import write_block
from .xlsx_page import Page, saved, set_print, worksheet_title

TEXT_WIDTHS = (25, 25, 25, 25)


def render_xlsx(sheet: Sheet) -> bytes:
    """The sheet as an XLSX workbook."""
    sheet = fair_copy(sheet)
    tables = [block for section in sheet.sections for block in section.blocks if isinstance(block, Table)]
    on_main = tables[:1] if tables and len(tables[0].columns) > 1 else []
    book = Workbook()
    book.active.title = worksheet_title(sheet.title or "Văn bản", [])
    page = Page(book.active, grid_of(on_main[0]).widths if on_main else TEXT_WIDTHS)
    set_print(page.worksheet, is_landscape=sheet.is_landscape, code=sheet.code)
    write_top(page, sheet)
    write_sections(page, sheet.sections, skip=tables[len(on_main) :])
    if sheet.signatures or sheet.recipients:
        write_block(page, Signatures(sheet.signatures, sheet.recipients))
    for table in tables[len(on_main) :]:
        write_own_worksheet(book, table, sheet)
    book.properties.title, book.properties.creator = sheet.title, sheet.author
    return saved(book)


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
    left += [("*", False, False)] if is_party and head.body else []
    left += [(number_line(head), False, False)] if head.number else []
    left += [(head.subject, False, True)] if head.subject else []
    state = [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, False), ("Độc lập - Tự do - Hạnh phúc", True, False)]
    mottoes = {HeadKind.PARTY: [("ĐẢNG CỘNG SẢN VIỆT NAM", True, False)], HeadKind.STATE: state}
    right = list(mottoes.get(head.kind, []))
    right += [(place_and_day(head), False, True)] if head.place else []
    middle = page.columns - page.columns // 2
    for place in range(max(len(left), len(right))):
        for side, first, last in ((left, 1, middle), (right, middle + 1, page.columns)):
            if place < len(side) and first <= last:
                text, is_bold, is_italic = side[place]
                page.text(text, first=first, last=last, align=Align.CENTER, is_bold=is_bold, is_italic=is_italic)
                page.row -= 1
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
    set_print(page.worksheet, is_landscape=sheet.is_landscape, code=sheet.code)
    write_block(page, table)
