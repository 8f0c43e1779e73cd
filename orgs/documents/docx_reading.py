"""The words of a DOCX that somebody brings: its paragraphs and the rows of its tables, in the order of the page."""

import io
import zipfile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table

from orgs.models import Refusal


def read_docx(content: bytes, refusal: str) -> list[str]:
    """Every paragraph as a line, a row of a table as its cells joined by " | "; empty ones are left out.

    Numbers that Word itself counts are no words of the file and are not read. Raises Refusal with the sentence
    `refusal` where the file cannot be read as a document.
    """
    try:
        document = Document(io.BytesIO(content))
        blocks = list(document.iter_inner_content())
    # A page that is no XML comes as a SyntaxError of the parser.
    except (PackageNotFoundError, SyntaxError, zipfile.BadZipFile, KeyError, ValueError, AttributeError):
        raise Refusal(refusal, field="file") from None
    lines: list[str] = []
    for block in blocks:
        lines += _rows_of(block) if isinstance(block, Table) else block.text.splitlines()
    return [line for line in lines if line.strip()]


def _rows_of(table: Table) -> list[str]:
    rows = []
    for row in table.rows:
        cells: list[str] = []
        for cell in row.cells:
            words = " ".join(cell.text.split())
            # A merged cell comes once for each column that it covers.
            if words and (not cells or cells[-1] != words):
                cells.append(words)
        rows.append(" | ".join(cells))
    return rows
