"""Official documents: a `Sheet` says what stands on the paper, four writers put it into HTML, PDF, DOCX and XLSX.

Only this package imports the PDF engine and the office writers.
"""

from .docx import render_docx
from .docx_reading import read_docx
from .html import render_html
from .pdf import Attachment, render_pdf
from .sheet import (
    Addressees,
    Align,
    Blank,
    Block,
    Choice,
    Column,
    Fields,
    Head,
    Heading,
    HeadKind,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Sheet,
    Signature,
    Signatures,
    Table,
    Value,
)
from .words import day_in_words, place_and_day, shown
from .workbooks import CellError, TemplateColumn, TemplateSheet, mark_errors, table_workbook, template_workbook
from .xlsx import render_xlsx

__all__ = [
    "Addressees",
    "Align",
    "Attachment",
    "Blank",
    "CellError",
    "Block",
    "Choice",
    "Column",
    "Fields",
    "Head",
    "HeadKind",
    "Heading",
    "PageBreak",
    "Paragraph",
    "Row",
    "Section",
    "Sheet",
    "Signature",
    "Signatures",
    "Table",
    "TemplateColumn",
    "TemplateSheet",
    "Value",
    "day_in_words",
    "mark_errors",
    "place_and_day",
    "read_docx",
    "render_docx",
    "render_html",
    "render_pdf",
    "render_xlsx",
    "shown",
    "table_workbook",
    "template_workbook",
]
