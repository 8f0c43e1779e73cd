"""The blocks of a sheet as Word's paragraphs and tables, one writer a kind."""

from collections.abc import Callable, Sequence
from typing import Any

from docx.document import Document as DocumentType
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell as DocxCell

from .docx_text import add_text, text_width
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

CHOSEN, OPEN = "☒", "☐"
ROOM_TO_SIGN = Pt(72)
DOTTED = "." * 96


def add_block(document: DocumentType, block: Block) -> None:
    """One block, by the writer of its kind."""
    WRITERS[block.kind](document, block)


def add_heading(document: DocumentType, block: Heading) -> None:
    """A heading as a real outline level, in the face of the text."""
    paragraph = add_text(document, block.text, is_bold=True, is_italic=block.level > 2, indent=True, space=6, keep=True)
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), str(block.level - 1))
    paragraph._p.get_or_add_pPr().append(level)


def add_paragraphs(document: DocumentType, block: Paragraph) -> None:
    """Free text, a paragraph a line."""
    for place, line in enumerate(text_lines(block)):
        add_text(
            document,
            line,
            align=block.align,
            is_bold=block.is_bold,
            is_italic=block.is_italic,
            lead="" if place else block.lead,
            indent=block.align in {Align.JUSTIFY, Align.LEFT},
            space=6,
        )


def add_blank(document: DocumentType, block: Blank) -> None:
    """Dotted lines."""
    for _ in block.each_line:
        add_text(document, DOTTED, align=Align.LEFT)


def add_fields(document: DocumentType, block: Fields) -> None:
    """Label and value, one a line."""
    for label, value in field_words(block):
        add_text(document, f"{label}: {value}", align=Align.LEFT, indent=True, space=6)


def add_choice(document: DocumentType, block: Choice) -> None:
    """The label, then the boxes in a row or one a line."""
    if block.label:
        add_text(document, block.label, align=Align.LEFT, indent=True, space=6, keep=True)
    words = option_words(block)
    boxes = [f"{CHOSEN if is_chosen else OPEN} {option}" for option, is_chosen in words.options]
    for line in boxes if words.is_long else ["\t".join(boxes)]:
        paragraph = add_text(document, line, align=Align.LEFT, indent=True, space=3)
        for stop in range(1, len(boxes)):
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(10 + stop * 155 // len(boxes)))


def add_table(document: DocumentType, block: Table) -> None:
    """A ruled table whose head repeats on every page."""
    grid = grid_of(block)
    if grid.caption:
        add_text(document, grid.caption, align=Align.CENTER, is_bold=True, size=13, space=9, keep=True)
    table = document.add_table(rows=0, cols=len(grid.widths))
    table.style, table.autofit, table.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    room = text_width(document)
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = room * width // 100
    add_head_rows(table, grid)
    for line in grid.lines:
        add_line(table, line)
    for row in table.rows:
        for cell, width in zip(row.cells, grid.widths, strict=True):
            cell.width = room * width // 100
    # Word runs two tables together when no paragraph lies between them.
    add_text(document, "", size=6)


def add_head_rows(table: Any, grid: Grid) -> None:
    """The head rows with their merged cells, marked to repeat."""
    for _ in grid.head:
        table.add_row()._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for level, head in enumerate(grid.head):
        for cell in head:
            first = table.cell(level, cell.column)
            last = table.cell(level + cell.rowspan - 1, cell.column + cell.colspan - 1)
            whole = first.merge(last) if last is not first else first
            add_text(whole, cell.text, align=Align.CENTER, is_bold=True, size=12)


def add_line(table: Any, line: Line) -> None:
    """One body or footer row; a short one is not broken over pages."""
    row = table.add_row()
    if line.is_short:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell in line.cells:
        place = row.cells[cell.column]
        if cell.colspan > 1:
            place = place.merge(row.cells[cell.column + cell.colspan - 1])
        add_text(place, cell.text, align=cell.align, is_bold=line.is_strong, size=12)


def add_addressees(document: DocumentType, block: Addressees) -> None:
    """The "Kính gửi" line and whom it names."""
    if len(block.lines) == 1:
        paragraph = add_text(document, block.label, align=Align.CENTER, is_italic=True, space=6)
        paragraph.add_run(f" {block.lines[0]}")
        return
    add_text(document, block.label, align=Align.LEFT, is_italic=True, indent=True, space=6)
    for line in block.lines:
        paragraph = add_text(document, f"- {line}", align=Align.LEFT)
        paragraph.paragraph_format.left_indent = Mm(30)


def add_page_break(document: DocumentType, block: PageBreak) -> None:
    """A page break."""
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def add_signatures(document: DocumentType, block: Signatures) -> None:
    """Recipients at the left, signatures side by side, kept together with the text before."""
    if document.paragraphs:
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    add_text(document, "", size=6, keep=True)
    has_left = bool(block.recipients) or len(block.blocks) == 1
    table = document.add_table(rows=2, cols=len(block.blocks) + has_left)
    above, below = (row.cells for row in table.rows)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    if block.recipients:
        add_recipients(above[0].merge(below[0]), block.recipients)
    for place, signature in enumerate(block.blocks, start=int(has_left)):
        add_signature(above[place], below[place], signature)
    # An empty cell beside the titles would let the names go over to the next page alone.
    for cell in above:
        cell.paragraphs[-1].paragraph_format.keep_with_next = True


def add_recipients(cell: DocxCell, recipients: Sequence[str]) -> None:
    """The "Nơi nhận" list."""
    label = add_text(cell, "Nơi nhận:", align=Align.LEFT, keep=True)
    label.runs[0].underline = True
    for line in recipients:
        add_text(cell, f"- {line}", align=Align.LEFT, size=12, keep=True)


def add_signature(above: DocxCell, below: DocxCell, signature: Signature) -> None:
    """One signature: who signs and how, and under it, with room for the pen and the seal, the name."""
    if signature.place_date:
        add_text(above, signature.place_date, align=Align.CENTER, is_italic=True, size=13, keep=True)
    if signature.authority:
        add_text(above, signature.authority, align=Align.CENTER, is_bold=True, keep=True)
    if signature.title:
        add_text(above, signature.title, align=Align.CENTER, is_bold=not signature.authority, keep=True)
    if signature.note:
        add_text(above, signature.note, align=Align.CENTER, is_italic=True, size=13, keep=True)
    above.paragraphs[-1].paragraph_format.keep_with_next = True
    name = add_text(below, signature.name, align=Align.CENTER, is_bold=True)
    name.paragraph_format.space_before = ROOM_TO_SIGN


WRITERS: dict[str, Callable[[DocumentType, Any], None]] = {
    Addressees.kind: add_addressees,
    Blank.kind: add_blank,
    Choice.kind: add_choice,
    Fields.kind: add_fields,
    Heading.kind: add_heading,
    PageBreak.kind: add_page_break,
    Paragraph.kind: add_paragraphs,
    Signatures.kind: add_signatures,
    Table.kind: add_table,
}
