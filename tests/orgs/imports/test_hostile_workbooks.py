"""What must not be parsed is refused by its bytes, quickly and in a sentence; what only looks odd is read."""

import io
import os
import struct
import time
import tracemalloc
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from orgs.models import Refusal
from orgs.resources.limits import LARGEST, check_workbook
from orgs.resources.tables import read_table
from tests.orgs.imports import books

SHEET = "xl/worksheets/sheet1.xml"
GOOD = books.units(("A", "Đơn vị A", None, "Sở", "Nhà nước", None, None))
DAMAGED = "hỏng"
NOT_XLSX = "không phải là tệp Excel"
UNPACKS = "giải nén ra quá lớn"
OUTSIDE = "DOCTYPE"
MACROS = "macro"
PASSWORD = "mật khẩu"
OLD_XLS = ".xls cũ"
FAR = "nằm rất xa bảng"
ROWS = "50.000 dòng"
NO_HEADER = "dòng tiêu đề"


def row_bomb():
    """A small archive that unpacks to a million rows."""
    rows = "<row><c><v>1</v></c></row>" * 1_000_000
    return books.with_replaced(GOOD, SHEET, r"<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>")


def many_rows():
    made = Workbook(write_only=True)
    sheet = made.create_sheet("Đơn vị")
    sheet.append(list(books.UNIT_HEAD))
    for number in range(50_100):
        sheet.append([f"M{number}-{os.urandom(6).hex()}"])
    return books.saved(made)


def ole(*streams):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + b"".join(name.encode("utf-16-le") for name in streams)


def far_cell(reference):
    column, row = reference
    return books.with_replaced(
        GOOD, SHEET, "</sheetData>", f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row></sheetData>'
    )


def with_entity(part, text):
    declared = f'<?xml version="1.0"?><!DOCTYPE x [{text}]>'
    return books.with_replaced(GOOD, part, r"^(<\?xml[^>]*\?>)?", declared)


def encrypted_entry():
    """The flag of an encrypted entry in the archive's own directory."""
    content = bytearray(GOOD)
    place = content.find(b"PK\x01\x02")
    flags = struct.unpack_from("<H", content, place + 8)[0]
    struct.pack_into("<H", content, place + 8, flags | 1)
    return bytes(content)


def lying_size():
    """A part whose directory entry tells another size than its bytes have."""
    content = bytearray(GOOD)
    place = content.find(b"PK\x01\x02")
    struct.pack_into("<I", content, place + 24, 5)
    return bytes(content)


def docx():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    return kept.getvalue()


def many_parts():
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(kept, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry))
        for number in range(1200):
            new.writestr(f"xl/media/{number}.png", b"")
    return kept.getvalue()


