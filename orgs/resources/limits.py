"""What a workbook must be before anything opens it: its size, its archive, its rows, and what it carries.

A file of 169 kB can unpack to a million rows, a sheet of two cells can claim all columns, and a part of the archive can
ask for other files. Everything here is answered from the bytes, before a parser builds anything from them.
"""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _

from orgs.models import Refusal

LARGEST = 10 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
RATIO, RATIO_FROM = 100, 4 * 1024 * 1024
MOST_PARTS = 1000
MOST_ROWS = 50_000
# Rows of titles and blanks around the data.
SPARE_ROWS = 50
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
ROW = re.compile(rb"<(?:\w+:)?row[ />]")
# A reference beyond column AZ or row 59999: parsers lay out every cell up to the last one.
FAR_CELL = re.compile(rb'\br="(?:(?:[B-Z][A-Z]|[A-Z]{3,})\d|[A-Z]*(?:[6-9]\d{4}|\d{6,}))')
FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
EPOCH_1904 = re.compile(rb'date1904\s*=\s*"(?:1|true)"', re.IGNORECASE)


@dataclass(frozen=True)
class WorkbookFacts:
    """What the bytes say: whether days count from 1904, and whether cells hold formulas."""

    is_1904: bool
    has_formulas: bool


def check_workbook(content: bytes) -> WorkbookFacts:
    """Refuse, in a sentence, what must not be parsed; else say what a reader must know."""
    if not content:
        raise _refusal(_("The file is empty."))
    if len(content) > LARGEST:
        raise _refusal(_("The file is larger than 10 MB. Split it into several workbooks."))
    if content.startswith(OLE):
        raise _refusal(_sentence_of_ole(content))
    if not content.startswith(b"PK\x03\x04"):
        raise _refusal(_("This is not an Excel workbook. Save it as “Excel Workbook (*.xlsx)” and send that file."))
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_archive(archive, len(content))
            return _check_parts(archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, zipfile.zlib.error, ValueError):
        raise _refusal(_("The file is damaged and cannot be opened. Save it again in Excel.")) from None


def _refusal(sentence: str) -> Refusal:
    return Refusal(sentence, field="file")


def _sentence_of_ole(content: bytes) -> str:
    if ENCRYPTED in content:
        return _("The workbook is protected by a password. Save it without one.")
    return _("This is a workbook of the old .xls kind. Save it as “Excel Workbook (*.xlsx)” and send that file.")


def _check_archive(archive: zipfile.ZipFile, packed: int) -> None:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise _refusal(_("This is not an Excel workbook. Save it as “Excel Workbook (*.xlsx)” and send that file."))
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise _refusal(_("The workbook is protected by a password. Save it without one."))
    unpacked = sum(entry.file_size for entry in entries)
    if (
        len(entries) > MOST_PARTS
        or len(names) != len(entries)
        or unpacked > LARGEST_UNPACKED
        or (unpacked > RATIO_FROM and unpacked > RATIO * packed)
        or any(name.lower().endswith((".zip", ".xlsx", ".xlsm", ".docx", ".7z", ".rar")) for name in names)
    ):
        raise _refusal(
            _("The file unpacks to far more than a list of people needs. Copy the list into a new workbook.")
        )
    if any(name.lower().endswith(("vbaproject.bin", ".vbs", ".exe", ".dll")) for name in names):
        raise _refusal(_("The workbook carries macros. Save it without them, as “Excel Workbook (*.xlsx)”."))


def _check_parts(archive: zipfile.ZipFile) -> WorkbookFacts:
    rows, has_formulas = 0, False
    for entry in archive.infolist():
        if not entry.filename.lower().endswith((".xml", ".rels")):
            continue
        part = archive.read(entry)
        if part.startswith((b"\xff\xfe", b"\xfe\xff")):
            part = part.decode("utf-16").encode()
        if DECLARATION.search(part):
            raise _refusal(
                _("The workbook asks for things outside itself (DOCTYPE). Copy the list into a new workbook.")
            )
        if entry.filename == "[Content_Types].xml" and b"macroEnabled" in part:
            raise _refusal(_("The workbook carries macros. Save it without them, as “Excel Workbook (*.xlsx)”."))
        if WORKSHEET.fullmatch(entry.filename):
            rows = max(rows, _rows_of(part))
            has_formulas = has_formulas or bool(FORMULA.search(part))
    return WorkbookFacts(bool(EPOCH_1904.search(archive.read("xl/workbook.xml"))), has_formulas)


def _rows_of(part: bytes) -> int:
    """How many rows a worksheet holds; refuses too many, and cells far out."""
    count = sum(1 for _row in ROW.finditer(part))
    if count > MOST_ROWS + SPARE_ROWS:
        raise _refusal(_("A worksheet holds more than 50,000 rows. Split it, and delete the empty rows at its end."))
    if FAR_CELL.search(part):
        raise _refusal(
            _("A worksheet has cells far outside the table (beyond column AZ or row 60,000). Delete those cells.")
        )
    return count
