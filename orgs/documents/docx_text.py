"""One paragraph of a DOCX, set as the PDF sets it."""

from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell as DocxCell
from docx.text.paragraph import Paragraph as DocxParagraph

from .sheet import Align

ALIGNMENTS = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
Place = DocumentType | DocxCell


def text_width(document: DocumentType) -> int:
    """The width between the margins, in Word's units."""
    page = document.sections[0]
    return int(page.page_width or 0) - int(page.left_margin or 0) - int(page.right_margin or 0)


def add_text(
    place: Place,
    text: str,
    *,
    align: Align = Align.JUSTIFY,
    is_bold: bool = False,
    is_italic: bool = False,
    size: int = 14,
    lead: str = "",
    indent: bool = False,
    space: int = 0,
    keep: bool = False,
) -> DocxParagraph:
    """One paragraph; in a cell the first one fills the paragraph that every cell has."""
    if isinstance(place, DocxCell) and len(place.paragraphs) == 1 and not place.paragraphs[0].runs:
        paragraph = place.paragraphs[0]
    else:
        paragraph = place.add_paragraph()
    paragraph.alignment = ALIGNMENTS[align]
    paragraph.paragraph_format.space_before = Pt(space)
    paragraph.paragraph_format.keep_with_next = keep
    if indent:
        paragraph.paragraph_format.first_line_indent = Mm(10)
    if lead:
        run = paragraph.add_run(f"{lead.rstrip()} ")
        run.bold = True
        run.font.size = Pt(size)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = is_bold, is_italic, Pt(size)
    return paragraph