REFUSED = {
    "empty": (lambda: b"", "Tệp trống"),
    "too large": (lambda: GOOD + bytes(LARGEST), "10 MB"),
    "text": (lambda: b"Ma don vi,Ten don vi\nA,B\n", NOT_XLSX),
    "text with byte order mark": (lambda: "\ufeffMã đơn vị;Tên".encode("utf-16"), NOT_XLSX),
    "page renamed": (lambda: b"<html><table><tr><td>A</td></tr></table></html>", NOT_XLSX),
    "PDF renamed": (lambda: b"%PDF-1.7 ...", NOT_XLSX),
    "picture renamed": (lambda: b"\x89PNG\r\n\x1a\n....", NOT_XLSX),
    "other archive": (lambda: b"Rar!\x1a\x07\x01\x00....", NOT_XLSX),
    "old xls renamed": (lambda: ole("Workbook"), OLD_XLS),
    "password": (lambda: ole("EncryptionInfo", "EncryptedPackage"), PASSWORD),
    "encrypted entry": (encrypted_entry, PASSWORD),
    "cut off": (lambda: GOOD[: len(GOOD) // 2], DAMAGED),
    "only the first bytes": (lambda: b"PK\x03\x04", DAMAGED),
    "lying size": (lying_size, DAMAGED),
    "document renamed": (docx, NOT_XLSX),
    "row bomb": (row_bomb, UNPACKS),
    "zero bomb": (lambda: books.with_part(GOOD, "xl/media/zero.bin", bytes(90_000_000)), UNPACKS),
    "over a hundred megabytes": (lambda: books.with_part(GOOD, "xl/media/z.bin", bytes(101_000_000)), UNPACKS),
    "archive inside": (lambda: books.with_part(GOOD, "xl/embeddings/inner.zip", docx()), UNPACKS),
    "workbook inside": (lambda: books.with_part(GOOD, "xl/embeddings/book.xlsx", GOOD), UNPACKS),
    "thousand parts": (many_parts, UNPACKS),
    "too many rows": (many_rows, ROWS),
    "macros": (lambda: books.with_part(GOOD, "xl/vbaProject.bin", b"\xd0\xcf"), MACROS),
    "macros by type": (
        lambda: books.with_replaced(
            GOOD,
            "[Content_Types].xml",
            r"application/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet\.main\+xml",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
        MACROS,
    ),
    "file from outside": (lambda: with_entity(SHEET, '<!ENTITY a SYSTEM "file:///etc/passwd">'), OUTSIDE),
    "file from outside in the styles": (
        lambda: with_entity("xl/styles.xml", '<!ENTITY a SYSTEM "file:///etc/hostname">'),
        OUTSIDE,
    ),
    "a billion laughs": (
        lambda: with_entity("xl/workbook.xml", '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'),
        OUTSIDE,
    ),
    "declaration in another encoding": (
        lambda: books.with_part(
            GOOD, "xl/theme/theme1.xml", '\ufeff<?xml version="1.0"?><!DOCTYPE x []><a/>'.encode("utf-16-le")
        ),
        OUTSIDE,
    ),
    "all columns": (lambda: far_cell(("XFD", 3)), FAR),
    "column after AZ": (lambda: far_cell(("BA", 3)), FAR),
    "last row": (lambda: far_cell(("A", 1_048_576)), FAR),
    "row after the limit": (lambda: far_cell(("C", 60_000)), FAR),
    "no header": (lambda: books.book(("A", "B"), (1, 2)), NO_HEADER),
    "header too far down": (lambda: books.book(*[("x",)] * 25, books.UNIT_HEAD, ("A", "B")), NO_HEADER),
    "no cells": (lambda: books.book(), NO_HEADER),
    "column twice": (lambda: books.units(head=(*books.UNIT_HEAD, "TÊN ĐƠN VỊ")), "có hai lần"),
}
READ = {
    "as it should be": lambda: GOOD,
    "wrong dimension": lambda: books.with_replaced(
        GOOD, SHEET, r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"'
    ),
    "no dimension": lambda: books.with_replaced(GOOD, SHEET, r'<dimension ref="[^"]*" ?/>', ""),
    "link to another book": lambda: books.with_part(GOOD, "xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
    "picture": lambda: books.with_part(GOOD, "xl/media/logo.png", os.urandom(50_000)),
    "comment and colours": lambda: books.units(
        ("A", "Đơn vị A", None, "Sở", "Nhà nước", None, None),
        more=lambda book, sheet: setattr(sheet["A2"], "comment", Comment("Kiểm tra", "An")),
    ),
    "hidden rows and columns": lambda: books.units(
        ("A", "Đơn vị A", None, "Sở", "Nhà nước", None, None),
        more=lambda book, sheet: setattr(sheet.row_dimensions[2], "hidden", True),
    ),
    "second worksheet hidden": lambda: books.units(
        ("A", "Đơn vị A", None, "Sở", "Nhà nước", None, None),
        more=lambda book, sheet: setattr(book.create_sheet("Ẩn"), "sheet_state", "hidden"),
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_workbook_is_refused_in_a_sentence_quickly_and_with_little_memory(kind):
    make, sentence = REFUSED[kind]
    content = make()
    tracemalloc.start()
    started = time.process_time()
    with pytest.raises(Refusal) as refused:
        read_table(content, columns=books.UNIT_HEAD, required=books.UNIT_HEAD[:2])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sentence in str(refused.value)
    assert refused.value.field == "file"
    assert time.process_time() - started < 5
    assert peak < 200_000_000


@pytest.mark.parametrize("kind", READ)
def test_odd_workbook_is_read(kind):
    table = read_table(READ[kind](), columns=books.UNIT_HEAD, required=books.UNIT_HEAD[:2])
    assert [(row.number, row.values["Mã đơn vị"]) for row in table.rows] == [(2, "A")]


def test_control_the_zoo_is_large_and_a_good_file_is_good():
    assert len(REFUSED) + len(READ) >= 40
    assert check_workbook(GOOD).has_formulas is False


def test_row_bomb_is_small_so_that_its_size_alone_would_pass():
    assert len(row_bomb()) < 200_000


def test_formulas_are_told_and_their_last_values_read():
    content = books.with_replaced(
        GOOD, SHEET, r'<c r="B2"[^>]*>.*?</c>', '<c r="B2" t="str"><f>"Đơn "&amp;"vị"</f><v>Đơn vị</v></c>'
    )
    table = read_table(content, columns=books.UNIT_HEAD, required=books.UNIT_HEAD[:2])
    assert table.rows[0].values["Tên đơn vị"] == "Đơn vị"
    assert table.warnings == ["Một số ô là công thức; hệ thống đọc giá trị đã tính lần cuối của các ô đó."]
