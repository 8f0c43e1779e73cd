"""Workbooks as people bring them, made in the test: good ones, odd ones and hostile ones."""

import re
import zipfile
from io import BytesIO

from openpyxl import Workbook

UNIT_HEAD = ("Mã đơn vị", "Tên đơn vị", "Mã đơn vị cấp trên", "Loại", "Khối", "Từ ngày", "Đến ngày")
PEOPLE_HEAD = (
    "Mã cán bộ",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Mã đơn vị",
    "Chức vụ",
    "Diện quản lý",
    "Người đứng đầu",
    "Từ ngày",
    "Thư điện tử",
)


def book(*rows, title="Trang 1", more=None):
    """One worksheet with these rows; `more(book, sheet)` may add to it."""
    made = Workbook()
    sheet = made.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if more:
        more(made, sheet)
    return saved(made)


def saved(made):
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def units(*rows, head=UNIT_HEAD, **named):
    return book(head, *rows, title="Đơn vị", **named)


def people(*rows, head=PEOPLE_HEAD, **named):
    return book(head, *rows, title="Cán bộ", **named)


def person(code="CB9001", name="Cao Thị Mới", **more):
    """A row of people by column title; what is not named is blank."""
    values = {"Mã cán bộ": code, "Họ và tên": name, **more}
    return [values.get(title) for title in PEOPLE_HEAD]


def with_part(content, name, data, *, compression=zipfile.ZIP_DEFLATED):
    """The archive with one part put in, or put in the place of another."""
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(kept, "w", compression) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry.filename, old.read(entry))
        new.writestr(name, data)
    return kept.getvalue()


def with_replaced(content, part, pattern, replacement):
    """The archive with a text replaced in one of its parts; the text must be there."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        old = archive.read(part).decode()
    new, count = re.subn(pattern, replacement, old, count=1)
    assert count == 1
    return with_part(content, part, new)
