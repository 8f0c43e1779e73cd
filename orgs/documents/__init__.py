"""Official documents: a `Sheet` says what stands on the paper, four writers put it into HTML, PDF, DOCX and XLSX.

Only this package imports the PDF engine and the office writers.
"""

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
from .words import day_in_words, shown

__all__ = [
    "Addressees",
    "Align",
    "Attachment",
    "Blank",
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
    "Value",
    "day_in_words",
    "render_html",
    "render_pdf",
    "shown",
]
