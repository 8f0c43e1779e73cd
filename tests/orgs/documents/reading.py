"""What a reader finds in a rendered document, by means that are not ours: poppler, pikepdf, python-docx, openpyxl."""

import io
import re
import subprocess
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from html.parser import HTMLParser

import openpyxl
from docx import Document
from PIL import Image

BOXES = {"X", "☐", "☒"}


def words(text):
    """The words of a text, without the marks in boxes."""
    return Counter(word for word in text.split() if word not in BOXES)


class _Text(HTMLParser):
    """The text between tags, one space at each tag of a block."""

    INLINE = frozenset({"b", "i", "span"})

    def __init__(self):
        super().__init__()
        self.parts = []

    def handle_starttag(self, tag, attrs):
        if tag not in self.INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag):
        if tag not in self.INLINE:
            self.parts.append(" ")

    def handle_data(self, data):
        self.parts.append(data)


def html_text(html):
    reader = _Text()
    reader.feed(html)
    return "".join(reader.parts)


def tool(*arguments, content, suffix=b""):
    """The output of a poppler tool that reads the PDF from its standard input."""
    return subprocess.run(arguments, input=content, capture_output=True, check=True).stdout


def pdf_text(pdf, *, first=1, last=0):
    pages = ("-f", str(first), *(("-l", str(last)) if last else ()))
    return tool("pdftotext", *pages, "-layout", "-", "-", content=pdf).decode()


def pdf_pages(pdf):
    """The text of each page."""
    return pdf_text(pdf).split("\f")[:-1]


def pdf_fonts(pdf, tmp_path):
    """The families embedded in a PDF, without the subset tag and the style."""
    path = tmp_path / "fonts.pdf"
    path.write_bytes(pdf)
    listing = subprocess.run(["pdffonts", path], capture_output=True, check=True, text=True).stdout.splitlines()[2:]
    return {re.sub(r"^[A-Z]{6}\+|(-(Bold|Italic|Oblique))*$", "", line.split()[0]) for line in listing}


def page_image(pdf, *, page=1, dpi=100):
    """One page as a grey picture."""
    output = tool("pdftoppm", "-f", str(page), "-l", str(page), "-r", str(dpi), "-gray", "-png", "-", content=pdf)
    return Image.open(io.BytesIO(output)).convert("L")


def pdf_words_at(pdf, page=1):
    """The words of a page with their boxes in points: (word, x_min, y_min, x_max, y_max)."""
    text = tool("pdftotext", "-f", str(page), "-l", str(page), "-bbox", "-", "-", content=pdf).decode()
    pattern = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
    return [(match[4], *map(float, match[:4])) for match in pattern.findall(text)]


def docx_text(docx):
    """The text of the body in reading order; a merged cell counts once."""
    document = Document(io.BytesIO(docx))
    parts = []
    for node in document.element.body.iter():
        tag = node.tag.rsplit("}", 1)[-1]
        if tag == "t":
            parts.append(node.text or "")
        elif tag in {"p", "tab", "br"}:
            parts.append(" ")
    return "".join(parts)


def xlsx_text(xlsx):
    """The text of all worksheets, figures and days as their number formats show them in Vietnamese."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx))
    return " ".join(
        as_shown(cell.value, cell.number_format)
        for worksheet in book.worksheets
        for row in worksheet.iter_rows()
        for cell in row
        if cell.value is not None
    )


def as_shown(value, number_format):
    if isinstance(value, datetime | date):
        assert number_format == "dd/mm/yyyy"
        return value.strftime("%d/%m/%Y")
    if isinstance(value, int | float | Decimal):
        decimals = len(number_format.partition(".")[2])
        grouped = "," if number_format.startswith("#,##0") else ""
        return f"{Decimal(str(value)):{grouped}.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return str(value)
