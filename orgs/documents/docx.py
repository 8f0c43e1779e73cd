"""Sheets as DOCX: the words and numbers of the PDF in Word's own paragraphs and tables, to be edited further.

Times New Roman on A4 with the margins of the PDF; boxes are the characters ☐ and ☒, the page number at the top is a
field hidden on the first page, the version code and its QR stand in the foot.
"""

import io

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell as DocxCell
from docx.text.paragraph import Paragraph as DocxParagraph

from .docx_blocks import add_block
from .docx_text import add_text, text_width
from .qr import png_of
from .sheet import Align, Head, Heading, HeadKind, Sheet, Signatures
from .words import fair_copy, number_line, place_and_day

FACE = "Times New Roman"


def render_docx(sheet: Sheet) -> bytes:
    """The sheet as a DOCX file."""
    sheet = fair_copy(sheet)
    document = Document()
    set_page(document, sheet)
    add_running(document, sheet)
    add_top(document, sheet)
    for section in sheet.sections:
        if section.title:
            add_block(document, Heading(section.title, section.level))
        for block in section.blocks:
            add_block(document, block)
    if sheet.signatures or sheet.recipients:
        add_block(document, Signatures(sheet.signatures, sheet.recipients))
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def set_page(document: DocumentType, sheet: Sheet) -> None:
    """A4 with margins 20/20/30/15 mm, the face, and the sheet's title and author as properties."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    if sheet.is_landscape:
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = Mm(297), Mm(210)
    page.top_margin = page.bottom_margin = Mm(20)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    page.header_distance = page.footer_distance = Mm(8)
    page.different_first_page_header_footer = True
    style = document.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    style.paragraph_format.space_after = Pt(0)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN" if sheet.language == "vi" else sheet.language)
    style.element.rPr.append(language)
    document.core_properties.title = sheet.title.replace("\n", " ")
    document.core_properties.author = sheet.author
    document.core_properties.language = sheet.language
    document.core_properties.comments = ""


def add_running(document: DocumentType, sheet: Sheet) -> None:
    """The page number at the top from page 2, the version code with its QR at the foot of every page."""
    page = document.sections[0]
    number = page.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_field(number, "PAGE")
    if not sheet.code:
        return
    for foot in (page.first_page_footer, page.footer):
        paragraph = foot.paragraphs[0]
        paragraph.add_run().add_picture(io.BytesIO(png_of(sheet.code)), width=Mm(12))
        run = paragraph.add_run(f" {sheet.code}")
        run.font.size = Pt(9)


def add_field(paragraph: DocxParagraph, instruction: str) -> None:
    """A field that Word computes, such as the page number."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)


def add_top(document: DocumentType, sheet: Sheet) -> None:
    """Marks, head, title and the lines under it."""
    for line in filter(None, (sheet.watermark, sheet.form_label)):
        add_text(document, line, align=Align.RIGHT, is_bold=True, size=12)
    if sheet.head:
        add_head(document, sheet.head)
    for line in sheet.title.splitlines():
        add_text(document, line, align=Align.CENTER, is_bold=True, size=15)
    for line in sheet.subtitles:
        add_text(document, line, align=Align.CENTER, is_bold=True)


def add_head(document: DocumentType, head: Head) -> None:
    """The two columns of the head, State or Party."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    room = text_width(document)
    left.width, right.width = room * 48 // 100, room * 52 // 100
    is_party = head.kind == HeadKind.PARTY
    for place, line in enumerate(head.body):
        add_text(left, line, align=Align.CENTER, is_bold=place == len(head.body) - 1, size=14 if is_party else 13)
    if head.body and is_party:
        add_text(left, "*", align=Align.CENTER)
    elif head.body and head.kind == HeadKind.STATE:
        add_rule(left)
    if head.number:
        add_text(left, number_line(head), align=Align.CENTER, size=14 if is_party else 13)
    if head.subject:
        add_text(left, head.subject, align=Align.CENTER, is_italic=True, size=12)
    add_right(right, head)
    add_text(document, "", size=8)


def add_right(right: DocxCell, head: Head) -> None:
    """The right column: the name of the Party or of the State with its motto, the place and day; nothing when plain."""
    if head.kind == HeadKind.PLAIN:
        return
    if head.kind == HeadKind.PARTY:
        motto = add_text(right, "ĐẢNG CỘNG SẢN VIỆT NAM", align=Align.CENTER, is_bold=True, size=15)
    else:
        add_text(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", align=Align.CENTER, is_bold=True, size=12)
        motto = add_text(right, "Độc lập - Tự do - Hạnh phúc", align=Align.CENTER, is_bold=True, size=13)
    motto.runs[-1].underline = True
    if head.place:
        add_text(right, place_and_day(head), align=Align.CENTER, is_italic=True, space=12)


def add_rule(cell: DocxCell) -> None:
    """The short rule under the agency's name, a third as wide as its column."""
    paragraph = add_text(cell, "", align=Align.CENTER, size=4)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = cell.width // 3
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
