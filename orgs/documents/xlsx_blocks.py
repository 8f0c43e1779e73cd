"""The blocks of a sheet as rows of a worksheet, one writer a kind."""

import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from openpyxl.worksheet.pagebreak import Break

from .cells import HEAD_FILL, HEAD_LOOK, LONGEST_CELL, Look, put, put_text, wear
from .grid import Grid, Line, grid_of
from .html import field_words, option_words, text_lines
from .sheet import (
    Addressees,
    Align,
    Blank,
    Block,
    Choice,
    Fields,
    Heading,
    PageBreak,
    Paragraph,
    Signature,
    Signatures,
    Table,
)
from .xlsx_page import Page, lines_needed

CHOSEN, OPEN = "☒", "☐"
# A frozen head further down would leave no room to scroll on a small screen.
FREEZE_ABOVE = 16
ROOM_TO_SIGN = (("", False),) * 3


def write_block(page: Page, block: Block) -> None:
    """One block as rows."""
    WRITERS[block.kind](page, block)


def write_heading(page: Page, block: Heading) -> None:
    """A heading in bold, italic as well from level 3 on."""
    page.text(block.text, is_bold=True, is_italic=block.level > 2)


def write_paragraph(page: Page, block: Paragraph) -> None:
    """Free text, a row a line."""
    for text in paragraph_rows(block):
        page.text(text, align=block.align, is_bold=block.is_bold, is_italic=block.is_italic)


def write_blank(page: Page, block: Blank) -> None:
    """Rows left free for the pen."""
    page.row += block.lines


def write_page_break(page: Page, block: PageBreak) -> None:
    """A page break of the print-out."""
    page.worksheet.row_breaks.append(Break(id=page.row - 1))


def write_plain(page: Page, block: Fields | Choice | Addressees) -> None:
    """Lines of plain words."""
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


def write_table(page: Page, block: Table) -> None:
    """Caption, head and rows; the head is frozen when it stands near enough to the top to leave room below."""
    grid = grid_of(block)
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
            wear(page.worksheet.cell(top + level, place), HEAD_LOOK)
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
            wear(page.worksheet.cell(page.row, place), Look(cell.align, is_bold=line.is_strong, is_ruled=True))
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
    """Recipients at the left, then the signatures side by side; narrow documents stack all of them."""
    page.row += 1
    stacks = [recipient_rows(block.recipients)] if block.recipients or len(block.blocks) == 1 else []
    stacks += [signature_rows(signature) for signature in block.blocks]
    is_narrow = len(stacks) > page.columns
    top = deepest = page.row
    for place, rows in enumerate(stacks):
        page.row = deepest if is_narrow else top
        first = 1 if is_narrow else 1 + page.columns * place // len(stacks)
        last = page.columns if is_narrow else page.columns * (place + 1) // len(stacks)
        for text, is_bold in rows:
            align = Align.LEFT if block.recipients and not place else Align.CENTER
            page.text(text, first=first, last=last, align=align, is_bold=is_bold)
        deepest = max(deepest, page.row)
    page.row = deepest


def recipient_rows(recipients: Sequence[str]) -> list[tuple[str, bool]]:
    """The "Nơi nhận" list as lines of words, none of them bold."""
    return [("Nơi nhận:", False), *((f"- {line}", False) for line in recipients)] if recipients else []


def signature_rows(signature: Signature) -> list[tuple[str, bool]]:
    """The lines of one signature from top to bottom with whether each is bold; free rows for the pen among them."""
    above = [
        (signature.place_date, False),
        (signature.authority, True),
        (signature.title, not signature.authority),
        (signature.note, False),
    ]
    return [*(line for line in above if line[0]), *ROOM_TO_SIGN, (signature.name, True)]


WRITERS: dict[str, Callable[[Page, Any], None]] = {
    Addressees.kind: write_plain,
    Blank.kind: write_blank,
    Choice.kind: write_plain,
    Fields.kind: write_plain,
    Heading.kind: write_heading,
    PageBreak.kind: write_page_break,
    Paragraph.kind: write_paragraph,
    Signatures.kind: write_signatures,
    Table.kind: write_table,
}
